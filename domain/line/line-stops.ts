import type { MachinePath } from '../path.ts';
import type { State } from '../state.ts';
import { type DurationMs, type EpochMs, intersect, type Span } from '../time.ts';
import type { Line } from './line.ts';
import { type LinePiece, type LineTrack, type Standing, standingOf } from './role.ts';
import type { LineRule } from './rule.ts';
import { lineRuleOf } from './rules/index.ts';
import { unchangedSpans } from './unchanged.ts';
import { type LineLink, type LineWalk, lineWalk, type Trail, type UnknownCause } from './walk.ts';

/** What stopped a line. `own`: the machine by itself; `starved`, `blocked`: what lies before or behind the whole line. */
export interface LineCause {
  readonly kind: Trail['kind'];
  /** `null`: unknown. */
  readonly machine: MachinePath | null;
  readonly state: State | null;
  readonly reason: string | null;
  /** Why it is unknown; `null`: it isn't. */
  readonly because: UnknownCause | null;
  /** A role on the way to it was inferred. */
  readonly inferred: boolean;
}

/** A stretch in which a line stood for one cause. */
export interface LineStop extends Span {
  readonly cause: LineCause;
  /** From the machine that is watched to the cause, as it was when the stretch began. */
  readonly chain: readonly LineLink[];
  /** The line stood already, for another cause or before the window. */
  readonly continued: boolean;
  /** The cause was over before the stretch was: what it held up still came through. */
  readonly over: boolean;
}

/** What one machine cost the line, in one way. */
export interface LineStopSum {
  readonly machine: MachinePath | null;
  readonly kind: Trail['kind'];
  readonly ms: DurationMs;
  /** Unbroken stretches. */
  readonly stops: number;
  readonly longestMs: DurationMs;
}

/** A line's time in a window, and its stops. The causes' time sums to `ms.stopped`, and `ms` to the window. */
export interface LineStops {
  readonly ms: Readonly<Record<Standing, DurationMs>>;
  readonly stops: readonly LineStop[];
  /** The longest time first. */
  readonly byMachine: readonly LineStopSum[];
}

/**
 * Which machine stopped a line, to the millisecond. The tracks are those of the line's machines in its order, at least
 * one, and cover one span that holds the window; what lies before the window tells since when the line stood, and for what.
 */
