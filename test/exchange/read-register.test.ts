import { describe, expect, test } from 'vitest';
import { pilot } from '../domain/assess/pilot.ts';
import { bookWith, bookWithCell, GOOD, lineOf, read, type SheetName } from './read.ts';
import type { WrittenCell } from './workbook.ts';

describe('a good workbook', () => {
  test('is the pilot that it describes, without a word', async () => {
    expect(await read(bookWith({}))).toEqual({
      pilots: [pilot()],
      rows: { pilots: 1, equipment: 1, processes: 1, declared: 1, answers: 1 },
      errors: [],
      warnings: [],
      more: { errors: 0, warnings: 0 },
    });
  });

  test('may have its columns in any order, headings with asterisks and brackets, and a column for remarks', async () => {
    const [headings, row] = GOOD.设备;
    const reversed = [
      ['备注', ...headings.map((heading, at) => (at % 2 ? `${heading}*` : `${heading}（必填）`)).reverse()],
      ['随便写', ...row.toReversed()],
    ];
    const result = await read(bookWith({ 设备: reversed }));
    expect(result.errors).toEqual([]);
    expect(result.pilots).toEqual([pilot()]);
  });

  test('may be in English, in any case, with spaces or hyphens', async () => {
    const result = await read(
      bookWith({
        企业: null,
        设备: null,
        工序: null,
        申报指标: null,
        自评: null,
        Enterprises: [
          [
            'Pilot',
            'Name',
            'Credit code',
            'district',
            'INDUSTRY',
            'process-type',
            'programme',
            'Sites',
            'baseline_year',
            'simulated',
          ],
          [
            'haida',
            '海达注塑',
            '91350100M000100Y43',
            '定海区',
            'Plastics-Screws',
            'Discrete',
            'digital workshop',
            'haida/zhoushan',
            '2024',
            'TRUE',
          ],
        ],
        equipment: [
          [
            'pilot',
            'equipmentId',
            'equipment name',
            'machine',
            'process',
            'key',
            'NC',
            'digital',
            'shouldBeNetworked',
          ],
          ['haida', 'E-01', '注塑机 1', 'haida/zhoushan/moulding/line1/imm-01', 'P1', 'yes', 1, true, '√'],
        ],
        Processes: [
          ['pilot', 'process id', 'process name', 'key', 'numerically controlled'],
          ['haida', 'P1', '注塑', 'Y', 'True'],
        ],
        'declared figures': [
          ['pilot', 'figure', 'role', 'value', 'unit', 'date', 'document', 'from', 'to'],
          [
            'haida',
            'networking-rate',
            'current',
            0.95,
            1,
            '2026-01-05',
            '自评报告',
            '2025/1/1',
            '2025年12月31日',
          ],
        ],
        'self-assessment': [
          ['pilot', 'rubric', 'indicator', 'option', 'date', 'document'],
          ['haida', 'zj-future-factory', 'q49', 'C', '2026-01-05', '自评报告'],
        ],
      }),
    );
    expect(result.errors.map(lineOf)).toEqual([]);
    expect(result.pilots).toEqual([pilot()]);
  });

  test('rows without anything in them are passed over, and rows are counted as the spreadsheet counts them', async () => {
    const [headings, row] = GOOD.设备;
    const result = await read(
      bookWith({ 设备: [headings, [], [null, ' ', ''], row, [], ['haida', 'E-02', '', null]] }),
    );
    expect(result.errors.map(lineOf)).toEqual(['设备 6 设备名称: must not be empty']);
  });

  test('a column that may be missing means what an empty cell means', async () => {
    const result = await read(
      bookWith({
        设备: [
          ['企业编号', '设备编号', '设备名称'],
          ['haida', 'E-01', '注塑机'],
        ],
        自评: null,
      }),
    );
    expect(result.pilots[0]?.equipment).toEqual([
      {
        id: 'E-01',
        name: '注塑机',
        machine: null,
        process: null,
        key: false,
        numericallyControlled: false,
        digital: false,
        shouldBeNetworked: false,
      },
    ]);
  });
});

