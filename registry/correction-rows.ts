import type { SignalValue } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Correction, CorrectionAction, CorrectionKind } from '../domain/values/correction.ts';

/** A value as JSON, 64-bit integers as `{"int64": "…"}`. */
export const jsonOf = (value: SignalValue | null): string =>
  typeof value === 'bigint' ? JSON.stringify({ int64: String(value) }) : JSON.stringify(value);

function valueIn(json: unknown): SignalValue | null {
  const value = JSON.parse(json as string) as SignalValue | null | { readonly int64: string };
  return typeof value === 'object' && value !== null ? BigInt(value.int64) : value;
}

/** A row of the table `correction`. What was listed before there were words in Chinese has the English ones for both. */
export const correctionOf = (row: Record<string, unknown>): Correction => ({
  id: row.id as number,
  machine: row.machine as string,
  signal: row.signal as string,
  kind: row.kind as CorrectionKind,
  action: row.action as CorrectionAction,
  words: { zh: (row.rule_zh as string) || (row.rule as string), en: row.rule as string },
  from: row.first_ts as EpochMs,
  to: row.last_ts as EpochMs,
  receivedAt: row.received_at as EpochMs,
  count: row.count as number,
  before: valueIn(row.previous),
  raw: valueIn(row.raw) as SignalValue,
  result: valueIn(row.result),
  lastRaw: valueIn(row.last_raw) as SignalValue,
});
