import { type Line, lineAt } from '../domain/line/line.ts';
import { type LineStops, lineStopsInSteps } from '../domain/line/line-stops.ts';
import type { LinePiece, LineTrack } from '../domain/line/role.ts';
import { trackOf } from '../domain/line/track.ts';
import { inScope, type MachinePath } from '../domain/path.ts';
import type { Plant } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Retained } from './answers.ts';
import { createBreather } from './breathe.ts';
import { LONGEST_MS } from './class-facts.ts';
import { classPieces, type PiecesSource } from './class-pieces.ts';
import type { Member, Members } from './members.ts';
import { QuestionRefused } from './port.ts';

const DAY_MS: DurationMs = 86_400_000;
/** Since when a line stands, and what it waits for, is looked for this far before the window. */
export const LOOK_BACK_MS: DurationMs = DAY_MS;
/** Longer windows are refused. */
const LONGEST_DAYS = 31;
/** More days of machines than this are refused. */
const MOST_MACHINE_DAYS = 2_000;

export interface LineStopsQuestion extends Span {
  /** `enterprise/site/area/line`. */
  readonly line: string;
  readonly asOf?: EpochMs;
}

export interface LineStopsAnswer extends LineStops, Span, Retained {
  readonly line: Line;
  readonly asOf: EpochMs;
}

/**
 * The line of a path, with the machines that it is made of. Refused `scope-not-found` where no machine lies in it.
 */
export async function lineIn(
  { members, plant }: { readonly members: Members; readonly plant: Plant },
  path: string,
): Promise<{ readonly line: Line; readonly members: readonly Member[] }> {
  const known = (await members.all()).map(({ machine }) => machine.path).filter((one) => inScope(one, path));
  if (known.length === 0) {
    const what = `no machine lies in the line "${path}"; lines are the first four levels of the machines in /plant`;
    throw new QuestionRefused('scope-not-found', 'line', what);
  }
  const declared = plant.machines.map((machine) => machine.path).filter((one) => known.includes(one));
  const line = lineAt(plant.lines, path, [...new Set([...declared, ...known])]);
  return { line, members: line.machines.map(members.at) };
}

/** What stopped a line in a window, from stored facts, and from what was kept where those were removed. Refused `scope-not-found` and `span-too-large`. */
export async function lineStopsOf({
  members,
  plant,
  question,
  asOf,
  ...source
}: PiecesSource & {
  readonly members: Members;
  readonly plant: Plant;
  readonly question: Omit<LineStopsQuestion, 'asOf'>;
  readonly asOf: EpochMs;
}): Promise<Omit<LineStopsAnswer, 'keptSince'>> {
  const { from, to } = question;
  const { line, members: own } = await lineIn({ members, plant }, question.line);
  const window = { from, to: Math.max(from, Math.min(to, asOf)) };
  refuseLong(window, own.length);
  const answer = { line, from, to, asOf };
  if (window.from === window.to) {
    return { ...answer, ms: { running: 0, stopped: 0, unknown: 0, outside: 0 }, stops: [], byMachine: [] };
  }
  const span = { from: window.from - LOOK_BACK_MS, to: window.to };
  const tracks = await tracksOf({ ...source, members: own, span, asOf });
  return { ...answer, ...(await stepwise(lineStopsInSteps(line, tracks, window))) };
}

/** Goes through the steps, and lets others come between. */
export async function stepwise<T>(steps: Generator<undefined, T>): Promise<T> {
  const breathe = createBreather();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe();
  }
}

/** The tracks of several machines over one span, in the order given. */
export async function tracksOf({
  members,
  span,
  asOf,
  ...source
}: PiecesSource & {
  readonly members: readonly Member[];
  /** Not empty, and not later than `asOf`. */
  readonly span: Span;
  readonly asOf: EpochMs;
}): Promise<readonly LineTrack[]> {
  const pieces = new Map<MachinePath, LinePiece[]>(members.map(({ machine }) => [machine.path, []]));
  for (let from = span.from; from < span.to; from += LONGEST_MS) {
    const run = { from, to: Math.min(from + LONGEST_MS, span.to) };
    for await (const [{ machine }, found] of classPieces({ ...source, members, run, asOf })) {
      const own = pieces.get(machine.path) as LinePiece[];
      for (const piece of trackOf(machine.path, found).pieces) own.push(piece);
    }
  }
  return members.map(({ machine }) => ({
    machine: machine.path,
    pieces: pieces.get(machine.path) as readonly LinePiece[],
  }));
}

function refuseLong({ from, to }: Span, machines: number): void {
  const days = (to - from) / DAY_MS;
  const most = Math.min(LONGEST_DAYS, Math.floor(MOST_MACHINE_DAYS / machines));
  if (days <= most) return;
  throw new QuestionRefused(
    'span-too-large',
    'to',
    `what stopped a line of ${machines} machines is told of at most ${most} days at once, not of ${Math.ceil(days)}; ask for a shorter span`,
  );
}
