import { denominatorOf } from './groups.ts';
import type { Measure } from './measure.ts';
import { knownMeasure } from './measure-of.ts';
import type { Bilingual, EquipmentFlag, ProcessFlag } from './register.ts';
import type { MeasureReference, RegisterRatio, Source } from './rubric.ts';

/** What has to stand beside a measured value wherever it is shown. */
export interface Terms
  extends Pick<Measure, 'title' | 'definition' | 'denominator' | 'unit' | 'max' | 'trend' | 'basis'> {
  readonly source: Source;
}

/** The name, definition, denominator and source of what a reference measures. */
export function termsOf(reference: MeasureReference): Terms {
  if ('register' in reference) return registerTerms(reference.register);
  const measure = knownMeasure(reference.measure);
  const { title, definition, unit, max, trend, basis, source, verification } = measure;
  return {
    title,
    definition,
    denominator: denominatorOf(measure, reference.group),
    unit,
    max,
    trend,
    basis,
    source: { text: source, verification },
  };
}

const FLAG_WORDS: Readonly<Record<EquipmentFlag | ProcessFlag, Bilingual>> = {
  key: { zh: '关键', en: 'key' },
  numericallyControlled: { zh: '已数控化', en: 'numerically controlled' },
  digital: { zh: '数字化', en: 'digital' },
  shouldBeNetworked: { zh: '应联网', en: 'should-be-networked' },
};
const COUNT_WORDS: Readonly<Record<RegisterRatio['count'], Bilingual>> = {
  equipment: { zh: '设备', en: 'equipment' },
  processes: { zh: '工序', en: 'processes' },
};

function nameOf(count: RegisterRatio['count'], flags: RegisterRatio['of']): Bilingual {
  const words = flags.map((flag) => FLAG_WORDS[flag]);
  const counted = COUNT_WORDS[count];
  return {
    zh: `${words.map(({ zh }) => zh).join('、')}${counted.zh}`,
    en: [words.map(({ en }) => en).join(' and '), counted.en].filter(Boolean).join(' '),
  };
}

function registerTerms({ count, where, of }: RegisterRatio): Terms {
  const all = nameOf(count, of);
  const some = nameOf(count, [...of, ...where.filter((flag) => !of.includes(flag))]);
  return {
    title: { zh: `${some.zh}占比`, en: `Share of ${some.en}` },
    definition: {
      zh: `${some.zh}数占${all.zh}总数的比例；取自台账。`,
      en: `${some.en} as a share of: ${all.en}; from the register.`,
    },
    denominator: { zh: `${all.zh}总数`, en: `number of ${all.en}` },
    unit: '1',
    max: 1,
    trend: 'higher-is-better',
    basis: 'register',
    source: { text: 'Our own count of the register.', verification: 'proposed' },
  };
}
