import { z } from 'zod';
import type { SignalValue } from '../../domain/observation.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { type ExactInteger, exactInteger } from './exact-json.ts';

/** A time in an answer: ISO 8601, UTC, three decimals. */
export const time = z.iso.datetime({ precision: 3 }).meta({
  id: 'Time',
  description: 'ISO 8601, UTC, with milliseconds',
  examples: ['2026-03-02T00:00:00.000Z'],
});
export const iso = (ms: EpochMs): string => new Date(ms).toISOString();
export const isoOrNull = (ms: EpochMs | null): string | null => (ms === null ? null : iso(ms));

/** The two ends of a half-open span, as fields of an answer. */
export const spanFields = { from: time, to: time };
export const spanOf = ({ from, to }: Span) => ({ from: iso(from), to: iso(to) });

/** From when on raw data is sure to be there, as a field of an answer. */
export const keptSinceField = time
  .nullable()
  .describe(
    'observations before it are past their retention, and removed by whole days: then what follows from them stands as it was recorded, and can no longer be verified; null: all are kept',
  );

export const count = z.int().nonnegative();

/** An integer of any size, written as a plain JSON number. */
export const integer = z.custom<ExactInteger>().meta({
  id: 'Integer',
  type: 'integer',
  description: 'An exact integer; may lie beyond 2^53, where a reader needs a big-number JSON parser',
});

/** What a signal carried. */
export const signalValue = z.union([z.number(), integer, z.boolean(), z.string()]).meta({
  id: 'SignalValue',
  description: 'A number (64-bit integers exact), a boolean or a text',
});
export type WireValue = z.output<typeof signalValue>;
export const wireValue = (value: SignalValue): WireValue =>
  typeof value === 'bigint' ? exactInteger(value) : value;
