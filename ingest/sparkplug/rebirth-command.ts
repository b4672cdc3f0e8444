import { NAMESPACE } from './topic.ts';

/**
 * [tck-id-topics-ncmd-topic] [tck-id-operational-behavior-data-commands-ncmd-rebirth-verb]
 * [tck-id-operational-behavior-data-commands-ncmd-verb]
 */
export const rebirthTopic = (group: string, node: string): string => `${NAMESPACE}/${group}/NCMD/${node}`;

/**
 * [tck-id-operational-behavior-data-commands-ncmd-rebirth-name] By name, which every birth has to tell, never by alias: an
 * alias is just what may be lost. [tck-id-operational-behavior-data-commands-ncmd-metric-name]
 */
const NAME = Buffer.from('Node Control/Rebirth');
const BOOLEAN = 11;

/** Field number × 8 + wire type, of `Payload` and `Metric` in sparkplug_b.proto. */
const TIMESTAMP = 0x08;
const METRIC = 0x12;
const METRIC_NAME = 0x0a;
const METRIC_TIMESTAMP = 0x18;
const METRIC_DATATYPE = 0x20;
const METRIC_BOOLEAN = 0x70;

/** A varint of a number up to 2^53. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

/**
 * The payload that asks an edge node for its births. [tck-id-topics-ncmd-timestamp] [tck-id-payloads-ncmd-timestamp]
 * [tck-id-payloads-timestamp-in-UTC] [tck-id-payloads-metric-timestamp-in-UTC] UTC milliseconds; [tck-id-payloads-ncmd-seq] no
 * sequence number; [tck-id-payloads-name-cmd-requirement] the metric may have a time, too; [tck-id-topics-ncmd-payload] the one metric, [tck-id-operational-behavior-data-commands-ncmd-rebirth-value]
 * true [tck-id-operational-behavior-data-commands-ncmd-metric-value].
 */
export function rebirthPayload(now: number): Buffer {
  const time = varint(now);
  const metric = [
    ...[METRIC_NAME, NAME.length, ...NAME],
    ...[METRIC_TIMESTAMP, ...time],
    ...[METRIC_DATATYPE, BOOLEAN],
    ...[METRIC_BOOLEAN, 1],
  ];
  return Buffer.from([TIMESTAMP, ...time, METRIC, ...varint(metric.length), ...metric]);
}
