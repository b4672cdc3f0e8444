import { typeOf } from '../domain/observation.ts';
import type { DecodedReading } from './decode/decoder.ts';
import type { DedupMemory } from './dedup/memory.ts';
import { addMachine, addSignal, type Machines } from './guard/machines.ts';
import { timeFault } from './guard/time-range.ts';
import { fits, type NameCaps } from './guard/type-guard.ts';
import type { AgreedSignal, SharedWork, SignalCatalogue } from './ports.ts';
import { type DecodedArrival, isOfNoTime } from './prepare.ts';
import type { Retry } from './retry.ts';

export interface AgreementOptions {
  readonly shared: SharedWork;
  readonly catalogue: Pick<SignalCatalogue, 'load'>;
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly caps: NameCaps;
  readonly tsAheadMs: number;
  readonly retry: Retry;
}

/**
 * What a worker settles with the others, once for a group of messages and only where there is something to settle: the types
 * of series that it meets for the first time, and the instants of readings without a source time.
 */
export function createAgreement(options: AgreementOptions) {
  const { shared, catalogue, machines, dedup, caps, tsAheadMs, retry } = options;

  function learn(pinned: Iterable<AgreedSignal>): void {
    for (const { machine, signal, type } of pinned) {
      addSignal(machines.get(machine) ?? addMachine(machines, machine), signal, type);
    }
  }

  /** What of a message isn't pinned here and may be stored. */
  function* newSeries({ arrival, decoded }: DecodedArrival): Iterable<AgreedSignal> {
    const { route, message } = arrival;
    for (const reading of decoded.readings) {
      if (route.shape && fits(route.shape, reading)) continue;
      if (isOfNoTime(reading, arrival)) continue;
      if (reading.ts !== null && !reading.isOurTime && timeFault(reading.ts, message.receivedAt, tsAheadMs))
        continue;
      const { machine, signals, values } = reading;
      const entry = machines.get(machine);
      if (entry ? entry.signals.size >= caps.maxSignalsPerMachine : machines.size >= caps.maxMachines)
        continue;
      for (const [index, signal] of signals.entries()) {
        const value = values[index];
        if (value !== undefined && !entry?.signals.has(signal))
          yield { machine, signal, type: typeOf(value) };
      }
    }
  }

  return {
    /** Pins what the group brings for the first time, and takes up what others pinned. */
    async names(group: readonly DecodedArrival[]): Promise<void> {
      const wanted = new Map<string, AgreedSignal>();
      for (const message of group) {
        for (const one of newSeries(message)) {
          const key = `${one.machine}\n${one.signal}`;
          if (!wanted.has(key)) wanted.set(key, one);
        }
      }
      if (wanted.size === 0) return;
      const { pinned, full } = await retry('names-agree', () => shared.agree([...wanted.values()], caps));
      learn(pinned);
      // All machines that there may be are known from now on, so the guard can refuse the others.
      if (full) learn(catalogue.load());
    },

    /** Takes up what others pinned of these machines, for a question that changes nothing. */
    learnOf(readings: readonly DecodedReading[]): void {
      learn(shared.of([...new Set(readings.map(({ machine }) => machine))]));
    },

    /** Gives what came without a time the first instant that nobody's has. The machines must have been met. */
    async instants(group: readonly DecodedArrival[]): Promise<readonly DecodedArrival[]> {
      const readings = group.flatMap(({ arrival, decoded }) =>
        decoded.readings.flatMap((reading) => {
          const entry = machines.get(reading.machine);
          if (reading.ts !== null || isOfNoTime(reading, arrival) || !entry) return [];
          const columns = reading.signals.flatMap((signal) => entry.signals.get(signal)?.column ?? []);
          const earliest = dedup.nextInstant(entry, columns, arrival.message.receivedAt);
          return [{ reading, earliest }];
        }),
      );
      if (readings.length === 0) return group;
      const wishes = readings.map(({ reading: { machine, signals }, earliest }) => ({
        machine,
        signals,
        earliest,
      }));
      const instants = await retry('instants-claim', () => shared.claim(wishes));
      const placed = new Map(readings.map(({ reading }, index) => [reading, instants[index] ?? null]));
      return group.map((message) =>
        message.decoded.readings.some((reading) => placed.has(reading)) ? timed(message, placed) : message,
      );
    },
  };
}

export type Agreement = ReturnType<typeof createAgreement>;

const timed = (
  { arrival, decoded }: DecodedArrival,
  placed: ReadonlyMap<DecodedReading, number | null>,
): DecodedArrival => ({
  arrival,
  decoded: {
    ...decoded,
    readings: decoded.readings.map((reading) =>
      placed.has(reading) ? { ...reading, ts: placed.get(reading) ?? null, isOurTime: true } : reading,
    ),
  },
});
