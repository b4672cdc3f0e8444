import type { EpochMs } from '../../domain/time.ts';
import { type PlantEvent, workSignals } from '../event.ts';
import type { Datatype, Metric, MetricValue } from './payload.ts';

interface Known {
  readonly alias: number;
  readonly datatype: Datatype;
  /** What was said last, and when; `null`: nothing yet. */
  value: MetricValue;
  ts: EpochMs | null;
}

/** What an edge node knows of one of its devices. */
export interface Device {
  readonly name: string;
  /** Its birth is out, and no death after it. */
  born: boolean;
  /** The newest time that it has said. */
  newest: EpochMs;
  /** When it died last; `null`: it hasn't, or was born since. */
  diedAt: EpochMs | null;
  readonly metrics: Map<string, Known>;
}

export const newDevice = (name: string): Device => ({
  name,
  born: false,
  newest: Number.NEGATIVE_INFINITY,
  diedAt: null,
  metrics: new Map(),
});

/** What a report says, as metrics. */
function* saidBy(event: PlantEvent): Generator<readonly [name: string, Datatype, MetricValue], void> {
  yield ['state', 'String', event.state];
  yield ['reason', 'String', event.reason];
  for (const [signal, value] of workSignals(event)) {
    yield typeof value === 'number' ? [signal, 'Int64', BigInt(value)] : [signal, 'String', value];
  }
  for (const [name, value] of event.gauges ?? []) yield [name, 'Double', value];
}

/**
 * Takes in what a report says. Returns its metrics for DDATA, by alias, and whether one of them is new, so that only another
 * birth can tell what its alias means. `nextAlias` is unique over the node and all its devices.
 */
export function takeIn(
  device: Device,
  event: PlantEvent,
  options: { readonly drifted: string | undefined; nextAlias(): number },
): { readonly metrics: readonly Metric[]; readonly isNew: boolean } {
  const isLate = event.ts < device.newest;
  const metrics: Metric[] = [];
  let isNew = false;
  for (const [name, datatype, value] of saidBy(event)) {
    let known = device.metrics.get(name);
    if (!known) {
      known = { alias: options.nextAlias(), datatype, value: null, ts: null };
      device.metrics.set(name, known);
      isNew = true;
    }
    if (!isLate) Object.assign(known, { value, ts: event.ts });
    if (value === null) continue;
    const sent = name === options.drifted ? String(value) : value;
    // [tck-id-payloads-metric-datatype-not-req] Data has the alias alone.
    metrics.push({
      alias: known.alias,
      ts: event.ts,
      value: sent,
      ...(isLate ? { isHistorical: true } : {}),
    });
  }
  if (!isLate) device.newest = event.ts;
  return { metrics, isNew };
}

/** [tck-id-topics-dbirth-metrics] All metrics of the device, each with the time of its value; one without a value is null. */
export const birthMetrics = (device: Device, ts: EpochMs, isAlive: boolean): readonly Metric[] =>
  [...device.metrics].map(([name, { alias, datatype, value, ts: saidAt }]) => ({
    ...{ name, alias, datatype },
    ts: isAlive ? (saidAt ?? ts) : ts,
    value: isAlive ? value : null,
  }));
