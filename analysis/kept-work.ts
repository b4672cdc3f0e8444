import { bisect } from '../domain/bisect.ts';
import { localHours } from '../domain/calendar.ts';
import type { ToldRun } from '../domain/orders/told.ts';
import type { WorkedOn } from '../domain/orders/worked-on.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Site } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { RecordedCell } from '../store/port.ts';
import type { CellSpan } from './cells.ts';
import { cellOf, type Kept } from './kept-cell.ts';
import type { KeptDay, KeptShelf } from './kept-shelf.ts';
import type { Member } from './members.ts';
import { provableFrom, type RawHorizon, type RawHorizons } from './raw-horizon.ts';

const DAY_MS = 86_400_000;

/** From when on a machine had an order and a product. */
export type WorkChange = readonly [from: EpochMs, order: string | null, product: string | null];
/** A part of an hour, by its begin. */
export type KeptPart = readonly [from: EpochMs, cell: Kept];

export const utcDayOf = (at: EpochMs): EpochMs => Math.floor(at / DAY_MS) * DAY_MS;

/** The end of the hour of a site that holds an instant, or ends there. */
export const hourEnd = (site: Site, at: EpochMs): EpochMs =>
  localHours(site, { from: at - 1, to: at }).at(-1)?.to ?? at;

const hourEnds = new WeakMap<Site, Map<EpochMs, EpochMs>>();

/** Up to where a machine's hours stand as they are recorded: to the end of the one that is cut. */
export function standsUntil({ machine, site }: Member, horizon: RawHorizon | undefined): EpochMs {
  const provable = provableFrom(machine, horizon);
  if (provable === Number.NEGATIVE_INFINITY) return provable;
  const ends = hourEnds.get(site) ?? new Map<EpochMs, EpochMs>();
  hourEnds.set(site, ends);
  return ends.getOrInsertComputed(provable, () => hourEnd(site, provable));
}

/** Up to where what is kept of a machine goes before what its facts say; minus infinity: nothing is. */
export function keptUntil(horizons: RawHorizons, member: Member): EpochMs {
  const horizon = horizons.all().get(member.machine.path);
  const until = horizon?.workedUntil ?? null;
  return until === null ? Number.NEGATIVE_INFINITY : Math.min(until, standsUntil(member, horizon));
}

/** What a machine worked on in a span that ends no later than what is kept; as `workedOn` says it. */
export function keptWork(shelf: KeptShelf, machine: MachinePath, { from, to }: Span): readonly WorkedOn[] {
  const first = utcDayOf(from);
  const earlier = shelf.lastBefore(machine, 'work', first);
  const days = shelf.days(machine, 'work', { from: first, to });
  const changes = [...(earlier ? [earlier] : []), ...days].flatMap(({ text }) => changesIn(text));
  const since = bisect(changes.length, (place) => (changes[place] as WorkChange)[0] <= from);
  const [, order = null, product = null] = changes[since - 1] ?? [];
  const inside = changes.slice(since).filter(([at]) => at < to);
  const begun: readonly WorkChange[] = [[from, order, product], ...inside];
  return begun.map(([at, order, product], place) => ({
    ...{ from: at, to: begun[place + 1]?.[0] ?? to, order, product },
  }));
}

/** What a machine told of its orders in a span that ends no later than what is kept. */
export function keptTold(shelf: KeptShelf, machine: MachinePath, { from, to }: Span): readonly ToldRun[] {
  return shelf
    .days(machine, 'told', { from: utcDayOf(from), to })
    .flatMap(({ text }) => toldIn(text))
    .filter(({ ts, until }) => ts < to && until >= from);
}

/** The parts of hours that are kept of a machine, day by day as they are asked for. */
export function keptParts(shelf: KeptShelf, machine: MachinePath): (span: Span) => RecordedCell | undefined {
  const known = new Map<EpochMs, ReadonlyMap<string, KeptPart>>();
  return ({ from, to }) => {
    const day = utcDayOf(from);
    const parts = known.getOrInsertComputed(day, () => {
      const kept = shelf
        .days(machine, 'parts', { from: day, to: day + 1 })
        .flatMap(({ text }) => partsIn(text));
      return new Map(kept.map((part) => [`${part[0]} ${part[1].to}`, part]));
    });
    const part = parts.get(`${from} ${to}`);
    return part && cellOf({ machine, grain: 'hour', from }, part[1], 1);
  };
}

/**
 * Cells that reach from time that stands into time that doesn't, and that aren't kept, since what was worked on there has
 * changed: each is cut where that begins.
 */
export function cutWhereKeptEnds(
  horizons: RawHorizons,
  member: Member,
  cells: readonly CellSpan[],
): readonly CellSpan[] {
  const until = keptUntil(horizons, member);
  const place = cells.findIndex(({ grain, from, to }) => grain === null && from < until && until < to);
  const cell = cells[place];
  if (!cell || keptParts(horizons.work, member.machine.path)(cell)) return cells;
  return cells.toSpliced(place, 1, { ...cell, to: until }, { ...cell, from: until });
}

export const changesIn = (text: string): readonly WorkChange[] => JSON.parse(text);
export const toldIn = (text: string): readonly ToldRun[] => JSON.parse(text);
export const partsIn = (text: string): readonly KeptPart[] => JSON.parse(text);

/** What a day holds already from before an instant in it, and what is added to it and to later days. */
export function daysOf<T>(
  earlier: readonly T[],
  added: readonly T[],
  { at, text }: { readonly at: (one: T) => EpochMs; readonly text: (some: readonly T[]) => string },
): readonly KeptDay[] {
  const days = Map.groupBy([...earlier, ...added], (one) => utcDayOf(at(one)));
  return [...days].map(([day, some]) => ({ day, text: text(some) }));
}

/** What was removed, with nothing kept of parts of hours: for who makes them of raw data alone. */
export const withoutParts = (horizons: RawHorizons): RawHorizons => ({
  ...horizons,
  work: {
    ...horizons.work,
    days: (machine, kind, span) => (kind === 'parts' ? [] : horizons.work.days(machine, kind, span)),
  },
});
