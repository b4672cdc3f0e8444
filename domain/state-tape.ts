import { derivedSeries } from './derived/states.ts';
import type { MachineFacts, SeriesFacts, Silence } from './facts.ts';
import { DEATH, derivedMeaning, type Meaning, meaningOf, NEVER, SILENCE, withReason } from './meaning.ts';
import type { Machine } from './plant.ts';
import { DEATH_SIGNAL, seriesOf } from './signals.ts';
import type { State } from './state.ts';
import type { EpochMs } from './time.ts';
import { wordsOf } from './vocabulary/index.ts';

/** A machine's states one after another: `meanings[i]` holds from `at[i]` to `at[i + 1]`. Begins at minus infinity. */
export interface StateTape {
  readonly at: readonly EpochMs[];
  readonly meanings: readonly Meaning[];
}

/** Writes a tape; what changes nothing leaves no trace, and of two entries for one instant the later one stays. */
function tapeWriter() {
  const at: EpochMs[] = [Number.NEGATIVE_INFINITY];
  const meanings: Meaning[] = [NEVER];
  let lastAt = Number.NEGATIVE_INFINITY;
  let last = NEVER;
  const push = (instant: EpochMs, meaning: Meaning): void => {
    if (instant === lastAt) {
      at.pop();
      meanings.pop();
      lastAt = at[at.length - 1] as EpochMs;
      last = meanings[meanings.length - 1] as Meaning;
    }
    if (last === meaning) return;
    at.push(instant);
    meanings.push(meaning);
    lastAt = instant;
    last = meaning;
  };
  return { at, meanings, push };
}

/** The stretches without a state for want of data: from last heard + `maxSilenceMs` until next heard. */
export function silentSpans(
  machine: Machine,
  silences: readonly Silence[],
): { from: EpochMs; to: EpochMs }[] {
  const { maxSilenceMs } = machine;
  if (maxSilenceMs === null) return [];
  return silences
    .flatMap(({ lastHeard, nextHeard }) =>
      lastHeard === null
        ? [] // never heard before: no state yet either
        : [{ from: lastHeard + maxSilenceMs, to: nextHeard ?? Number.POSITIVE_INFINITY }],
    )
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
}

/** Reads several series side by side: `instant` is that of the next observations, `take` gives that of one track. */
function sideBySide(tracks: readonly (SeriesFacts | undefined)[], until: EpochMs) {
  const places = tracks.map(() => 0);
  const heads = tracks.map((series) => series?.ts[0] ?? Number.POSITIVE_INFINITY);
  const instant = (): EpochMs => {
    let first = Number.POSITIVE_INFINITY;
    for (let track = 0; track < heads.length; track++) {
      const head = heads[track] as EpochMs;
      if (head < first) first = head;
    }
    return first < until ? first : Number.POSITIVE_INFINITY;
  };
  const take = (ts: EpochMs, track: number): string | undefined => {
    if (heads[track] !== ts) return undefined;
    const series = tracks[track] as SeriesFacts;
    const place = places[track] as number;
    const next = place + 1;
    places[track] = next;
    heads[track] = series.ts[next] ?? Number.POSITIVE_INFINITY;
    return String(series.values[place]);
  };
  return { instant, take };
}

/**
 * The states that a machine's facts tell, from observations before `until`. A reason belongs to the state of its
 * instant or, later, to the rest of the state that holds; it ends with the state's word. Silences overlay the states,
 * and the state holds again when the machine is heard again.
 */
export function stateTape({
  machine,
  facts,
  until,
  reasons,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly until: EpochMs;
  /** Whether reasons matter; a ledger doesn't read them. */
  readonly reasons: boolean;
}): StateTape {
  const vocabulary = wordsOf(machine);
  const others: (string | undefined)[] = vocabulary.signals.map(() => undefined);
  const silent = silentSpans(machine, facts.silences);
  const own = machine.derive ? derivedSeries(machine, facts, until) : seriesOf(facts, machine.stateSignal);
  const deaths = machine.stateSignal === DEATH_SIGNAL ? undefined : seriesOf(facts, DEATH_SIGNAL);
  const reasonSeries = reasons ? seriesOf(facts, 'reason') : undefined;
  const tracks = [own, deaths, reasonSeries, ...vocabulary.signals.map((signal) => seriesOf(facts, signal))];
  const { instant, take } = sideBySide(tracks, until);
  const { at, meanings, push: write } = tapeWriter();
  // What is left from before tells only parts of the states that were then.
  const tellsFrom = facts.removed?.statesFrom ?? Number.NEGATIVE_INFINITY;
  const push = (instant: EpochMs, meaning: Meaning): void => write(Math.max(instant, tellsFrom), meaning);
  const known = new Map<string, Meaning>();
  let word: string | undefined;
  let dead = false;
  let reason: string | null = null;
  let base: Meaning = NEVER;
  let holds: Meaning = NEVER;
  let nextSilent = 0;
  let silentUntil = Number.NEGATIVE_INFINITY;

  const overlaySilence = (before: EpochMs): void => {
    for (let span = silent[nextSilent]; span && span.from < before; span = silent[++nextSilent]) {
      silentUntil = span.to;
      if (holds === NEVER) continue;
      push(span.from, SILENCE);
      if (span.to < until) push(span.to, holds);
    }
  };
  const lookUp = (): Meaning => {
    if (dead) return DEATH;
    if (word === undefined) return NEVER;
    const key = others.length === 0 ? word : `${word}\n${others.join('\n')}`;
    const found =
      known.get(key) ??
      (machine.derive ? derivedMeaning(word as State) : meaningOf(vocabulary, word, others));
    known.set(key, found);
    return found;
  };

  for (let ts = instant(); ts !== Number.POSITIVE_INFINITY; ts = instant()) {
    overlaySilence(ts);
    const said = take(ts, 0);
    let heard = said !== undefined;
    for (let index = 0; index < others.length; index++) {
      const other = take(ts, 3 + index);
      if (other === undefined) continue;
      others[index] = other;
      heard = true;
    }
    const death = deaths ? take(ts, 1) : undefined;
    const wasDead: boolean = dead;
    if (heard) dead = false;
    if (death !== undefined) dead = death === 'unknown';
    if ((said !== undefined && said !== word) || dead !== wasDead) reason = null;
    if (said !== undefined) word = said;
    const given = reasonSeries ? take(ts, 2) : undefined;
    if (given !== undefined) reason = given === '' ? null : given;
    const plain = lookUp();
    const reasoned = withReason(plain, reason);
    if (plain !== base || holds.reason !== reasoned.reason) {
      base = plain;
      holds = reasoned;
    }
    // A state that pieces tell begins before they are told; where nothing was heard then, it begins with them.
    push(Math.max(ts, silentUntil), holds);
  }
  overlaySilence(until);
  return { at, meanings };
}
