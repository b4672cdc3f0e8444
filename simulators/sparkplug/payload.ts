import type { EpochMs } from '../../domain/time.ts';
import { wireFields, wireWriter } from './wire.ts';

/** Sparkplug B 3.0, chapter 6: the datatypes that a simulated machine needs, by their codes. */
export const DATATYPE = { Int64: 4, Double: 10, Boolean: 11, String: 12 } as const;
export type Datatype = keyof typeof DATATYPE;

/** Names of what a metric holds; a text where a number was promised is a fault that is asked for. */
export type MetricValue = number | bigint | boolean | string | null;

export interface Metric {
  /** Of a birth, and where there is no alias. */
  readonly name?: string;
  readonly alias?: number;
  readonly ts: EpochMs;
  /** Of a birth. */
  readonly datatype?: Datatype;
  readonly isHistorical?: boolean;
  readonly value: MetricValue;
}

export interface SparkplugPayload {
  /** `null` where a death has none. */
  readonly ts: EpochMs | null;
  readonly metrics: readonly Metric[];
  /** [tck-id-payloads-ndeath-seq] A node's death has none. */
  readonly seq: number | null;
}

/** The fields' numbers are those of sparkplug_b.proto. */
export function encodePayload({ ts, metrics, seq }: SparkplugPayload): Buffer {
  const writer = wireWriter();
  if (ts !== null) writer.varint(1, ts);
  for (const metric of metrics) writer.bytes(2, encodeMetric(metric));
  if (seq !== null) writer.varint(3, seq);
  return writer.done();
}

function encodeMetric({ name, alias, ts, datatype, isHistorical, value }: Metric): Buffer {
  const writer = wireWriter();
  if (name !== undefined) writer.bytes(1, name);
  if (alias !== undefined) writer.varint(2, alias);
  writer.varint(3, ts);
  if (datatype !== undefined) writer.varint(4, DATATYPE[datatype]);
  if (isHistorical) writer.varint(5, 1);
  if (value === null) writer.varint(7, 1);
  else if (typeof value === 'bigint') writer.varint(11, value);
  else if (typeof value === 'number') writer.double(13, value);
  else if (typeof value === 'boolean') writer.varint(14, value ? 1 : 0);
  else writer.bytes(15, value);
  return writer.done();
}

/** [tck-id-operational-behavior-data-commands-ncmd-rebirth-name] A host asks by this name, never by an alias. */
export const REBIRTH = 'Node Control/Rebirth';

/** Whether a command asks for the node's births. */
export function asksForRebirth(payload: Buffer): boolean {
  for (const [field, metric] of wireFields(payload)) {
    if (field !== 2 || typeof metric === 'bigint') continue;
    const fields = new Map(wireFields(metric));
    if (String(fields.get(1)) === REBIRTH && fields.get(14) === 1n) return true;
  }
  return false;
}
