import type { Alert, AlertEvent } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Judgement, RuleEntry } from './rule.ts';

/** What becomes of an alert at one look: what is to be kept of it, and what people are to be told. */
export type Step =
  | { readonly keep: 'nothing' }
  | { readonly keep: 'as-it-was' }
  | { readonly keep: 'new'; readonly alert: Omit<Alert, 'id'>; readonly event: AlertEvent | null }
  | { readonly keep: 'changed'; readonly alert: Alert; readonly event: AlertEvent | null };

/**
 * The life of an alert. It fires when its condition has held for `forMs`, and is over when it hasn't for `clearMs`, so
 * that what comes and goes makes one alert. `judgement` absent: the condition doesn't hold.
 */
export function step({
  entry,
  open,
  judgement,
  at,
}: {
  readonly entry: RuleEntry;
  /** The alert of this subject that isn't resolved. */
  readonly open: Alert | undefined;
  readonly judgement: Judgement | undefined;
  readonly at: EpochMs;
}): Step {
  if (judgement === undefined) return over(entry, open, { at, endedAt: at });
  if (judgement.is === 'no') return over(entry, open, { at, endedAt: judgement.since });
  if (judgement.is === 'unsure') return doubt(open, at);
  if (open === undefined) return begin(entry, judgement, at);
  if (open.state === 'pending') return ripen(entry, open, judgement, at);
  const alert: Alert = { ...open, clearSince: null, evidence: judgement.evidence };
  const due = entry.repeatMs !== null && at - (open.toldAt ?? at) >= entry.repeatMs;
  if (due && open.state === 'firing')
    return { keep: 'changed', alert: { ...alert, toldAt: at }, event: 'repeated' };
  return changed(open, alert);
}

type Yes = Extract<Judgement, { is: 'yes' }>;

function begin(entry: RuleEntry, judgement: Yes, at: EpochMs): Step {
  const { subject, since = at, lastedMs, evidence } = judgement;
  const fires = (lastedMs ?? at - since) >= entry.forMs;
  const alert = {
    entry: entry.id,
    rule: entry.rule,
    subject,
    severity: entry.severity,
    state: fires ? 'firing' : 'pending',
    since,
    firedAt: fires ? at : null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedNote: null,
    resolvedAt: null,
    clearSince: null,
    toldAt: fires ? at : null,
    evidence,
  } as const;
  return { keep: 'new', alert, event: fires ? 'fired' : null };
}

function ripen(entry: RuleEntry, open: Alert, judgement: Yes, at: EpochMs): Step {
  // Where the facts tell when it began, a later beginning means that it was over in between.
  const since = judgement.since ?? open.since;
  const alert: Alert = { ...open, since, clearSince: null };
  if ((judgement.lastedMs ?? at - since) < entry.forMs) return changed(open, alert);
  const { evidence } = judgement;
  const { severity } = entry;
  return {
    keep: 'changed',
    alert: { ...alert, severity, state: 'firing', firedAt: at, toldAt: at, evidence },
    event: 'fired',
  };
}

/** What somebody takes care of, and nobody can tell of for so long, needn't stay open: if it is still so, it fires anew. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** Nobody can tell, so it stays as it is. */
function doubt(open: Alert | undefined, at: EpochMs): Step {
  if (open === undefined) return { keep: 'nothing' };
  const isForgotten = open.acknowledgedAt !== null && at - open.acknowledgedAt > FORGOTTEN_AFTER_MS;
  return isForgotten
    ? { keep: 'changed', alert: { ...open, state: 'resolved', resolvedAt: at }, event: null }
    : { keep: 'as-it-was' };
}

/** It is over since it ended, also where that is believed, or seen, only later. */
function over(
  entry: RuleEntry,
  open: Alert | undefined,
  { at, endedAt }: { readonly at: EpochMs; readonly endedAt: EpochMs },
): Step {
  if (open === undefined || open.state === 'pending') return { keep: 'nothing' };
  const clearSince = open.clearSince ?? Math.min(at, Math.max(endedAt, open.since));
  if (at - clearSince < entry.clearMs) return changed(open, { ...open, clearSince });
  return {
    keep: 'changed',
    alert: { ...open, clearSince, state: 'resolved', resolvedAt: clearSince },
    event: entry.tellResolved ? 'resolved' : null,
  };
}

/** Nobody is told; it is written down only where something differs. */
const changed = (before: Alert, alert: Alert): Step =>
  JSON.stringify(before) === JSON.stringify(alert)
    ? { keep: 'as-it-was' }
    : { keep: 'changed', alert, event: null };
