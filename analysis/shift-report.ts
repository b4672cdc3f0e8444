import { plannedBusyMs } from '../domain/formula.ts';
import { TIME_CLASSES, type TimeClass } from '../domain/ledger-row.ts';
import type { Line } from '../domain/line/line.ts';
import type { LineStops } from '../domain/line/line-stops.ts';
import { lineStopsInSteps } from '../domain/line/line-stops.ts';
import type { LineTrack } from '../domain/line/role.ts';
import { type MachinePath, prefixOf } from '../domain/path.ts';
import type { Plant, Site } from '../domain/plant.ts';
import type { ReasonPart } from '../domain/reasons.ts';
import { type ShiftRemark, shiftRemarks } from '../domain/shift-remarks.ts';
import { type DurationMs, type EpochMs, intersect, type Span } from '../domain/time.ts';
import { OUTSIDE_PBT } from '../domain/time-classes.ts';
import type { Figure, LedgerAnswer, LedgerRow, Retained } from './answers.ts';
import type { PiecesSource } from './class-pieces.ts';
import { figuresOf } from './figures.ts';
import type { Finality } from './finality.ts';
import { LOOK_BACK_MS, lineIn, stepwise, tracksOf } from './line-stops.ts';
import type { Member, Members } from './members.ts';
import type { RowsQuestion } from './questions.ts';
import { reasonRowsFor } from './reasons.ts';
import type { AccountedRow } from './rows.ts';
import { runBefore, type ShiftRun, shiftRun } from './shift-instance.ts';

/** The figures of a shift. */
export const SHIFT_KPIS = ['utilisation', 'oee', 'availability', 'effectiveness', 'quality-ratio'] as const;

export interface ShiftQuestion {
  /** `enterprise/site/area/line`. */
  readonly line: string;
  /** `null`: the whole production day. */
  readonly shift: string | null;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly asOf?: EpochMs;
}

/** A shift of a line, and the zone that it is told in. */
export interface ShiftPlace extends ShiftRun {
  readonly line: string;
  readonly zone: string;
}

/** A row and the figures made of it. */
export interface ShiftSums {
  readonly row: LedgerAnswer['rows'][number];
  readonly figures: readonly Figure[];
}

export interface ShiftReport {
  readonly place: ShiftPlace;
  readonly asOf: EpochMs;
  /** `running`: it isn't over yet; else how far the figures may still change. */
  readonly status: 'running' | Finality;
  readonly finalAt: EpochMs;
  readonly whole: ShiftSums;
  readonly machines: readonly (ShiftSums & {
    readonly machine: MachinePath;
    /** Contiguous, as far as `asOf`. */
    readonly strip: readonly (Span & { readonly class: TimeClass })[];
  })[];
  /** What was worked on, where anything was said of it. */
  readonly work: readonly ShiftSums[];
  /** What planned busy time was lost to, the longest first. */
  readonly stops: readonly (ReasonPart & { readonly machine: MachinePath })[];
  readonly line: Line;
  readonly lineStops: LineStops;
  /** The last run of the same shift before; `null`: there was none, or nothing was heard. */
  readonly before: (ShiftSums & { readonly place: ShiftPlace }) | null;
  readonly remarks: readonly ShiftRemark[];
}

export interface ShiftReporting extends PiecesSource, Retained {
  readonly members: Members;
  readonly plant: Plant;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  readonly finalAfterMs: DurationMs;
}

/** The run of a line's shift. Refused `scope-not-found` and `shift-not-found`. */
export async function shiftPlaceOf(
  { members, plant }: Pick<ShiftReporting, 'members' | 'plant'>,
  { line, day, shift }: ShiftQuestion,
): Promise<{ readonly place: ShiftPlace; readonly site: Site }> {
  const { members: own } = await lineIn({ members, plant }, line);
  const site = plant.sites.find(({ path }) => path === prefixOf(line, 'site')) ?? (own[0] as Member).site;
  return { place: { ...shiftRun(site, day, shift), line, zone: site.zone }, site };
}