describe('a cell that is put right', () => {
  test.each([
    [
      '企业',
      '统一社会信用代码',
      ' 9135 0100m000100y43',
      '91350100M000100Y43',
      'put right: 91350100M000100Y43',
    ],
    [
      '企业',
      '统一社会信用代码',
      '91350100M0001TGQXM',
      '91350100M0001TGQXM',
      'the check character, the last one, does not fit',
    ],
    ['企业', '统一社会信用代码', '123', '123', 'a unified social credit code has 18 characters'],
    ['企业', '企业名称', ' 海达\n注塑 ', '海达 注塑', null],
    ['企业', '基准年', '2024年', 2024, null],
    ['企业', '厂区', 'a/b；haida/zhoushan\n c/d ;', 'a/b;haida/zhoushan;c/d', null],
    ['设备', '设备编号', 1001, '1001', null],
    ['申报指标', '数值', '95%', 0.95, 'a number kept as text; taken as 0.95'],
    ['申报指标', '数值', '0.95', 0.95, 'a number kept as text; taken as 0.95'],
    ['申报指标', '数值', '33.3％', 0.333, 'a number kept as text; taken as 0.333'],
    ['申报指标', '数值', '0,001.5', 1.5, 'a number kept as text; taken as 1.5'],
    ['申报指标', '数值', { formula: '0.9+0.05', came: 0.95 }, 0.95, null],
    ['申报指标', '指标', 'networking-rate', 'networking-rate', null],
    ['申报指标', '指标', '客户满意度', '客户满意度', 'no figure "客户满意度" is known; it is kept'],
    ['申报指标', '单位', null, '1', null],
    ['申报指标', '数值', 95, 95, 'the unit is 1, a ratio, and the value is not between 0 and 2'],
    ['申报指标', '申报日期', '2026-1-5', '2026-01-05', null],
    ['申报指标', '申报日期', '２０２６/1/5', '2026-01-05', null],
    ['申报指标', '申报日期', '2026年1月5日', '2026-01-05', null],
    ['申报指标', '申报日期', 46027, '2026-01-05', null],
    ['申报指标', '申报日期', { day: 46027 }, '2026-01-05', null],
    ['申报指标', '申报日期', { day: 46027.75 }, '2026-01-05', null],
    ['申报指标', '申报日期', { day: 46027, format: 'chinese' }, '2026-01-05', null],
  ] satisfies [SheetName, string, WrittenCell, unknown, string | null][])(
    '%s %s: %j is %j',
    async (sheet, heading, cell, value, note) => {
      const { pilots, errors, warnings } = await read(bookWithCell(sheet, heading, cell));
      expect(errors.map(lineOf)).toEqual([]);
      const [one] = pilots;
      const found = {
        统一社会信用代码: one?.enterprise.creditCode,
        企业名称: one?.enterprise.name,
        基准年: one?.baselineYear,
        厂区: one?.sites.join(';'),
        设备编号: one?.equipment[0]?.id,
        数值: one?.declared[0]?.value,
        指标: one?.declared[0]?.figure,
        单位: one?.declared[0]?.unit,
        申报日期: one?.declared[0]?.date,
      }[heading];
      expect(found).toEqual(value);
      expect(warnings.map(lineOf)).toEqual(note === null ? [] : [expect.stringContaining(note)]);
      if (note !== null) expect(warnings[0]?.message.zh).toMatch(/\p{Script=Han}/u);
    },
  );

  test('in a workbook that counts days from 1904, dates and their bare numbers are those of that workbook', async () => {
    const [headings, row] = GOOD.自评;
    const days = [{ day: 44565 }, 44565].map((date, n) => [...row.slice(0, 2), `q${n}`, 'C', date, '报告']);
    const { pilots, errors } = await read(
      bookWith({ 自评: [headings, ...days], 申报指标: null }, { from1904: true }),
    );
    expect(errors.map(lineOf)).toEqual([]);
    expect(pilots[0]?.answers.map(({ date }) => date)).toEqual(['2026-01-05', '2026-01-05']);
  });
});

