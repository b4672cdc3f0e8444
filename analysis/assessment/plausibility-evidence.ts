import type { PlausibilityEvidence } from '../../domain/assess/evidence.ts';
import type { CheckedFacts } from '../../domain/plausibility/check.ts';
import { gradeOf } from '../../domain/plausibility/check.ts';
import { checksWithoutSetpoints, formerChecks } from '../../domain/plausibility/former-checks.ts';
import { type GradedMachine, gradedBy, newestFindings } from '../../domain/plausibility/graded.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { createBreather } from '../breathe.ts';
import type { Member } from '../members.ts';
import { checkedFacts, type LookParts } from '../plausibility.ts';

const DAY_MS = 86_400_000;
/** Machines × days in which all that was said is looked at: all of a quarter of ten machines, the last five of two hundred. */
const MOST_MACHINE_DAYS = 1000;
/** Gauges of a machine, and of all machines together about, that were looked at while only the close look was. */
const MOST_GAUGES = 20;
const GAUGES_OF_ALL = 400;
/** Findings of one check and machine that are kept. */
const MOST_FINDINGS = 20;

/**
 * Looks a pilot's machines over, one after another: what was said in a stretch that is bounded, and all of the period by
 * what is kept of its hours, gauges and streams.
 */
export async function plausibilityEvidence(
  parts: LookParts,
  {
    members,
    period,
    asOf,
    signal,
    compares = true,
    judges = true,
    hasRhythms = true,
  }: {
    readonly members: readonly Member[];
    readonly period: Span;
    readonly asOf: EpochMs;
    readonly signal?: AbortSignal | undefined;
    /** `false`: as it was looked over before streams were compared. */
    readonly compares?: boolean;
    /** `false`: as it was looked over before hours and gauges were judged in all of the period. */
    readonly judges?: boolean;
    /** `false`: as it was looked over before rhythms were compared in all of the period, and setpoints told from measurements. */
    readonly hasRhythms?: boolean;
  },
): Promise<PlausibilityEvidence> {
  const to = Math.max(period.from, Math.min(period.to, asOf));
  const span = { from: period.from, to };
  const days = Math.max(1, Math.floor(MOST_MACHINE_DAYS / Math.max(1, members.length)));
  const close = { from: Math.max(period.from, to - days * DAY_MS), to };
  const breathe = createBreather();
  const machines: GradedMachine[] = [];
  const mostGauges = judges
    ? undefined
    : Math.min(MOST_GAUGES, Math.ceil(GAUGES_OF_ALL / Math.max(1, members.length)));
  const look = { members, span, asOf, close, judged: judges ? span : close, compares, mostGauges, signal };
  for await (const facts of checkedFacts(parts, look)) {
    signal?.throwIfAborted();
    const { findings, unjudged, ...graded } = gradedAsThen(facts, { judges, hasRhythms });
    machines.push({
      ...graded,
      findings: newestFindings(findings, MOST_FINDINGS),
      ...(judges && unjudged && { unjudged }),
    });
    await breathe();
  }
  return {
    close,
    ...(judges ? { judged: span } : {}),
    ...(compares ? { compared: span } : {}),
    ...(hasRhythms ? { rhythms: span } : {}),
    grade: gradeOf(machines.map(({ grade }) => grade)),
    machines,
  };
}

function gradedAsThen(
  facts: CheckedFacts,
  { judges, hasRhythms }: { readonly judges: boolean; readonly hasRhythms: boolean },
): GradedMachine {
  if (hasRhythms) return gradedBy(facts);
  return gradedBy({ ...facts, rhythms: [] }, judges ? checksWithoutSetpoints : formerChecks);
}
