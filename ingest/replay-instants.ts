import type { Reading, SignalValue } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { DecodedReading } from './decode/decoder.ts';
import type { DedupMemory } from './dedup/memory.ts';
import { type Machines, shapeOf } from './guard/machines.ts';
import { guardReading, type NameCaps } from './guard/type-guard.ts';
import type { SharedWork } from './ports.ts';

/** Instants that the store is asked about at once. */
const STEP_MS = 32;
/** A burst that had run ahead of its receive times is followed so far. */
const FARTHEST_MS = 60_000;

export interface ReplayInstantsOptions {
  readonly store: Pick<Store, 'recall'>;
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly caps: NameCaps;
  /** `null`: no other ingest gives instants to the same series. */
  readonly claimAt: SharedWork['claimAt'] | null;
}

/** Places one message's readings; those of one replay follow one another. */
export type PlaceReplayed = (
  readings: readonly DecodedReading[],
  placing: {
    readonly receivedAt: EpochMs;
    /** Nothing of the message was stored before: what already is at an instant is another message's. */
    readonly wholeMessage: boolean;
  },
) => Promise<readonly EpochMs[]>;

/**
 * Gives replayed readings without a source time the receive time that they had (semantics, "Observations"), or the next
 * instant at which their series hold nothing else. The store is asked, as memory reaches back only ten minutes; one that is
 * away is taken to hold nothing. Where others give instants too, memory doesn't tell what the store would: then placing
 * throws, and an instant must be claimed.
 */
export function createReplayInstants({ store, machines, dedup, caps, claimAt }: ReplayInstantsOptions) {
  async function recalled(machine: string, from: EpochMs): Promise<readonly (Reading | undefined)[]> {
    try {
      return await store.recall(Array.from({ length: STEP_MS }, (_, ms) => ({ machine, ts: from + ms })));
    } catch (error) {
      if (claimAt) throw error;
      // The drain meets the same store, and reports what is wrong with it.
      return [];
    }
  }

  async function freeFrom(reading: DecodedReading, earliest: EpochMs, wholeMessage: boolean) {
    const entry = machines.get(reading.machine);
    if (!entry) return firstClaimed(reading, earliest);
    const { signals, values } = guardReading(machines, reading, caps);
    const known = signals.flatMap((signal, index) =>
      entry.signals.has(signal) ? [[signal, values[index] as SignalValue] as const] : [],
    );
    const shape = shapeOf(
      entry,
      known.map(([signal]) => signal),
    );
    const own = known.map(([, value]) => value);
    const standing = (ts: EpochMs, stored: Reading | undefined): 'taken' | 'its own' | 'free' => {
      const { kept, replaced } = dedup.judge(shape, ts, own, 'unknown');
      let held = own.length - kept.length;
      if (replaced.length > 0) return 'taken';
      for (const [signal, value] of known) {
        const at = stored?.signals.indexOf(signal) ?? -1;
        if (at === -1) continue;
        if (stored?.values[at] !== value) return 'taken';
        held++;
      }
      if (held === 0) return 'free';
      return wholeMessage ? 'taken' : 'its own';
    };
    for (let from = earliest; from < earliest + FARTHEST_MS; from += STEP_MS) {
      const stored = await recalled(reading.machine, from);
      for (let ms = 0; ms < STEP_MS; ms++) {
        const ts = from + ms;
        const what = standing(ts, stored[ms]);
        if (what === 'its own') return ts;
        if (what === 'free' && (!claimAt || claimAt(reading, ts))) return ts;
      }
    }
    return firstClaimed(reading, earliest + FARTHEST_MS);
  }

  /** Where nothing is stored. */
  function firstClaimed(reading: DecodedReading, earliest: EpochMs): EpochMs {
    let ts = earliest;
    if (claimAt) while (!claimAt(reading, ts)) ts++;
    return ts;
  }

  /** For the length of one replay, whose messages come in the order of their receiving. */
  return (): PlaceReplayed => {
    const newest = new Map<string, EpochMs>();
    return async (readings, { receivedAt, wholeMessage }) => {
      const instants: EpochMs[] = [];
      for (const reading of readings) {
        const series = reading.signals.map((signal) => `${reading.machine}\n${signal}`);
        const earliest = series.reduce((ts, one) => Math.max(ts, (newest.get(one) ?? 0) + 1), receivedAt);
        const ts = reading.ts ?? (await freeFrom(reading, earliest, wholeMessage));
        instants.push(ts);
        if (reading.ts === null) for (const one of series) newest.set(one, ts);
      }
      return instants;
    };
  };
}