export function lineStops(line: Line, tracks: readonly LineTrack[], window: Span): LineStops {
  const steps = lineStopsInSteps(line, tracks, window);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of some milliseconds: a month of a long line takes seconds, which others needn't wait for. */
export function* lineStopsInSteps(
  line: Line,
  tracks: readonly LineTrack[],
  window: Span,
): Generator<undefined, LineStops> {
  const ms: Record<Standing, DurationMs> = { running: 0, stopped: 0, unknown: 0, outside: 0 };
  const stops: LineStop[] = [];
  for (const stretch of stretchesOf(line, tracks, window.to)) {
    if (!stretch) {
      yield;
      continue;
    }
    const inside = intersect(stretch, window);
    if (!inside) continue;
    ms[stretch.standing] += inside.to - inside.from;
    if (stretch.standing !== 'stopped') continue;
    const { cause, chain, over, continued } = stretch;
    stops.push({ ...inside, cause, chain, over, continued: continued || stretch.from < window.from });
  }
  return { ms, stops, byMachine: sumsOf(stops) };
}

/** Spans that are looked at in one step. */
const STEP_SPANS = 1000;

type Stretch = Span &
  (
    | { readonly standing: Exclude<Standing, 'stopped'> }
    | ({ readonly standing: 'stopped' } & Pick<LineStop, 'cause' | 'chain' | 'continued' | 'over'>)
  );

/** The line's stretches of one standing and cause each, from the begin of its tracks; `undefined` ends a step. */
function* stretchesOf(
  line: Line,
  tracks: readonly LineTrack[],
  until: EpochMs,
): Generator<Stretch | undefined> {
  const walk = lineWalk(line, tracks);
  const look = watch(line, tracks);
  const causes = causeReader(walk);
  let open: Stretch | undefined;
  let count = 0;
  for (const { from, to } of unchangedSpans(tracks, line.lagMs, until)) {
    if (++count % STEP_SPANS === 0) yield;
    const { standing, at } = look(from);
    if (standing !== 'stopped') {
      causes.forget();
      if (open?.standing === standing) open = { ...open, to };
      else {
        if (open) yield open;
        open = { from, to, standing };
      }
      continue;
    }
    const { cause, chain, over } = causes.at(at, from);
    if (open?.standing === 'stopped' && isSame(open.cause, cause)) {
      open = { ...open, to, over: open.over || over };
    } else {
      const continued = open?.standing === 'stopped';
      if (open) yield open;
      open = { from, to, standing, cause, chain, over, continued };
    }
  }
  if (open) yield open;
}

/** Reads the line's rule at ascending instants. Written out, as a month of a long line has a million of them. */
function watch(line: Line, tracks: readonly LineTrack[]) {
  const rule = lineRuleOf(line.rule) as LineRule;
  const place = tracks.findIndex(({ machine }) => machine === line.bottleneck);
  const bottleneck = place < 0 ? null : place;
  const places = tracks.map(() => 0);
  const stands: (EpochMs | undefined)[] = tracks.map(() => undefined);
  const standings = tracks.map((): Standing => 'unknown');
  const since = tracks.map(() => 0);
  return (at: EpochMs) => {
    for (let index = 0; index < tracks.length; index++) {
      const { pieces } = tracks[index] as LineTrack;
      let piece = places[index] as number;
      while ((pieces[piece] as LinePiece).to <= at) piece++;
      places[index] = piece;
      const standing = standingOf((pieces[piece] as LinePiece).class);
      standings[index] = standing;
      stands[index] = standing === 'running' ? undefined : (stands[index] ?? at);
      since[index] = stands[index] ?? at;
    }
    return rule.look({ standings, since, bottleneck });
  };
}

type Told = Pick<LineStop, 'cause' | 'chain' | 'over'>;

/**
 * Causes at ascending instants. A machine that waits on while the one it waited for runs again still waits for what that
 * one held up: the cause that began its waiting goes on.
 */
function causeReader(walk: LineWalk) {
  let watched = -1;
  let waitsFor: LineLink['role'] | undefined;
  let last: Told | undefined;
  return {
    forget(): void {
      watched = -1;
      last = undefined;
    },
    at(place: number, at: EpochMs): Told {
      const trail = walk.from(place, at);
      const { role } = trail.links[0] as LineLink;
      if (place !== watched || role !== waitsFor) last = undefined;
      watched = place;
      waitsFor = role;
      if (trail.because === 'neighbour-runs' && last) return { ...last, over: last.cause.kind !== 'unknown' };
      const told = { cause: causeOf(trail), chain: trail.links, over: trail.over };
      last = told;
      return told;
    },
  };
}

function causeOf({ kind, because, links }: Trail): LineCause {
  const inferred = links.some((link) => link.inferred);
  if (kind === 'unknown') return { kind, machine: null, state: null, reason: null, because, inferred };
  const { machine, state, reason } = links.at(-1) as LineLink;
  return { kind, machine, state, reason, because, inferred };
}

const isSame = (a: LineCause, b: LineCause): boolean =>
  a.kind === b.kind &&
  a.machine === b.machine &&
  a.state === b.state &&
  a.reason === b.reason &&
  a.because === b.because &&
  a.inferred === b.inferred;

function sumsOf(stops: readonly LineStop[]): readonly LineStopSum[] {
  const sums = new Map<
    string,
    { -readonly [K in keyof LineStopSum]: LineStopSum[K] } & { until: EpochMs; run: DurationMs }
  >();
  for (const { from, to, cause } of stops) {
    const { machine, kind } = cause;
    const sum = sums.getOrInsertComputed(JSON.stringify([machine, kind]), () => ({
      ...{ machine, kind, ms: 0, stops: 0, longestMs: 0, until: Number.NaN, run: 0 },
    }));
    const goesOn = sum.until === from;
    sum.run = (goesOn ? sum.run : 0) + to - from;
    sum.until = to;
    sum.ms += to - from;
    if (!goesOn) sum.stops++;
    sum.longestMs = Math.max(sum.longestMs, sum.run);
  }
  return [...sums.values()]
    .map(({ machine, kind, ms, stops, longestMs }) => ({ machine, kind, ms, stops, longestMs }))
    .sort(
      (a, b) => b.ms - a.ms || compareTexts(a.machine ?? '', b.machine ?? '') || compareTexts(a.kind, b.kind),
    );
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
