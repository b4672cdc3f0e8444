import { increments } from '../domain/counters.ts';
import type { SeriesFacts } from '../domain/facts.ts';
import type { Machine } from '../domain/plant.ts';
import {
  type CheckedCell,
  type CheckedFacts,
  type Finding,
  type Grade,
  gradeOf,
  type Said,
} from '../domain/plausibility/check.ts';
import { plausibilityChecks } from '../domain/plausibility/checks/index.ts';
import { countedSignalsOf, DEFAULT_METER, seriesOf, signalsOf } from '../domain/signals.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { Member } from './members.ts';
import { QuestionRefused } from './port.ts';
import type { RowsQuestion } from './questions.ts';
import type { RevisionLog } from './revision-log.ts';
import type { AccountedRow } from './rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Machines × days of one question. */
const MOST_MACHINE_DAYS = 5000;
/** Gauges of a machine that are looked at, in name order. */
const MOST_GAUGES = 20;
const MOST_EDITS = 10_000;

export interface PlausibilityQuestion extends Span {
  readonly scope: string;
  readonly asOf?: EpochMs;
}

export interface MachinePlausibility {
  readonly machine: string;
  /** How far its evidence carries, by what was found. */
  readonly grade: Grade;
  readonly findings: readonly (Finding & { readonly check: string })[];
}

export interface PlausibilityAnswer extends Span {
  readonly asOf: EpochMs;
  /** In path order; those without findings too. */
  readonly machines: readonly MachinePlausibility[];
}

interface Parts {
  readonly store: Pick<Store, 'facts' | 'points' | 'signalNames'>;
  readonly revisions: Pick<RevisionLog, 'list'>;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
}

/** Looks machines over for what is hardly so in a real plant. Refused `span-too-large`. */
export async function plausibilityOf(
  parts: Parts,
  { members, asOf, ...span }: Span & { readonly members: readonly Member[]; readonly asOf: EpochMs },
): Promise<PlausibilityAnswer> {
  const { from } = span;
  const to = Math.max(from, Math.min(span.to, asOf));
  const days = ((to - from) / DAY_MS) * members.length;
  if (days > MOST_MACHINE_DAYS) {
    throw new QuestionRefused(
      'span-too-large',
      'to',
      `the question is about ${Math.ceil(days)} machine days, more than ${MOST_MACHINE_DAYS}; ask for a shorter span or a narrower scope`,
    );
  }
  const breathe = createBreather();
  const machines: MachinePlausibility[] = [];
  for (const member of members) {
    const facts = await factsOf(parts, member, { from, to }, asOf);
    const findings = plausibilityChecks.flatMap((check) =>
      check.find(facts).map((finding) => ({ check: check.id, ...finding, grade: check.grade })),
    );
    machines.push({
      machine: member.machine.path,
      grade: gradeOf(findings.map(({ grade }) => grade)),
      findings: findings.map(({ grade: _, ...finding }) => finding),
    });
    await breathe();
  }
  return { ...span, asOf, machines };
}

async function factsOf(
  { store, revisions, rows }: Parts,
  member: Member,
  span: Span,
  asOf: EpochMs,
): Promise<CheckedFacts> {
  const { machine } = member;
  const cellsBy = async (by: 'hour' | 'day'): Promise<readonly CheckedCell[]> => {
    const found = await rows({ ...span, members: [member], scope: machine.path, by: [by], asOf });
    return found.map(({ row }) => row);
  };
  const series = await seriesIn(store, machine, span);
  const grown = increments(series.get('count'), machine.counters.count);
  const pieces = grown.at.flatMap((ts, index) => {
    const count = grown.pieces[index] as number;
    return count > 0 && ts >= span.from ? [{ ts, count }] : [];
  });
  const edits = revisions.list({ ...span, scope: machine.path, grain: 'hour', limit: MOST_EDITS });
  return {
    ...{ machine: machine.path, ...span, asOf, pieces },
    hours: await cellsBy('hour'),
    days: await cellsBy('day'),
    said: [...statesSaid(series.get(machine.stateSignal), span), ...pieces.map(countSaid)].sort(
      (a, b) => a.ts - b.ts || (a.what < b.what ? -1 : 1),
    ),
    gauges: await gaugesOf(store, machine, span),
    edits: edits.flatMap(({ at, from, to, causes }) => causes.map((cause) => ({ at, from, to, cause }))),
  };
}

const countSaid = ({ ts, count }: { readonly ts: EpochMs; readonly count: number }): Said => ({
  ts,
  what: `+${count}`,
});

/** A state that is only said again is no event of the machine. */
const statesSaid = (series: SeriesFacts | undefined, { from }: Span): readonly Said[] =>
  (series?.ts ?? []).flatMap((ts, index) => {
    const value = series?.values[index];
    return ts >= from && value !== series?.values[index - 1] ? [{ ts, what: String(value) }] : [];
  });

async function seriesIn(
  store: Parts['store'],
  machine: Machine,
  span: Span,
): Promise<ReadonlyMap<string, SeriesFacts>> {
  const signals = [...new Set([machine.stateSignal, 'count'])];
  const machines = [{ path: machine.path, signals, silenceMs: null }];
  const found = new Map<string, SeriesFacts>();
  for await (const facts of store.facts({ ...span, machines })) {
    for (const signal of signals) {
      const series = seriesOf(facts, signal);
      if (series) found.set(signal, series);
    }
  }
  return found;
}

/** Its measurements by hours; what decides the ledger is looked at there. */
async function gaugesOf(
  store: Parts['store'],
  machine: Machine,
  span: Span,
): Promise<CheckedFacts['gauges']> {
  const { signal: meter } = machine.energy ?? DEFAULT_METER;
  const apart = new Set([...signalsOf(machine), ...countedSignalsOf(machine), meter]);
  const [names = []] = await store.signalNames([machine.path]);
  const gauges: CheckedFacts['gauges'][number][] = [];
  for (const signal of names.filter((name) => !apart.has(name)).slice(0, MOST_GAUGES)) {
    const points = await store.points({ ...span, machine: machine.path, signal, everyMs: HOUR_MS });
    const hours = points.map(([from, min, , max]) => ({ from, min: Number(min), max: Number(max) }));
    gauges.push({ signal, hours });
  }
  return gauges;
}
