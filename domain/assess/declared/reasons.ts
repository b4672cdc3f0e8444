import type { DifferenceReason } from '../assessment.ts';
import type { Difference } from './difference.ts';
import { nearDenominators } from './near-denominators.ts';
import { otherPeriod } from './other-period.ts';
import { silentMachines } from './silent-machines.ts';
import { coverage, withinBounds } from './unknown-time.ts';

/** What speaks for a difference, with its numbers; `unexplained` where nothing does. */
export function differenceReasons(difference: Difference): DifferenceReason[] {
  const reasons = [
    ...withinBounds(difference),
    ...coverage(difference),
    ...nearDenominators(difference),
    ...silentMachines(difference),
    ...otherPeriod(difference),
  ];
  return reasons.length > 0 ? reasons : [UNEXPLAINED];
}

const UNEXPLAINED: DifferenceReason = {
  reason: 'unexplained',
  detail: {
    zh: '静默设备、数据覆盖率、其他口径和时段均不能说明该差异',
    en: 'neither silent machines nor coverage, another denominator or another period explain it',
  },
};
