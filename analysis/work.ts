import type { MachineFacts } from '../domain/facts.ts';
import { WORK_SIGNALS, type WorkedOn, workedOn } from '../domain/orders/worked-on.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { LONGEST_MS } from './class-facts.ts';
import { keptUntil, keptWork } from './kept-work.ts';
import type { Member } from './members.ts';
import { QuestionRefused } from './port.ts';
import type { RawHorizons } from './raw-horizon.ts';

const DAY_MS = 86_400_000;
/** What a machine worked on isn't recorded: more days of machines than this are refused. */
const MOST_MACHINE_DAYS = 50_000;
/** More changes of order and product, of all machines together, are refused. */
const MOST_CHANGES = 500_000;

/** What a machine worked on, stretch after stretch. */
export type WorkOf = (member: Member) => readonly WorkedOn[];

/**
 * What each machine worked on in a window, from stored facts, and from what was kept where those were removed; reads at most
 * a month of one machine's at a time. Refused `span-too-large`.
 */
export async function workIn({
  store,
  horizons,
  members,
  window,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly members: readonly Member[];
  /** Ends no later than what may be known. */
  readonly window: Span;
}): Promise<WorkOf> {
  refuseMachineDays(window, members.length);
  const works = new Map(members.map((member) => [member.machine.path, { member, work: [] as WorkedOn[] }]));
  const machines = members.map(({ machine }) => ({
    path: machine.path,
    signals: WORK_SIGNALS,
    silenceMs: null,
  }));
  const breathe = createBreather();
  let changes = 0;
  for (let from: EpochMs = window.from; ; from += LONGEST_MS) {
    const run = { from, to: Math.min(from + LONGEST_MS, window.to) };
    for await (const facts of store.facts({ ...run, machines, inAnyOrder: true })) {
      const { member, work } = works.get(facts.machine) as { member: Member; work: WorkedOn[] };
      const before = work.length;
      for (const part of workedInRun({ facts, run, member, horizons })) append(work, part);
      changes += work.length - before;
      refuseChanges(changes);
      await breathe();
    }
    if (run.to >= window.to) break;
  }
  return ({ machine }) => works.get(machine.path)?.work ?? [];
}

/** As it is kept, where raw data was removed; then as facts tell it. */
export function* workedInRun({
  facts,
  run,
  member,
  horizons,
}: {
  readonly facts: MachineFacts;
  readonly run: Span;
  readonly member: Member;
  readonly horizons: RawHorizons;
}): Generator<readonly WorkedOn[]> {
  // Asked for after the facts were read: who removes some puts the horizon first.
  const until = keptUntil(horizons, member);
  const kept = { from: run.from, to: Math.min(run.to, until) };
  if (run.from < until) yield keptWork(horizons.work, member.machine.path, kept);
  const rest = { from: Math.max(run.from, until), to: run.to };
  if (run.from >= until || rest.from < rest.to) yield workedOn(facts, rest, member.entered?.(rest));
}

/** Refused `span-too-large`. */
export function refuseMachineDays({ from, to }: Span, machines: number): void {
  const days = Math.ceil(((to - from) / DAY_MS) * machines);
  if (days <= MOST_MACHINE_DAYS) return;
  throw tooLarge(`needs the orders of ${days} days of machines, more than ${MOST_MACHINE_DAYS}`);
}

/** Refused `span-too-large`. */
export function refuseChanges(changes: number): void {
  if (changes <= MOST_CHANGES) return;
  throw tooLarge(`has more than ${MOST_CHANGES} changes of order or product`);
}

/** Adds what follows; a border between two readings of the store parts nothing. */
export function append(work: WorkedOn[], [first, ...rest]: readonly WorkedOn[]): void {
  const last = work.at(-1);
  if (first && last && last.order === first.order && last.product === first.product) {
    work[work.length - 1] = { ...last, to: first.to };
  } else if (first) work.push(first);
  for (const stretch of rest) work.push(stretch);
}

const tooLarge = (what: string): QuestionRefused =>
  new QuestionRefused(
    'span-too-large',
    'to',
    `the question ${what}; ask for a shorter span, a narrower scope, or without by=product and by=order`,
  );
