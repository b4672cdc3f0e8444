import type { Machine } from '../domain/plant.ts';
import type { CheckedFacts, Edited, Finding, Grade } from '../domain/plausibility/check.ts';
import { gradedBy } from '../domain/plausibility/graded.ts';
import { countedSignalsOf, DEFAULT_METER, signalsOf } from '../domain/signals.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { type KnownAgain, knownAgain, NOT_COMPARED } from './alike-streams.ts';
import { createBreather } from './breathe.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import { QuestionRefused } from './port.ts';
import type { RowsQuestion } from './questions.ts';
import type { RevisionLog } from './revision-log.ts';
import type { AccountedRow } from './rows.ts';
import { askedOf, saidIn } from './said.ts';
import type { StreamPrints } from './stream-prints.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Machines × days of one question. */
const MOST_MACHINE_DAYS = 5000;
/** Gauges of a machine that are looked at, in name order. */
const MOST_GAUGES = 20;
const MOST_EDITS = 10_000;
/** Hours of machines that are accounted at once. */
const CELLS_AT_ONCE = 30_000;

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

/** What machines are looked over with. */
export interface LookParts {
  readonly store: Pick<Store, 'facts' | 'points' | 'signalNames'>;
  readonly revisions: Pick<RevisionLog, 'list'>;
  /** What is recorded counts as far as these say. */
  readonly marks: LedgerMarks;
  readonly prints: StreamPrints;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
}

/** Looks machines over for what is hardly so in a real plant. Refused `span-too-large`. */
export async function plausibilityOf(
  parts: LookParts,
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
  const looked = { from, to };
  const look = { members, span: looked, asOf, close: looked, compares: true, mostGauges: MOST_GAUGES };
  for await (const facts of checkedFacts(parts, look)) {
    const { findings, ...graded } = gradedBy(facts);
    machines.push({ ...graded, findings: findings.map(({ grade: _, ...finding }) => finding) });
    await breathe();
  }
  return { ...span, asOf, machines };
}

/** What is looked at. */
export interface Look {
  /** In path order. */
  readonly members: readonly Member[];
  readonly span: Span;
  readonly asOf: EpochMs;
  /** The end of the span in which hours, streams and gauges are looked at; ledger days and edits are in all of it. */
  readonly close: Span;
  /** Whether streams are compared by their prints: with those of other machines, and with what was said before the close look. */
  readonly compares: boolean;
  /** Gauges of a machine that are looked at, in name order. */
  readonly mostGauges: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the checks look at, machine by machine: the store is asked about some at once, and holds the streams of one. */
export async function* checkedFacts(parts: LookParts, look: Look): AsyncGenerator<CheckedFacts> {
  const { members, close, compares, signal } = look;
  const { span, asOf } = look;
  const again = compares
    ? await knownAgain(parts, { members, span, asOf, closeFrom: close.from, signal })
    : () => NOT_COMPARED;
  const hours = Math.max(1, (close.to - close.from) / HOUR_MS);
  const together = Math.max(1, Math.floor(CELLS_AT_ONCE / hours));
  for (let first = 0; first < members.length; ) {
    const { zone } = (members[first] as Member).site;
    const some = members.slice(first, first + together);
    // Hours and days asked about at once are of one zone.
    const other = some.findIndex(({ site }) => site.zone !== zone);
    const alike = other < 0 ? some : some.slice(0, other);
    yield* factsTogether(parts, { ...look, members: alike, again });
    first += alike.length;
  }
}

async function* factsTogether(
  { store, revisions, rows }: LookParts,
  {
    members,
    span,
    asOf,
    close,
    mostGauges,
    again,
  }: Look & { readonly again: (machine: string) => KnownAgain },
): AsyncGenerator<CheckedFacts> {
  const cellsBy = async (by: 'hour' | 'day', { from, to }: Span) => {
    const found = await rows({ from, to, members, scope: '', by: ['machine', by], asOf });
    return Map.groupBy(
      found.map(({ row }) => row),
      ({ key }) => key.machine,
    );
  };
  const [hours, days] = [await cellsBy('hour', close), await cellsBy('day', span)];
  const names = await store.signalNames(members.map(({ machine }) => machine.path));
  const asked = members.map(({ machine }) => askedOf(machine));
  let place = 0;
  for await (const facts of store.facts({ from: close.from, to: close.to, machines: asked })) {
    const member = members[place] as Member;
    const { machine } = member;
    yield {
      ...{ machine: machine.path, from: span.from, to: span.to, asOf },
      ...saidIn(facts, machine, close),
      ...again(machine.path),
      hours: hours.get(machine.path) ?? [],
      days: days.get(machine.path) ?? [],
      gauges: await gaugesOf(store, { machine, names: names[place] ?? [], span: close, most: mostGauges }),
      edits: editsOf(revisions, member, span, asOf),
    };
    place++;
  }
}

/**
 * What changed recorded cells by then, and what was said of stops that no cell tells of yet: the recorder comes to it
 * later.
 */
function editsOf(
  revisions: LookParts['revisions'],
  { machine, entered }: Member,
  span: Span,
  asOf: EpochMs,
): readonly Edited[] {
  const listed: Edited[] = [];
  const query = { ...span, scope: machine.path, grain: 'hour', limit: MOST_EDITS } as const;
  let page = revisions.list(query);
  // Those that came after the question's instant say nothing to it; there may be many.
  while (page.length === MOST_EDITS && page.every(({ at }) => at > asOf)) {
    page = revisions.list({ ...query, before: (page.at(-1) as { readonly id: number }).id });
  }
  for (const { at, from, to, causes } of page) {
    if (at <= asOf) listed.push(...causes.map((cause) => ({ at, from, to, cause })));
  }
  const told = listed.filter(({ cause }) => cause === 'annotation');
  for (const { from, to, receivedAt: at } of entered?.(span).edits ?? []) {
    if (at > asOf || told.some((one) => one.from <= to && one.to > from)) continue;
    listed.push({ at, from, to, cause: 'annotation' });
  }
  return listed;
}

/** Its measurements by hours; what decides the ledger is looked at there. */
async function gaugesOf(
  store: LookParts['store'],
  {
    machine,
    names,
    span: { from, to },
    most,
  }: {
    readonly machine: Machine;
    readonly names: readonly string[];
    readonly span: Span;
    readonly most: number;
  },
): Promise<CheckedFacts['gauges']> {
  const { signal: meter } = machine.energy ?? DEFAULT_METER;
  const apart = new Set([...signalsOf(machine), ...countedSignalsOf(machine), meter]);
  const gauges: CheckedFacts['gauges'][number][] = [];
  for (const signal of names.filter((name) => !apart.has(name)).slice(0, most)) {
    const points = await store.points({ from, to, machine: machine.path, signal, everyMs: HOUR_MS });
    const hours = points.map(([at, min, , max]) => ({ from: at, min: Number(min), max: Number(max) }));
    gauges.push({ signal, hours });
  }
  return gauges;
}
