import type { Reading } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { Arrival } from './arrival.ts';
import type { DecodedReading } from './decode/decoder.ts';
import { DEDUP_WINDOW_MS, type DedupMemory, type Recalled } from './dedup/memory.ts';
import type { MachineEntry, Machines } from './guard/machines.ts';
import type { DecodedArrival } from './prepare.ts';

/** Longest wait for the store's word: an acknowledgement must not hang on a store that hangs. */
const PATIENCE_MS = 1000;
/** After the store gave no answer, it isn't asked for so long. */
const PAUSE_MS = 1000;

export interface LookupOptions {
  readonly store: Store;
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly now: () => EpochMs;
  readonly storeOk: () => boolean;
  /** The number of the last group that the store has. */
  readonly appliedGroup: () => number;
}

/** What the store says about a group's readings. */
export interface KnownOfStore {
  /** Of machines not met before. */
  readonly heard: ReadonlyMap<string, EpochMs | null>;
  recalled(machine: string, ts: EpochMs): Recalled;
}

export const NOTHING_ASKED: KnownOfStore = { heard: new Map(), recalled: () => 'unknown' };

/**
 * Asks the store what memory can't tell: how far machines seen for the first time are, and what is stored at instants
 * that memory let go. A store that is away counts as knowing nothing: storing twice changes nothing, but is booked as stored.
 */
export function createLookups({ store, machines, dedup, now, storeOk, appliedGroup }: LookupOptions) {
  let pausedUntil = Number.NEGATIVE_INFINITY;

  async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (!storeOk() || now() < pausedUntil) return undefined;
    const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(resolve, PATIENCE_MS, undefined);
    try {
      const answer = await Promise.race([question(), timeout]);
      if (answer === undefined) pausedUntil = now() + PAUSE_MS;
      return answer;
    } catch {
      // The drain meets the same store, and reports what is wrong with it.
      pausedUntil = now() + PAUSE_MS;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  function entryOf({ route }: Arrival, machine: MachinePath): MachineEntry | undefined {
    const usual = route.shape?.machine;
    return usual?.path === machine ? usual : machines.get(machine);
  }

  const isMet = (entry: MachineEntry | undefined): entry is MachineEntry =>
    entry !== undefined && entry.window.storedUntil !== undefined;

  /** Whether there is nothing to ask about: the way of nearly every message, which costs one look. */
  function isNews(decoded: readonly DecodedArrival[]): boolean {
    for (const { arrival, decoded: found } of decoded) {
      for (const { machine, ts } of found.readings) {
        const entry = entryOf(arrival, machine);
        if (!isMet(entry) || (ts !== null && !dedup.isNews(entry, ts))) return false;
      }
    }
    return true;
  }

  async function askAbout(decoded: readonly DecodedArrival[]): Promise<KnownOfStore> {
    const unmet = new Set<string>();
    /** Those that may exist already. */
    const doubtful: DecodedReading[] = [];
    for (const { arrival, decoded: found } of decoded) {
      for (const reading of found.readings) {
        const { machine, ts } = reading;
        const entry = entryOf(arrival, machine);
        const wasMet = isMet(entry);
        if (!wasMet) unmet.add(machine);
        if (ts !== null && !(wasMet && dedup.isNews(entry, ts))) doubtful.push(reading);
      }
    }
    const heard = new Map<string, EpochMs | null>();
    if (unmet.size > 0) {
      const answers = await ask(() => store.lastHeard([...unmet]));
      for (const [index, machine] of [...unmet].entries())
        if (answers) heard.set(machine, answers[index] ?? null);
      for (const [machine, until] of heard) {
        const entry = machines.get(machine);
        if (entry) dedup.meet(entry, until);
      }
    }
    const keys = new Map<string, { readonly machine: string; readonly ts: EpochMs }>();
    for (const reading of doubtful as readonly Reading[]) {
      const { machine, ts } = reading;
      const entry = machines.get(machine);
      const until = heard.get(machine);
      const must = entry
        ? dedup.mustAskStore(entry, reading, appliedGroup())
        : until !== undefined && until !== null && ts <= until && ts > until - DEDUP_WINDOW_MS;
      if (must) keys.set(keyOf(machine, ts), { machine, ts });
    }
    if (keys.size === 0) return heard.size === 0 ? NOTHING_ASKED : { heard, recalled: () => 'unknown' };
    const asked = [...keys.values()];
    const answers = await ask(() => store.recall(asked));
    const found = new Map<string, Recalled>();
    for (const [index, { machine, ts }] of asked.entries()) {
      if (answers) found.set(keyOf(machine, ts), answers[index] ?? 'nothing');
    }
    return { heard, recalled: (machine, ts) => found.get(keyOf(machine, ts)) ?? 'unknown' };
  }

  return { isNews, ask: askAbout };
}

export type LookUp = ReturnType<typeof createLookups>;

const keyOf = (machine: string, ts: EpochMs): string => `${machine}\n${ts}`;