describe('a cell that can not be taken', () => {
  test.each([
    [
      '企业',
      '企业编号',
      'Haida 1',
      '企业 2 企业编号 "Haida 1": write lower-case letters, digits and hyphens',
    ],
    ['企业', '企业名称', null, '企业 2 企业名称: must not be empty'],
    ['企业', '企业名称', '长'.repeat(501), '企业 2 企业名称 "长长'],
    [
      '企业',
      '统一社会信用代码',
      91_3301_0079_9655_0500,
      'a number of more than 15 digits, whose end the spreadsheet has lost',
    ],
    ['企业', '行业', '纺织', '企业 2 行业 "纺织": is none of the words that are known'],
    ['企业', '生产类型', '混合', '企业 2 生产类型 "混合": is none of the words'],
    ['企业', '申报类型', '灯塔工厂', '企业 2 申报类型 "灯塔工厂": is none of the words'],
    ['企业', '厂区', 'a/b/c', '企业 2 厂区 "a/b/c": "a/b/c": write enterprise/site'],
    ['企业', '基准年', 24, '企业 2 基准年 "24": is no year from 1990 to 2200'],
    ['企业', '模拟数据', '大概', '企业 2 模拟数据 "大概": say 是 (yes) or 否 (no)'],
    ['设备', '数据来源', 'imm-01', '设备 2 数据来源 "imm-01": write enterprise/site/area/line/machine'],
    [
      '设备',
      '设备编号',
      { day: 46027 },
      '设备 2 设备编号 "2026-01-05": the spreadsheet took this for a date (2026-01-05)',
    ],
    ['设备', '关键设备', 2, '设备 2 关键设备 "2": say 是 (yes) or 否 (no)'],
    [
      '设备',
      '关键设备',
      { formula: 'VLOOKUP(1,A:B,2)', failed: '#N/A' },
      '设备 2 关键设备 "#N/A": the formula has failed',
    ],
    [
      '设备',
      '设备名称',
      { formula: 'A9&B9', failed: '#REF!' },
      '设备 2 设备名称 "#REF!": the formula has failed',
    ],
    ['设备', '设备名称', { formula: 'A1' }, '设备 2 设备名称: the formula was never calculated'],
    ['设备', '设备名称', '#VALUE!', '设备 2 设备名称 "#VALUE!": the formula has failed'],
    ['设备', '所属工序', 'P9', '设备 2 所属工序 "P9": there is no process "P9"'],
    ['设备', '企业编号', 'other', '设备 2 企业编号 "other": there is no pilot "other"'],
    ['申报指标', '数值', '约 95', '申报指标 2 数值 "约 95": is no number'],
    ['申报指标', '数值', '1,23', '申报指标 2 数值 "1,23": is no number'],
    ['申报指标', '数值', true, '申报指标 2 数值 "true": is no number'],
    ['申报指标', '单位', '%', '申报指标 2 单位 "%": write the value as 0.95 or 95% and the unit 1'],
    ['申报指标', '时点', '去年', '申报指标 2 时点 "去年": is none of the words'],
    ['申报指标', '申报日期', '5/1/2026', '申报指标 2 申报日期 "5/1/2026": is no day that is understood'],
    ['申报指标', '申报日期', '2026.1.5', 'is no day that is understood'],
    ['申报指标', '申报日期', '2026年1月', 'is no day that is understood'],
    ['申报指标', '申报日期', '2026-02-30', 'is no day that is understood'],
    ['申报指标', '申报日期', 20260105, 'is no day that is understood'],
    ['申报指标', '申报日期', 2026, 'is no day that is understood'],
    ['申报指标', '统计截止日', null, '申报指标 2 统计截止日: say both ends of the period, or none'],
    [
      '申报指标',
      '统计截止日',
      '2024-12-31',
      '申报指标 2 统计截止日 "2024-12-31": the period ends on 2024-12-31, before it begins on 2025-01-01',
    ],
  ] satisfies [SheetName, string, WrittenCell, string][])(
    '%s %s: %j',
    async (sheet, heading, cell, message) => {
      const { pilots, errors } = await read(bookWithCell(sheet, heading, cell));
      expect(pilots).toEqual([]);
      expect(errors.map(lineOf)).toContainEqual(expect.stringContaining(message));
      for (const { message } of errors) expect(message.zh).toMatch(/\p{Script=Han}/u);
    },
  );

  test('says what is allowed', async () => {
    const allowed = async (...[sheet, heading, cell]: Parameters<typeof bookWithCell>) =>
      (await read(bookWithCell(sheet, heading, cell))).errors[0]?.allowed;
    expect(await allowed('企业', '申报类型', 'x')).toEqual(['数字化车间', '智能工厂', '未来工厂']);
    expect(await allowed('设备', '关键设备', 'x')).toEqual(['是', '否']);
    expect(await allowed('设备', '所属工序', 'P9')).toEqual(['P1']);
    expect(await allowed('设备', '企业编号', 'x')).toEqual(['haida']);
    expect(await allowed('申报指标', '申报日期', 'x')).toEqual(['2026-01-05', '2026/1/5', '2026年1月5日']);
    expect(await allowed('企业', '企业名称', null)).toEqual([
      '1 至 500 个字符，单行，首尾无空格',
      'one line of 1 to 500 characters without spaces around',
    ]);
  });
});