/** One shift of a line on one page: what was planned, made and lost, and what of the data a reader must know. */
export async function shiftReportOf(
  given: ShiftReporting,
  question: ShiftQuestion & { readonly asOf: EpochMs },
): Promise<ShiftReport> {
  const { store, horizons, members, plant, rows } = given;
  const { asOf } = question;
  const { place, site } = await shiftPlaceOf(given, question);
  const { line, members: inOrder } = await lineIn({ members, plant }, question.line);
  const own = await members.inScope(question.line);
  const { from, to } = place;
  const asked = { from, to, members: own, scope: question.line, asOf };
  const sums = async (by: RowsQuestion['by'], span: Span = place) =>
    (await rows({ ...asked, from: span.from, to: span.to, by })).map(sumsOf);
  const [[whole], byMachine, byWork, reasons] = await Promise.all([
    sums([]),
    sums(['machine']),
    sums(['product', 'order']),
    reasonRowsFor({ store, horizons, question: { ...asked, by: ['machine'] } }),
  ]);
  const earlier = runBefore(site, place);
  const before = earlier && (await sums([], earlier))[0];
  const window = { from, to: Math.max(from, Math.min(to, asOf)) };
  const { tracks, told } = await stopsOf({
    ...{ store, horizons },
    members: [...new Set([...own, ...inOrder])],
    line,
    window,
    asOf,
  });
  const machines = byMachine.map((one) => {
    const machine = one.row.key.machine as MachinePath;
    return { ...one, machine, strip: stripOf(tracks.get(machine), window) };
  });
  const finalAt = to + given.finalAfterMs;
  return {
    ...{ place, asOf, finalAt, machines, line, lineStops: told },
    status: to > asOf ? 'running' : (whole as ShiftSums).row.finality,
    whole: whole as ShiftSums,
    work: byWork.filter(({ row }) => row.key.order || row.key.product),
    stops: stopsOfReasons(reasons),
    before:
      before && hasData(before.row) ? { ...before, place: { ...place, ...(earlier as ShiftRun) } } : null,
    remarks: shiftRemarks({
      from,
      lineFlags: (whole as ShiftSums).row.flags,
      machines: machines.map(({ machine, row }) => ({
        machine,
        flags: row.flags,
        unknownMs: row.ms.unknown,
        neverHeard: row.ms.unknown > 0 && row.ms.unknown === plannedBusyMs(row.ms),
      })),
      keptSince: given.keptSince,
      orderDeclared: line.declared || line.machines.length === 1,
    }),
  };
}

const sumsOf = (accounted: AccountedRow): ShiftSums => ({
  row: { ...accounted.row, finality: accounted.finality },
  figures: figuresOf(accounted, SHIFT_KPIS),
});

/** Where nothing is known of any planned time, there is nothing to compare with. */
const hasData = ({ ms }: LedgerRow): boolean =>
  TIME_CLASSES.some((name) => name !== 'unknown' && !OUTSIDE_PBT.has(name) && ms[name] > 0) || ms.extra > 0;

const stopsOfReasons = (rows: Awaited<ReturnType<typeof reasonRowsFor>>): ShiftReport['stops'] =>
  rows
    .flatMap(({ key, reasons }) =>
      reasons
        .filter((part) => part.class !== 'running' && !OUTSIDE_PBT.has(part.class))
        .map((part) => ({ ...part, machine: key.machine as MachinePath })),
    )
    .sort((a, b) => b.ms - a.ms);

/** What stopped the line, and the tracks of every machine in it, which are read once. */
async function stopsOf({
  members,
  line,
  window,
  asOf,
  ...source
}: PiecesSource & {
  readonly members: readonly Member[];
  readonly line: Line;
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<{ readonly tracks: ReadonlyMap<MachinePath, LineTrack>; readonly told: LineStops }> {
  if (window.from === window.to) {
    const ms = { running: 0, stopped: 0, unknown: 0, outside: 0 };
    return { tracks: new Map(), told: { ms, stops: [], byMachine: [] } };
  }
  const span = { from: window.from - LOOK_BACK_MS, to: window.to };
  const read = await tracksOf({ ...source, members, span, asOf });
  const tracks = new Map(read.map((track) => [track.machine, track]));
  const inOrder = line.machines.map((machine) => tracks.get(machine) as LineTrack);
  return {
    tracks,
    told: await stepwise(lineStopsInSteps(line, inOrder, window)),
  };
}

/** A track's classes in a window; neighbours differ. */
function stripOf(track: LineTrack | undefined, window: Span) {
  const strip: (Span & { readonly class: TimeClass })[] = [];
  for (const piece of track?.pieces ?? []) {
    const inside = intersect(piece, window);
    if (!inside) continue;
    const last = strip.at(-1);
    if (last?.class === piece.class) strip[strip.length - 1] = { ...last, to: inside.to };
    else strip.push({ ...inside, class: piece.class });
  }
  return strip;
}
