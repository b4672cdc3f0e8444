import { spanAt } from '../analysis/cuts.ts';
import { type CalendarPiece, calendarPieces, type Planned, piecesFor } from '../domain/calendar.ts';
import type { Machine, Plant, Site } from '../domain/plant.ts';
import { siteAt } from '../domain/site-calendar.ts';
import { type DurationMs, type EpochMs, intersect } from '../domain/time.ts';

const HOUR_MS = 3_600_000;
/** A week and a day: longer than any time that a rule asks for. */
const BACK_MS = 8 * 24 * HOUR_MS;
const AHEAD_MS = 2 * HOUR_MS;

/** What the calendars of a plant's machines say, for questions about now and the last days. */
export interface PlantCalendar {
  planned(machine: string, at: EpochMs): Planned;
  /** Scheduled time, breaks and maintenance left out; what is older than eight days doesn't count. */
  scheduledMs(machine: string, from: EpochMs, at: EpochMs): DurationMs;
}

/** An undeclared machine, and one whose site declares no shifts, is always scheduled. */
export function createPlantCalendar(plant: Plant): PlantCalendar {
  const machines = new Map(plant.machines.map((machine) => [machine.path, machine]));
  /** Made once an hour. */
  let made:
    | { readonly hour: number; readonly pieces: Map<Site | Machine | null, readonly CalendarPiece[]> }
    | undefined;

  const piecesOf = (machine: Machine, site: Site | undefined, at: EpochMs): readonly CalendarPiece[] => {
    const hour = Math.floor(at / HOUR_MS);
    if (made?.hour !== hour) made = { hour, pieces: new Map() };
    const span = { from: hour * HOUR_MS - BACK_MS, to: hour * HOUR_MS + AHEAD_MS };
    const { pieces } = made;
    const common = pieces.getOrInsertComputed(site ?? null, () => calendarPieces(site, span));
    if (machine.maintenance === undefined) return common;
    return pieces.getOrInsertComputed(machine, () => piecesFor(machine, site, common));
  };
  const calendarOf = (path: string, at: EpochMs): readonly CalendarPiece[] | undefined => {
    const machine = machines.get(path);
    return machine && piecesOf(machine, siteAt(plant, path), at);
  };

  return {
    planned(machine, at) {
      const pieces = calendarOf(machine, at);
      return pieces ? (spanAt(pieces, at)?.planned ?? 'scheduled') : 'scheduled';
    },
    scheduledMs(machine, from, at) {
      const pieces = calendarOf(machine, at);
      if (!pieces) return Math.max(0, at - from);
      let sum = 0;
      for (const piece of pieces) {
        if (piece.planned !== 'scheduled') continue;
        const common = intersect(piece, { from, to: at });
        if (common) sum += common.to - common.from;
      }
      return sum;
    },
  };
}