describe('headings', () => {
  const [headings, row] = GOOD.工序;
  test.each([
    ['missing', [headings.slice(0, 2), row.slice(0, 2)], ['工序 1 工序名称: this column is missing']],
    [
      'misspelt',
      [[...headings.slice(0, 4), '数控话'], row],
      [
        '工序 1 数控话 "数控话": this column is not known; correct its heading or remove it (a column 备注 may stay)',
      ],
    ],
    [
      'there twice, the second under another name',
      [
        [...headings, 'Process name'],
        [...row, '注塑'],
      ],
      ['工序 1 Process name "Process name": this column is there twice; remove one of them'],
    ],
    [
      'left out above values',
      [
        [...headings, ''],
        [...row, '?'],
      ],
      ['工序 1 F: the column has values and no heading; headings stand in row 1'],
    ],
    [
      'below a title',
      [['工序台账'], headings, row],
      [
        '工序 1 工序台账 "工序台账": this column is not known; correct its heading or remove it (a column 备注 may stay)',
        '工序 1 B: the column has values and no heading; headings stand in row 1',
        '工序 1 C: the column has values and no heading; headings stand in row 1',
        '工序 1 D: the column has values and no heading; headings stand in row 1',
        '工序 1 E: the column has values and no heading; headings stand in row 1',
        '工序 1 企业编号: this column is missing',
        '工序 1 工序编号: this column is missing',
        '工序 1 工序名称: this column is missing',
      ],
    ],
  ])('%s', async (_, rows, messages) => {
    const { pilots, errors } = await read(bookWith({ 工序: rows }));
    expect(errors.map(lineOf)).toEqual(messages);
    expect(pilots).toEqual([]);
  });
});

describe('sheets', () => {
  test('merged cells are found, each by its range, and nothing else is said of that sheet', async () => {
    const { pilots, errors } = await read(
      bookWith({ 设备: { rows: [...GOOD.设备, [null, 'E-02', '?']], merged: ['A2:A3', 'F2:G2'] } }),
    );
    expect(pilots).toEqual([]);
    expect(errors.map(lineOf)).toEqual([
      '设备 2 "A2:A3": there are merged cells; unmerge them and fill each one',
      '设备 2 "F2:G2": there are merged cells; unmerge them and fill each one',
    ]);
  });

  test('an empty one changes nothing, and that is said', async () => {
    const known = [{ ...pilot({ equipment: [], answers: [] }), from: 'register' as const }];
    const kept = { ...pilot(), from: 'register' as const };
    const { pilots, warnings } = await read(bookWith({ 设备: [], 自评: [GOOD.自评[0]] }), [kept]);
    expect(pilots).toEqual([pilot()]);
    expect(warnings.map(lineOf)).toEqual([
      '设备: the sheet has no row of data; what is registered stays as it is',
      '自评: the sheet has no row of data; what is registered stays as it is',
    ]);
    expect((await read(bookWith({ 设备: null, 自评: null }), known)).pilots).toEqual([
      pilot({ equipment: [], answers: [] }),
    ]);
  });

  test('one that is none of the register is passed over, and that is said; the notes of the template are not', async () => {
    const { pilots, warnings } = await read(bookWith({ 说明: [['x']], Sheet1: [['x']] }));
    expect(pilots).toEqual([pilot()]);
    expect(warnings.map(lineOf)).toEqual(['Sheet1: this sheet is none of the register; it was not read']);
  });

  test('one that is there twice, under two names', async () => {
    const { errors } = await read(bookWith({ Processes: GOOD.工序 }));
    expect(errors.map(lineOf)).toEqual(['Processes: this sheet is there twice; put the two together']);
  });
});

