import type { CheckedCell, CheckedFacts, Edited, Finding, Grade } from '../domain/plausibility/check.ts';
import { gradedBy } from '../domain/plausibility/graded.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { type KnownAgain, knownAgain, NOT_COMPARED } from './alike-streams.ts';
import type { Retained } from './answers.ts';
import { createBreather } from './breathe.ts';
import { checkedHours } from './checked-cells.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import { type KnownGauges, lookedGauges } from './look-gauges.ts';
import type { Member } from './members.ts';
import { QuestionRefused } from './port.ts';
import type { RowsQuestion } from './questions.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { RevisionLog } from './revision-log.ts';
import type { AccountedRow } from './rows.ts';
import { askedOf, saidIn } from './said.ts';
import type { StreamPrints } from './stream-prints.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Machines × days of one question. */
const MOST_MACHINE_DAYS = 5000;
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
  /** Within it there are days whose measurements can't be judged any more. Absent: none. */
  readonly unjudged?: Span;
}

export interface PlausibilityAnswer extends Span, Retained {
  readonly asOf: EpochMs;
  /** In path order; those without findings too. */
  readonly machines: readonly MachinePlausibility[];
}

/** What machines are looked over with. */
export interface LookParts {
  readonly store: Pick<Store, 'facts' | 'ranges' | 'signalNames'>;
  readonly revisions: Pick<RevisionLog, 'list'>;
  /** What is recorded counts as far as these say. */
  readonly marks: LedgerMarks;
  readonly prints: StreamPrints;
  readonly kept: KeptChecks;
  readonly horizons: Pick<RawHorizons, 'all'>;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
}

/** Looks machines over for what is hardly so in a real plant. Refused `span-too-large`. */
export async function plausibilityOf(
  parts: LookParts,
  { members, asOf, ...span }: Span & { readonly members: readonly Member[]; readonly asOf: EpochMs },
): Promise<Omit<PlausibilityAnswer, 'keptSince'>> {
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
  const look = { members, span: looked, asOf, close: looked, judged: looked, compares: true };
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
  /** The end of the span in which all that was said is looked at; ledger days and edits are in all of it. */
  readonly close: Span;
  /** The end of the span in which hours and gauges are looked at. */
  readonly judged: Span;
  /** Whether streams are compared by their prints: with those of other machines, and with what was said before the close look. */
  readonly compares: boolean;
  /** Gauges of a machine that are looked at, in name order; absent: all. */
  readonly mostGauges?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the checks look at, machine by machine: the store is asked about some at once, and holds the streams of one. */
export async function* checkedFacts(parts: LookParts, look: Look): AsyncGenerator<CheckedFacts> {
  const { members, close, judged, compares, signal } = look;
  const { span, asOf } = look;
  const again = compares
    ? await knownAgain(parts, { members, span, asOf, closeFrom: close.from, signal })
    : () => NOT_COMPARED;
  const hours = Math.max(1, (judged.to - judged.from) / HOUR_MS);
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

type Together = Look & { readonly again: (machine: string) => KnownAgain };

async function* factsTogether(parts: LookParts, look: Together): AsyncGenerator<CheckedFacts> {
  const { members, span, asOf, close, judged, mostGauges, again, signal } = look;
  const hours = await checkedHours(parts, { members, span: judged, asOf });
  const asked = { members, span: judged, asOf, most: mostGauges ?? Number.POSITIVE_INFINITY, signal };
  const gaugesOf = await lookedGauges(parts, asked);
  const { from, to } = span;
  const by = ['machine', 'day'] as const;
  const days = Map.groupBy(
    (await parts.rows({ from, to, members, scope: '', by, asOf })).map(({ row }) => row),
    ({ key }) => key.machine,
  );
  const machines = members.map(({ machine }) => askedOf(machine));
  let place = 0;
  for await (const facts of parts.store.facts({ from: close.from, to: close.to, machines })) {
    const member = members[place++] as Member;
    const { machine } = member;
    const { gauges, lost } = gaugesOf(machine.path);
    const own = days.get(machine.path) ?? [];
    yield {
      ...{ machine: machine.path, from, to, asOf },
      ...saidIn(facts, machine, close),
      ...again(machine.path),
      hours: hours.get(machine.path) ?? [],
      days: own,
      gauges,
      edits: editsOf(parts.revisions, member, span, asOf),
      unjudged: unjudgedIn(lost, own),
    };
  }
}

/** From the first to the last of days of which it is known that the machine was heard, but no longer what its gauges said. */
function unjudgedIn(lost: KnownGauges['lost'], days: readonly CheckedCell[]): Span | null {
  const heard = lost.filter((day) =>
    days.some(({ from, to, ms }) => from < day.to && to > day.from && ms.unknown < to - from),
  );
  const [first, last] = [heard[0], heard.at(-1)];
  return first && last ? { from: first.from, to: last.to } : null;
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
