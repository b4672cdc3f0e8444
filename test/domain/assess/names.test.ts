import { describe, expect, test } from 'vitest';
import { NOT_GAINED } from '../../../domain/assess/benefit-reasons.ts';
import { titleOfFigure } from '../../../domain/assess/figure-titles.ts';
import { GROUP_NAMES } from '../../../domain/assess/groups.ts';
import { MEASURE_FLAGS } from '../../../domain/assess/measure-flags.ts';
import { PART_REASONS } from '../../../domain/assess/part-reasons.ts';
import { referenceName } from '../../../domain/assess/reference-name.ts';
import type { Bilingual } from '../../../domain/assess/register.ts';
import {
  INDUSTRY_NAMES,
  PROCESS_TYPE_NAMES,
  PROGRAMME_NAMES,
} from '../../../domain/assess/register-names.ts';
import type { Group, MeasureWindow } from '../../../domain/assess/rubric.ts';
import { unitName } from '../../../domain/assess/unit-names.ts';

const LISTS: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  industries: INDUSTRY_NAMES,
  programmes: PROGRAMME_NAMES,
  'types of process': PROCESS_TYPE_NAMES,
  'groups of equipment': GROUP_NAMES.equipment,
  'groups of machines': GROUP_NAMES.machines,
  'flags of a measure': MEASURE_FLAGS,
  'reasons of a part': PART_REASONS,
};

test.each(Object.entries(LISTS))('%s are named in Chinese and in English, each for one', (_, names) => {
  for (const { zh, en } of Object.values(names)) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[^\p{Script=Han}]{3,}$/u);
  }
  for (const language of ['zh', 'en'] as const) {
    const said = Object.values(names).map((name) => name[language]);
    expect(new Set(said).size).toBe(said.length);
  }
});

test('why there is no gain is said in both languages, with its numbers', () => {
  const said: readonly (readonly [Bilingual, zh: string, en: string])[] = [
    [NOT_GAINED.noBaseline(), '未申报基期值', 'no baseline is declared'],
    [
      NOT_GAINED.noCurrent(),
      '没有现值：既未测得，也未申报',
      'there is no present value, neither measured nor declared',
    ],
    [NOT_GAINED.zeroBaseline(), '基期值为零，无法计算比例', 'the baseline is zero, so no share of it'],
    [
      NOT_GAINED.otherUnit('万元', '元'),
      '单位不一致：基期为“万元”，现值为“元”',
      'the units differ: baseline in 万元, present value in 元',
    ],
    [
      NOT_GAINED.outOfRange(4),
      '数值 4 超出合理范围；比率应为 0 至 1，不用百分数',
      '4 is no possible value; ratios are 0 to 1, not per cent',
    ],
    [
      NOT_GAINED.measuredInOtherUnit('pieces/h'),
      '测得值的单位为“pieces/h”，与基期不一致，故采用申报值',
      'what is measured is in pieces/h, unlike the baseline, so the declared value is taken',
    ],
    [
      NOT_GAINED.notAssessable(0.1),
      '数据覆盖率 10 %，不足以评价，故采用申报值',
      'coverage is 10 %, too little to judge by, so the declared value is taken',
    ],
  ];
  for (const [text, zh, en] of said) expect(text).toEqual({ zh, en });
});

describe('what a reference asks for, in words', () => {
  const named = (measure: string, group: Group, window: MeasureWindow) =>
    referenceName({ measure, group, window });

  test('is the title alone over all equipment and the whole period', () => {
    expect(named('networking-rate', 'registered', 'period')).toEqual({
      zh: '设备联网率',
      en: titleOfFigure('networking-rate').en,
    });
  });

  test('has the group and the days where they are others', () => {
    const { en } = titleOfFigure('networking-rate');
    expect(named('networking-rate', 'key', 'period')).toEqual({
      zh: '设备联网率（登记的关键设备）',
      en: `${en} (registered key equipment)`,
    });
    expect(named('networking-rate', 'heard', { lastDays: 30 })).toEqual({
      zh: '设备联网率（评估期内有数据的设备，最后 30 天）',
      en: `${en} (machines heard in the period, last 30 days)`,
    });
  });

  test('has no group where processes are counted, which groups have no say over', () => {
    const { zh, en } = titleOfFigure('nc-rate-key-processes');
    expect(named('nc-rate-key-processes', 'key', 'period')).toEqual({ zh, en });
    expect(named('nc-rate-key-processes', 'key', { lastDays: 7 })).toEqual({
      zh: `${zh}（最后 7 天）`,
      en: `${en} (last 7 days)`,
    });
  });

  test('of the register is what is counted', () => {
    expect(referenceName({ register: { count: 'equipment', where: ['digital'], of: ['key'] } })).toEqual({
      zh: '关键、数字化设备占比',
      en: 'Share of key and digital equipment',
    });
  });
});

test('units that are words are said in both languages, others as they are written', () => {
  expect(unitName('pieces/h')).toEqual({ zh: '件/小时', en: 'pieces/h' });
  expect(unitName('°C')).toEqual({ zh: '°C', en: '°C' });
  expect(unitName('toString')).toEqual({ zh: 'toString', en: 'toString' });
});
