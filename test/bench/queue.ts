import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Influxd, startInfluxd } from '../real/influxd.ts';
import { startMosquitto } from '../real/mosquitto.ts';
import { cpuSeconds, memoryMb, until } from './measure.ts';
import { publishLoad } from './publish.ts';

const PATIENCE_MS = 60_000;
/** Long enough for a probe to be stored and acknowledged before the next. */
const PROBE_EVERY_MS = 500;

export interface QueueSize {
  readonly messages: number;
  readonly machines: number;
  readonly connections: number;
  readonly window: number;
}

/** Starts what brings mosquitto's messages into InfluxDB, in a session that outlives it; `dir` is the same at each start. */
export type StartDrainer = (servers: {
  readonly mqttUrl: string;
  readonly influxUrl: string;
  readonly dir: string;
}) => Promise<Drainer & AsyncDisposable>;

interface Drainer {
  readonly pid: number;
  /** Further processes that do the same work. */
  readonly others?: readonly number[];
}

/** CPU-seconds and resident megabytes at the peak, of all its processes. */
function usedBy({ pid, others = [] }: Drainer): { cpu: number; rssPeakMb: number } {
  const pids = [pid, ...others];
  return {
    cpu: pids.reduce((sum, one) => sum + cpuSeconds(one), 0),
    rssPeakMb: pids.reduce((sum, one) => sum + memoryMb(one).peak, 0),
  };
}

export interface Drained {
  readonly perSecond: number;
  readonly perSecondOnceConnected: number;
  readonly cpuSecondsPerMillion: number;
  readonly rssPeakMb: number;
  readonly influxdCpuSecondsPerMillion: number;
  readonly lost: number;
}

/** A queue waits in a mosquitto of its own and drains into an InfluxDB of its own, from the start of the process on. */
export async function drainQueue(start: StartDrainer, size: QueueSize): Promise<Drained> {
  const { messages, machines, connections, window } = size;
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
  try {
    await using influxd = await startInfluxd();
    await using mosquitto = await startMosquitto({ maxQueuedMessages: 0, maxInflightMessages: 8192 });
    const servers = { mqttUrl: mosquitto.url, influxUrl: influxd.url, dir };
    const from = Date.now() - 3_600_000;
    const load = { host: '127.0.0.1', port: mosquitto.port, machines, connections, window };

    // The first start subscribes for the persistent session; a message that arrives proves that it has.
    {
      await using _ = await start(servers);
      const probeFrom = from - 60_000;
      let probes = 0;
      await until('the first message is stored', PATIENCE_MS, async () => {
        await publishLoad({ ...load, connections: 1, messages: 1, from: probeFrom + probes++ });
        await delay(PROBE_EVERY_MS);
        return (await storedSince(influxd, probeFrom)) > 0;
      });
    }
    await publishLoad({ ...load, messages, from });

    const writtenBefore = await pointsWritten(influxd);
    const influxdBefore = cpuSeconds(influxd.pid);
    const began = performance.now();
    await using drainer = await start(servers);
    let firstStored = Number.NaN;
    await until('the queue is stored', PATIENCE_MS, async () => {
      const written = (await pointsWritten(influxd)) - writtenBefore;
      if (written > 0 && Number.isNaN(firstStored)) firstStored = performance.now();
      return written >= messages;
    });
    const ended = performance.now();
    const { cpu, rssPeakMb } = usedBy(drainer);
    return {
      perSecond: Math.round(messages / ((ended - began) / 1000)),
      perSecondOnceConnected: Math.round(messages / ((ended - firstStored) / 1000)),
      cpuSecondsPerMillion: (cpu / messages) * 1e6,
      rssPeakMb: Math.round(rssPeakMb),
      influxdCpuSecondsPerMillion: ((cpuSeconds(influxd.pid) - influxdBefore) / messages) * 1e6,
      lost: messages - (await storedSince(influxd, from)),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Points of one signal; a query that costs the server as much as many writes, so not while the clock runs. */
async function storedSince(influxd: Influxd, from: number): Promise<number> {
  const { results } = (await influxd.query(
    `SELECT count(temperature) FROM signals WHERE time >= ${from}ms`,
    'kaidong',
  )) as unknown as { results: { series?: { values: [[number, number]] }[] }[] };
  return results[0]?.series?.[0]?.values[0][1] ?? 0;
}

/** What the server says that it wrote since its start; cheap to ask. */
async function pointsWritten(influxd: Influxd): Promise<number> {
  const vars = (await (await fetch(`${influxd.url}/debug/vars`)).json()) as {
    httpd?: { values?: { pointsWrittenOK?: number } };
  } & Record<string, { values?: { pointsWrittenOK?: number } }>;
  return Object.entries(vars)
    .filter(([name]) => name.startsWith('httpd'))
    .reduce((sum, [, { values }]) => sum + (values?.pointsWrittenOK ?? 0), 0);
}
