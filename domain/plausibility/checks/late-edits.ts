import type { RevisionCause } from '../../revision-cause.ts';
import type { Edited, PlausibilityCheck } from '../check.ts';

const DAY = 86_400_000;
const thresholds = { beforeMs: 7 * DAY, ageMs: 3 * DAY };

/** What people change; data that comes late by itself is no edit. */
const EDITS: readonly RevisionCause[] = [
  ...(['correction', 'annotation', 'order', 'calendar', 'vocabulary', 'cycle', 'settings'] as const),
];

export const lateEdits: PlausibilityCheck = {
  id: 'late-edits',
  title: { zh: '评估前不久的修改', en: 'Edits shortly before an assessment' },
  why: {
    zh: '所看的时间早已过去，却在评估前一周内被更正、批注或改了设置，而且改变了账。',
    en: 'Time that was long past was corrected, annotated or accounted otherwise within a week before the assessment, and the ledger changed.',
  },
  source:
    'own design; audit practice: changes after the fact and close to the audit are looked at one by one',
  grade: 'B',
  thresholds,
  find({ asOf, edits }) {
    const late = edits.filter(
      ({ at, to, cause }) =>
        EDITS.includes(cause) &&
        at <= asOf &&
        asOf - at <= thresholds.beforeMs &&
        at - to >= thresholds.ageMs,
    );
    return [...Map.groupBy(late, ({ cause }) => cause)].map(([cause, own]) => ({
      from: Math.min(...own.map(({ from }) => from)),
      to: Math.max(...own.map(({ to }) => to)),
      evidence: { cause, cells: own.length, newestAt: new Date(newestOf(own)).toISOString() },
    }));
  },
};

const newestOf = (edits: readonly Edited[]): number => Math.max(...edits.map(({ at }) => at));
