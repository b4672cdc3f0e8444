import type { MachinePath } from '../domain/path.ts';
import type { Site } from '../domain/plant.ts';
import { type CheckedGauge, joinedGauges } from '../domain/plausibility/gauges.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { daysWithHours, gaugeNames, gaugesOfFacts, type HoursOfDay } from './checked-gauges.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { RawHorizons } from './raw-horizon.ts';
import { trustNow } from './trust.ts';

export interface GaugeParts {
  readonly store: Pick<Store, 'ranges' | 'signalNames'>;
  readonly marks: LedgerMarks;
  readonly kept: KeptChecks;
  readonly horizons: Pick<RawHorizons, 'all'>;
}

/** What is known of a machine's gauges in a span. */
export interface KnownGauges {
  readonly gauges: readonly CheckedGauge[];
  /** Days of which nothing was kept before their raw data was removed, ascending. */
  readonly lost: readonly Span[];
}

/** The gauges of machines: what was kept of their days where that is what the facts give, the others from observations. */
export async function lookedGauges(
  { store, marks, kept, horizons }: GaugeParts,
  {
    members,
    span,
    asOf,
    most,
    signal,
  }: {
    readonly members: readonly Member[];
    readonly span: Span;
    readonly asOf: EpochMs;
    /** Of a machine, in name order. */
    readonly most: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<(machine: MachinePath) => KnownGauges> {
  const trust = trustNow(marks, asOf);
  const removed = horizons.all();
  const sites = new Map<Site, readonly HoursOfDay[]>();
  const known = members.map((member) => {
    const { path } = member.machine;
    const days = sites.getOrInsertComputed(member.site, () => daysWithHours(member.site, span));
    const { trustedUntil } = trust(member);
    const keptDays = new Map(
      trustedUntil > span.from ? kept.gaugesOf(path, span).map((day) => [day.from, day]) : [],
    );
    const before = removed.get(path)?.before ?? Number.NEGATIVE_INFINITY;
    const own = days.map((day) => {
      const found = day.whole && day.to <= trustedUntil ? keptDays.get(day.from) : undefined;
      return found?.to === day.to ? found.gauges : undefined;
    });
    const missing = days.flatMap((day, place) => (own[place] ? [] : [{ ...day, place }]));
    return {
      ...{ member, days, own },
      asked: missing.filter(({ from }) => from >= before),
      lost: missing.filter(({ from }) => from < before).map(({ from, to }) => ({ from, to })),
    };
  });
  const names = await store.signalNames(members.map(({ machine }) => machine.path));
  const namesBy = new Map(
    members.map((member, place) => [
      member.machine.path,
      gaugeNames(member, names[place] ?? []).slice(0, most),
    ]),
  );
  const nameOf = ({ asked }: (typeof known)[number]) => asked.map(({ from, to }) => `${from}/${to}`).join();
  for (const alike of Map.groupBy(known, nameOf).values()) {
    const days = alike[0]?.asked ?? [];
    if (days.length === 0) continue;
    const some = alike.map(({ member }) => member);
    const namesOf = (path: MachinePath) => namesBy.get(path) ?? [];
    const made = await gaugesOfFacts({ store, members: some, days, namesOf, signal });
    for (const { member, own } of alike) {
      for (const [index, { place }] of days.entries()) own[place] = made.get(member.machine.path)?.[index];
    }
  }
  const found = new Map(
    known.map(({ member, own, lost }) => [
      member.machine.path,
      { gauges: joinedGauges(own.map((gauges) => gauges ?? [])), lost },
    ]),
  );
  return (machine) => found.get(machine) ?? { gauges: [], lost: [] };
}
