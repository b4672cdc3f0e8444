import type { DifferenceReason } from '../assessment.ts';
import type { DeclaredFigure } from '../register.ts';
import { flagsText } from '../words.ts';
import type { Subject } from './subject.ts';

/**
 * Above this a ratio without an upper end (effectiveness, OEE) is taken for per cent: a machine at twice its ideal cycle
 * is no statement that anybody makes, 85 is.
 */
const OPEN_RATIO_MAX = 2;

/** Why a declared figure can't be compared with anything; `undefined`: it can. */
export function notComparable(
  declared: DeclaredFigure,
  subject: Subject | undefined,
): DifferenceReason | undefined {
  if (subject === undefined) {
    return {
      reason: 'not-measured',
      detail: {
        zh: '遥测和台账均无此项，只能依据文件核对',
        en: 'neither telemetry nor register gives this figure; only its document can be checked',
      },
    };
  }
  const { value, unit } = declared;
  if (unit !== subject.unit && !subject.alsoWritten.includes(unit)) {
    return {
      reason: 'wrong-unit',
      detail: {
        zh: `申报单位为“${unit}”，应为“${subject.unit}”`,
        en: `it is declared in “${unit}”; the figure is in “${subject.unit}”`,
      },
    };
  }
  const max = subject.max ?? (subject.unit === '1' ? OPEN_RATIO_MAX : null);
  if (value < 0 || (max !== null && value > max)) {
    return {
      reason: 'wrong-unit',
      detail: {
        zh: `申报值 ${value} 超出合理范围；比率应为 0 至 1，疑按百分数填写，请企业更正`,
        en: `the declared value ${value} is no possible one; ratios are 0 to 1: probably per cent, to be corrected by the enterprise`,
      },
    };
  }
  const { measured } = subject;
  if (measured.value !== null) return undefined;
  const why = flagsText(measured.flags);
  return {
    reason: 'not-measured',
    detail: { zh: `没有测得值（${why.zh}）`, en: `it has no measured value (${why.en})` },
  };
}