describe('rows beside one another', () => {
  const [pilotHeadings, haida] = GOOD.企业;
  const [headings, machine] = GOOD.设备;
  const other = ['dongli', '东力', null, '普陀区', '船舶', null, '智能工厂', 'dongli/putuo', null, null];

  test('equipment twice is told at the second', async () => {
    const { errors } = await read(bookWith({ 设备: [headings, machine, machine] }));
    expect(errors.map(lineOf)).toEqual(['设备 3 设备编号 "E-01": "E-01" is there twice; remove one of them']);
  });

  test('one id in two pilots is fine', async () => {
    const theirs = ['dongli', 'E-01', '龙门铣', null, null, '是', '是', '否', '是'];
    const { pilots, errors } = await read(
      bookWith({ 企业: [pilotHeadings, haida, other], 设备: [headings, machine, theirs] }),
    );
    expect(errors.map(lineOf)).toEqual([]);
    expect(pilots.map(({ id, equipment }) => [id, equipment.length])).toEqual([
      ['haida', 1],
      ['dongli', 1],
    ]);
  });

  test('a pilot twice, a process twice, a figure of one day twice, a question answered twice', async () => {
    const doubled = Object.fromEntries(
      (['企业', '工序', '申报指标', '自评'] as const).map((name) => [name, [...GOOD[name], GOOD[name][1]]]),
    );
    const { errors } = await read(bookWith(doubled as never));
    expect(errors.map(lineOf)).toEqual([
      '企业 3 企业编号 "haida": pilot "haida" is there twice; remove one of them',
      '工序 3 工序编号 "P1": "P1" is there twice; remove one of them',
      '申报指标 3 指标 "设备联网率": "networking-rate current 2026-01-05" is there twice; remove one of them',
      '自评 3 题目 "q49": "zj-future-factory q49" is there twice; remove one of them',
    ]);
  });

  test('a site in two pilots of the file, and in one that is registered', async () => {
    const rival = other.map((cell) => (cell === 'dongli/putuo' ? 'haida/zhoushan;x/y' : cell));
    const known = [{ ...pilot({ id: 'old', sites: ['x/y'] }), from: 'register' as const }];
    const { errors } = await read(bookWith({ 企业: [pilotHeadings, haida, rival] }), known);
    expect(errors.map(lineOf)).toEqual([
      '企业 3 厂区 "haida/zhoushan;x/y": site "haida/zhoushan" belongs to two pilots, "haida" in row 2 of 企业 and "dongli" in row 3 of 企业; take it out of one of them',
      '企业 3 厂区 "haida/zhoushan;x/y": site "x/y" belongs to two pilots, "old" in the register and "dongli" in row 3 of 企业; take it out of one of them',
    ]);
  });

  test('a row that is wrong does not make others wrong that name it', async () => {
    const wrongPilot = other.map((cell) => (cell === '船舶' ? '造船' : cell));
    const theirs = ['dongli', 'E-01', '龙门铣', null, 'P7', '是', '是', '否', '是'];
    const { errors } = await read(
      bookWith({
        企业: [pilotHeadings, haida, wrongPilot],
        设备: [headings, machine, theirs, ['haida', 'E-02', 'x', null, 'P2']],
        工序: [...GOOD.工序, ['haida', 'P2', null]],
      }),
    );
    expect(errors.map(lineOf)).toEqual([
      '企业 3 行业 "造船": is none of the words that are known',
      '工序 3 工序名称: must not be empty',
    ]);
  });
});

