import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { bytesOfHours, type HourNumbers, hoursInBytes } from './hour-bytes.ts';
import { inTransaction } from './transaction.ts';

const DAY_MS = 86_400_000;
/** No hour is longer than this, wherever a zone's clock changes. */
const LONGEST_HOUR_MS = 2 * 3_600_000;

interface Stretch {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What the checks need of a machine's gauges on a production day. */
export interface GaugeDayRow extends Stretch {
  readonly machine: string;
  readonly gauges: readonly {
    readonly signal: string;
    readonly livelyHours: number;
    readonly flat: readonly (Stretch & { readonly value: number })[];
  }[];
}

/** What plausibility checks need of recorded hours and days. A machine's path is kept once: there are as many rows as machines have days. */
export function openKeptChecks(db: DatabaseSync) {
  const name = db.prepare('INSERT INTO checked_machine (path) VALUES (?) ON CONFLICT DO NOTHING');
  const putDay = db.prepare(
    'INSERT OR REPLACE INTO checked_hours (machine, day, hours) SELECT id, ?, ? FROM checked_machine WHERE path = ?',
  );
  const daysOf = db.prepare(
    `SELECT day, hours FROM checked_hours
     WHERE machine = (SELECT id FROM checked_machine WHERE path = ?) AND day BETWEEN ? AND ? ORDER BY day`,
  );
  const putGauges = db.prepare(
    `INSERT OR REPLACE INTO checked_gauges (machine, from_ts, to_ts, gauges)
     SELECT id, ?, ?, ? FROM checked_machine WHERE path = ?`,
  );
  const gaugesOf = db.prepare(
    `SELECT from_ts AS "from", to_ts AS "to", gauges FROM checked_gauges
     WHERE machine = (SELECT id FROM checked_machine WHERE path = ?) AND from_ts >= ? AND to_ts <= ?
     ORDER BY from_ts`,
  );
  // Machine by machine, along the key.
  const removals = ['checked_hours WHERE day <', 'checked_gauges WHERE from_ts <'].map((what) =>
    db.prepare(`DELETE FROM ${what} ? AND machine IN (SELECT id FROM checked_machine)`),
  );

  const read = (machine: string, first: number, last: number): readonly HourNumbers[] =>
    daysOf
      .all(machine, first, last)
      .flatMap(({ day, hours }) => hoursInBytes((day as number) * DAY_MS, hours as Uint8Array));

  return {
    putHours(of: readonly { readonly machine: string; readonly hours: readonly HourNumbers[] }[]): void {
      if (of.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, hours } of of) {
          const [first, last] = [hours[0], hours.at(-1)];
          if (!first || !last) continue;
          name.run(machine);
          const begin = dayOf(first.from - LONGEST_HOUR_MS);
          const known = read(machine, begin, dayOf(last.to));
          const now = Map.groupBy(merged(known, hours), ({ from }) => dayOf(from));
          for (const day of new Set([...known, ...hours].map(({ from }) => dayOf(from))))
            putDay.run(day, bytesOfHours(day * DAY_MS, now.get(day) ?? []), machine);
        }
      });
    },

    /** Those that lie wholly in the span, ascending. */
    hoursOf: (machine: string, { from, to }: Stretch): readonly HourNumbers[] =>
      from >= to
        ? []
        : read(machine, dayOf(from), dayOf(to)).filter((hour) => hour.from >= from && hour.to <= to),

    putGauges(days: readonly GaugeDayRow[]): void {
      if (days.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, from, to, gauges } of days) {
          name.run(machine);
          putGauges.run(from, to, JSON.stringify(Object.fromEntries(gauges.map(numbersOf))), machine);
        }
      });
    },

    /** Those that lie wholly in the span, ascending. */
    gaugesOf: (machine: string, { from, to }: Stretch): readonly GaugeDayRow[] =>
      gaugesOf.all(machine, from, to).map((row) => ({
        ...{ machine, from: row.from as EpochMs, to: row.to as EpochMs },
        gauges: Object.entries(JSON.parse(row.gauges as string) as Record<string, number[]>).map(gaugeOf),
      })),

    /** Removes what begins before. */
    removeBefore(before: EpochMs): void {
      removals[0]?.run(Math.floor(before / DAY_MS));
      removals[1]?.run(before);
    },
  };
}

const dayOf = (instant: EpochMs): number => Math.floor(instant / DAY_MS);

/** Hours that are known, of which those give way that overlap the fresh ones; both ascending. */
function merged(known: readonly HourNumbers[], fresh: readonly HourNumbers[]): readonly HourNumbers[] {
  const stay: HourNumbers[] = [];
  let place = 0;
  for (const hour of known) {
    while (place < fresh.length && (fresh[place] as HourNumbers).to <= hour.from) place++;
    const next = fresh[place];
    if (!next || next.from >= hour.to) stay.push(hour);
  }
  return [...stay, ...fresh].sort((a, b) => a.from - b.from);
}

const numbersOf = ({ signal, livelyHours, flat }: GaugeDayRow['gauges'][number]) =>
  [signal, [livelyHours, ...flat.flatMap(({ from, to, value }) => [from, to, value])]] as const;

function gaugeOf([signal, [livelyHours = 0, ...rest]]: [string, number[]]): GaugeDayRow['gauges'][number] {
  const flat = Array.from({ length: rest.length / 3 }, (_, place) => {
    const [from, to, value] = rest.slice(3 * place, 3 * place + 3) as [EpochMs, EpochMs, number];
    return { from, to, value };
  });
  return { signal, livelyHours, flat };
}
