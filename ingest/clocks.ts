import {
  type ClockCorrection,
  correctedTime,
  meansSource,
  sourceTimeOf,
} from '../domain/clock-correction.ts';
import type { EpochMs } from '../domain/time.ts';
import type { DecodedReading, Decoder } from './decode/decoder.ts';

const MOST_KNOWN = 50_000;
const NONE: readonly ClockCorrection[] = [];

/** Which corrections of clocks hold for which source. */
export function createClocks(first: readonly ClockCorrection[]) {
  let corrections = first;
  const bySource = new Map<string, readonly ClockCorrection[]>();

  function of(source: string): readonly ClockCorrection[] {
    if (corrections.length === 0) return NONE;
    const known = bySource.get(source);
    if (known) return known;
    if (bySource.size >= MOST_KNOWN) bySource.clear();
    const own = corrections.filter((correction) => meansSource(correction.source, source));
    bySource.set(source, own);
    return own;
  }

  /** A decoder whose times are put right. Without corrections it is the decoder itself, and costs nothing. */
  function corrected(decoder: Decoder): Decoder {
    if (corrections.length === 0) return decoder;
    return {
      ...decoder,
      decode(binding, payload, occasion) {
        const decoded = decoder.decode(binding, payload, occasion);
        const own = of(binding.source);
        if (own.length === 0) return decoded;
        return { ...decoded, readings: decoded.readings.map((reading) => onTime(reading, own)) };
      },
    };
  }

  return {
    of,
    corrected,
    /** From now on others hold; decoders are to be corrected anew. */
    replace(next: readonly ClockCorrection[]): void {
      corrections = next;
      bySource.clear();
    },
    /** The time by a source's clock that stands for a corrected one: what is published again with it ends up the same. */
    sourceTime: (source: string, ts: EpochMs): EpochMs => sourceTimeOf(of(source), ts),
  };
}

export type Clocks = ReturnType<typeof createClocks>;

function onTime(reading: DecodedReading, own: readonly ClockCorrection[]): DecodedReading {
  if (reading.ts === null || reading.isOurTime) return reading;
  const ts = correctedTime(own, reading.ts);
  return ts === reading.ts ? reading : { ...reading, ts, sourceTs: reading.ts };
}