describe('what is registered already', () => {
  const registered = { ...pilot(), from: 'register' as const };
  const onlyEquipment = { 企业: null, 工序: null, 申报指标: null, 自评: null };

  test('stays, where the file says nothing of it', async () => {
    const { pilots } = await read(
      bookWith({ ...onlyEquipment, 设备: [GOOD.设备[0], ['haida', 'E-02', '注塑机 2', null, 'P1']] }),
      [registered],
    );
    expect(pilots[0]).toEqual({ ...pilot(), equipment: [expect.objectContaining({ id: 'E-02' })] });
  });

  test('goes, where a sheet with rows has none of a pilot that the file names; that is said', async () => {
    const other = ['dongli', '东力', null, '普陀区', '船舶', null, '智能工厂', 'dongli/putuo', null, null];
    const { pilots, warnings } = await read(
      bookWith({
        企业: [GOOD.企业[0], other, GOOD.企业[1]],
        设备: [GOOD.设备[0], ['dongli', 'E-02', '龙门铣']],
      }),
      [registered],
    );
    expect(pilots.find(({ id }) => id === 'haida')?.equipment).toEqual([]);
    expect(warnings.map(lineOf)).toEqual([
      '设备 企业编号 "haida": the sheet 设备 (Equipment) has no row of pilot "haida"; the 1 that are registered will be removed',
    ]);
  });

  test('equipment that stays and names a process that goes is told', async () => {
    const { errors } = await read(
      bookWith({
        企业: null,
        设备: null,
        申报指标: null,
        自评: null,
        工序: [GOOD.工序[0], ['haida', 'P2', '装配']],
      }),
      [registered],
    );
    expect(errors.map(lineOf)).toEqual([
      'equipment.0.process "haida": there is no process "P1"; register it, or correct the id',
    ]);
  });

  test('in a file beside the configuration can be changed only there, and comes back unchanged with an export', async () => {
    const fromFile = { ...pilot(), from: 'file' as const };
    const unchanged = await read(bookWith({}), [fromFile]);
    expect([...unchanged.errors, ...unchanged.warnings]).toEqual([]);
    expect(unchanged.pilots).toEqual([]);
    const message =
      'this pilot is declared in a file beside the configuration, and can be changed only there; what stands here is different';
    const changed = {
      设备: [GOOD.设备[0], [...GOOD.设备[1].slice(0, 2), '别的名称', ...GOOD.设备[1].slice(3)]],
    };
    const whole = await read(bookWith(changed), [fromFile]);
    expect(whole.errors.map(lineOf)).toEqual([`企业 2 企业编号 "haida": ${message}`]);
    const alone = await read(bookWith({ ...onlyEquipment, ...changed }), [fromFile]);
    expect(alone.errors.map(lineOf)).toEqual([`设备 2 企业编号 "haida": ${message}`]);
  });

  test('equipment outside the sites of its pilot is taken with a warning', async () => {
    const { errors, warnings } = await read(bookWithCell('设备', '数据来源', 'other/site/a/b/c'));
    expect(errors).toEqual([]);
    expect(warnings.map(lineOf)).toEqual([
      '设备 2 数据来源 "other/site/a/b/c": "other/site/a/b/c" lies in none of the pilot\'s sites',
    ]);
  });
});

test('a file that is wrong in every row is told by its first rows, and the others are counted', async () => {
  const rows = Array.from({ length: 1500 }, (_, n) => ['haida', `E-${n}`, '注塑机', null, null, '大概']);
  const { errors, more } = await read(bookWith({ 设备: [GOOD.设备[0], ...rows] }));
  expect(errors).toHaveLength(200);
  expect(errors[199]).toMatchObject({ row: 201, column: '关键设备' });
  expect(more).toEqual({ errors: 1300, warnings: 0 });
});
