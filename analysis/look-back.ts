import { readingsOf } from '../domain/energy.ts';
import type { MachineFacts, SeriesFacts } from '../domain/facts.ts';
import { countedSignalsOf, DEATH_SIGNAL, seriesOf, signalsOf } from '../domain/signals.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { FactsQuery, Store } from '../store/port.ts';
import { type KeptFacts, keptFacts } from './kept-facts.ts';
import type { Member } from './members.ts';
import type { RawHorizon } from './raw-horizon.ts';

const DAY_MS: DurationMs = 86_400_000;
/** The longest stretch of one machine's facts that is read at once. */
const LONGEST_RUN_MS: DurationMs = 31 * DAY_MS;
/** Nothing older is ever stored. */
const EARLIEST: EpochMs = Date.UTC(2000);

/**
 * What is kept of machines' facts before an instant, machine by machine: most are told by their last day, the others are
 * read from further and further back. Machines that were never heard before it are left out.
 */
export async function* lookBack({
  store,
  members,
  horizons,
  before,
}: {
  /** Its facts begin at the horizons. */
  readonly store: Pick<Store, 'facts'>;
  readonly members: ReadonlyMap<string, Member>;
  readonly horizons: ReadonlyMap<string, RawHorizon>;
  readonly before: EpochMs;
}): AsyncIterable<RawHorizon> {
  const lastHeard = new Map<string, EpochMs>();
  const ended = [...members.keys()].map((path) => ({ path, signals: [], silenceMs: 0 }));
  const end = { from: before - 1, to: before };
  for await (const { machine, silences } of store.facts({ ...end, machines: ended, inAnyOrder: true })) {
    const heard = silences.find(({ nextHeard }) => nextHeard === null)?.lastHeard;
    if (typeof heard === 'number') lastHeard.set(machine, heard);
  }
  const heard = [...lastHeard.keys()].map((path) => wantedOf(members.get(path) as Member));
  const from = before - DAY_MS;
  for await (const facts of store.facts({ from, to: before, machines: heard, inAnyOrder: true })) {
    const { machine } = facts;
    const member = members.get(machine) as Member;
    const told = await furtherBack({ store, member, facts, from, before, horizon: horizons.get(machine) });
    const { workedUntil = null, trackedUntil = null, firstHeard = null } = horizons.get(machine) ?? {};
    const kept = { workedUntil, trackedUntil, firstHeard };
    yield { machine, before, lastHeard: lastHeard.get(machine) as EpochMs, ...kept, ...told };
  }
}

const wantedOf = ({ machine }: Member): FactsQuery['machines'][number] => ({
  path: machine.path,
  signals: signalsOf(machine),
  // Where silence never becomes unknown, it only tells that nothing goes before.
  silenceMs: machine.maxSilenceMs ?? Number.MAX_SAFE_INTEGER,
});

async function furtherBack({
  store,
  member,
  horizon,
  before,
  ...read
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly member: Member;
  readonly horizon: RawHorizon | undefined;
  readonly facts: MachineFacts;
  readonly from: EpochMs;
  readonly before: EpochMs;
}): Promise<KeptFacts> {
  let { facts, from } = read;
  for (let length = DAY_MS; ; length = Math.min(2 * length, LONGEST_RUN_MS)) {
    const whole = from <= EARLIEST || facts.silences.some(({ lastHeard }) => lastHeard === null);
    const kept = keptFacts({ ...member, facts, from, whole, before });
    if (kept) return kept;
    if (whole) throw new Error(`what is kept of ${facts.machine} isn't told by all that is stored of it`);
    const next = from - length;
    // Behind a horizon little is left, and all of it is needed.
    const earlier = {
      from: horizon && next < horizon.before ? EARLIEST : Math.max(EARLIEST, next),
      to: from,
    };
    for await (const older of store.facts({ ...earlier, machines: [wantedOf(member)] }))
      facts = joined(member, older, facts, earlier);
    from = earlier.from;
  }
}

/** The facts of two neighbouring spans as one, without what only says again what was said. */
function joined(member: Member, older: MachineFacts, newer: MachineFacts, { to }: Span): MachineFacts {
  const series = signalsOf(member.machine).flatMap((signal): SeriesFacts[] => {
    const [one, two] = [thinned(member, older, signal), seriesOf(newer, signal)];
    const since = two?.ts.findIndex((ts) => ts >= to) ?? -1;
    const [ts, values] = since < 0 ? [[], []] : [two?.ts.slice(since) ?? [], two?.values.slice(since) ?? []];
    const all = { signal, ts: [...(one?.ts ?? []), ...ts], values: [...(one?.values ?? []), ...values] };
    return all.ts.length === 0 ? [] : [all];
  });
  // The newer ones tell of one that reaches into them.
  const ended = older.silences.filter(({ nextHeard }) => nextHeard !== null);
  return { ...newer, series, silences: [...ended, ...newer.silences] };
}

/** Of a counter the first and the last value, and the last count with what follows it; of words what changed. */
function thinned({ machine }: Member, facts: MachineFacts, signal: string): SeriesFacts | undefined {
  const series = seriesOf(facts, signal);
  if (!series || (machine.derive && signal === machine.stateSignal)) return series;
  const { ts, values } = series;
  const isCounted = countedSignalsOf(machine).includes(signal);
  // After a death a word that is said again tells something.
  const mayTell = !isCounted && (seriesOf(facts, DEATH_SIGNAL)?.values.includes('unknown') ?? false);
  const count = values.findLastIndex(readingsOf(machine, signal));
  const places = [...ts.keys()].filter((place) => {
    if (mayTell || place === 0 || place === ts.length - 1) return true;
    return isCounted ? place === count || place === count + 1 : values[place] !== values[place - 1];
  });
  return {
    signal,
    ts: places.map((place) => ts[place] as EpochMs),
    values: places.map((place) => values[place] as SeriesFacts['values'][number]),
  };
}
