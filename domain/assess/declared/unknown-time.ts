import type { DifferenceReason } from '../assessment.ts';
import { percent, valueText } from '../words.ts';
import { type Difference, isWithinBounds } from './difference.ts';

/** The declared value lies between the bounds that unknown time gives. */
export function withinBounds(difference: Difference): DifferenceReason[] {
  const { unit, measured } = difference.subject;
  const { low, high } = measured;
  if (low === null || high === null || low === high || !isWithinBounds(difference)) return [];
  const [from, to] = [valueText(low, unit), valueText(high, unit)];
  return [
    {
      reason: 'within-bounds',
      detail: {
        zh: `申报值在测量的上下限之内（${from.zh} – ${to.zh}），未知部分可能使其成立`,
        en: `the declared value lies within the bounds of what was measured (${from.en} – ${to.en}): what is unknown could make it true`,
      },
    },
  ];
}

/** Time without data, where it could account for the difference: for a value outside known bounds it can't. */
export function coverage(difference: Difference): DifferenceReason[] {
  const { counted, measured } = difference.subject;
  const { coverage: share, notAssessable } = measured;
  if (counted || share === null || share >= 1 || isWithinBounds(difference) === false) return [];
  const missing = percent(1 - share);
  return [
    {
      reason: 'coverage',
      detail: {
        zh: `计划负荷时间中有 ${missing} 没有数据${notAssessable ? '，覆盖率低于评价下限' : ''}`,
        en: `there is no data for ${missing} of the planned busy time${notAssessable ? ', too much to judge by' : ''}`,
      },
    },
  ];
}
