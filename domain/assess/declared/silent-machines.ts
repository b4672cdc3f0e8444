import type { DifferenceReason } from '../assessment.ts';
import type { Evidence } from '../evidence.ts';
import { compareFractions } from '../fraction.ts';
import type { MeasuredPart } from '../measure.ts';
import { measureOf } from '../measure-of.ts';
import type { PartReason } from '../part-reasons.ts';
import type { Bilingual } from '../register.ts';
import type { Difference } from './difference.ts';

const SILENCES = {
  'no-machine': { zh: '未接入', en: 'not connected' },
  'never-heard': { zh: '从未上报', en: 'never heard' },
  'not-heard': { zh: '评估期内无数据', en: 'silent in the period' },
  'heard-too-rarely': { zh: '上报天数不足', en: 'heard on too few days' },
} as const satisfies Partial<Record<PartReason, Bilingual>>;

/** Registered equipment that telemetry hardly knows. It can only have lowered a count. */
export function silentMachines({ subject, evidence, said, found }: Difference): DifferenceReason[] {
  const lowered = compareFractions(said, found) > 0;
  if (subject.basis !== 'telemetry' || (subject.counted && !lowered)) return [];
  const parts = subject.counted ? subject.measured.parts : networking(evidence);
  const counts = Object.entries(SILENCES).flatMap(([because, words]) => {
    const number = parts.filter((part) => part.because === because).length;
    return number === 0 ? [] : [{ number, words }];
  });
  if (counts.length === 0) return [];
  const list = (word: (count: (typeof counts)[number]) => string, comma: string) =>
    counts.map(word).join(comma);
  return [
    {
      reason: 'silent-machines',
      detail: {
        zh: `登记的 ${parts.length} 台设备中，${list(({ number, words }) => `${number} 台${words.zh}`, '，')}`,
        en: `of ${parts.length} registered machines, ${list(({ number, words }) => `${number} ${words.en}`, ', ')}`,
      },
    },
  ];
}

const networking = (evidence: Evidence): readonly MeasuredPart[] =>
  measureOf({ measure: 'networking-rate', group: 'registered', window: 'period' }, evidence).parts;
