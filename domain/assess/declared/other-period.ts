import { dateAt } from '../../zone.ts';
import type { DifferenceReason } from '../assessment.ts';
import type { Difference } from './difference.ts';

/** The declared figure is about other days than those assessed, or was stated before they began. */
export function otherPeriod({
  declared: { date, period: stated },
  evidence,
}: Difference): DifferenceReason[] {
  const { zone, period } = evidence;
  const from = dateAt(zone, period.from).toString();
  const to = dateAt(zone, period.to - 1).toString();
  if (stated === undefined ? date >= from : stated.from === from && stated.to === to) return [];
  const said = stated
    ? {
        zh: `申报值的时段为 ${stated.from} 至 ${stated.to}`,
        en: `it is about ${stated.from} to ${stated.to}`,
      }
    : { zh: `申报于 ${date}`, en: `it was stated on ${date}` };
  return [
    {
      reason: 'other-period',
      detail: {
        zh: `${said.zh}，评估期为 ${from} 至 ${to}`,
        en: `${said.en}; the period assessed is ${from} to ${to}`,
      },
    },
  ];
}
