import type { Bilingual } from './register.ts';
import { percent } from './words.ts';

/** Why a benefit has no gain, or was not measured, in words. */
export const NOT_GAINED = {
  noBaseline: (): Bilingual => ({ zh: '未申报基期值', en: 'no baseline is declared' }),
  noCurrent: (): Bilingual => ({
    zh: '没有现值：既未测得，也未申报',
    en: 'there is no present value, neither measured nor declared',
  }),
  zeroBaseline: (): Bilingual => ({
    zh: '基期值为零，无法计算比例',
    en: 'the baseline is zero, so no share of it',
  }),
  otherUnit: (baseline: string, current: string): Bilingual => ({
    zh: `单位不一致：基期为“${baseline}”，现值为“${current}”`,
    en: `the units differ: baseline in ${baseline}, present value in ${current}`,
  }),
  outOfRange: (value: number): Bilingual => ({
    zh: `数值 ${value} 超出合理范围；比率应为 0 至 1，不用百分数`,
    en: `${value} is no possible value; ratios are 0 to 1, not per cent`,
  }),
  measuredInOtherUnit: (unit: string): Bilingual => ({
    zh: `测得值的单位为“${unit}”，与基期不一致，故采用申报值`,
    en: `what is measured is in ${unit}, unlike the baseline, so the declared value is taken`,
  }),
  notAssessable: (coverage: number | null): Bilingual => ({
    zh: `数据覆盖率 ${percent(coverage)}，不足以评价，故采用申报值`,
    en: `coverage is ${percent(coverage)}, too little to judge by, so the declared value is taken`,
  }),
};
