import { loadavg } from 'node:os';
import type { Benchmark } from './index.ts';
import { startKaidong } from './measure.ts';
import { type Drained, drainQueue, type QueueSize, type StartDrainer } from './queue.ts';
import { startTelegraf } from './telegraf.ts';

const kaidong: StartDrainer = ({ mqttUrl, influxUrl, dir }) =>
  startKaidong(['ingest'], {
    KAIDONG__DATA__DIR: dir,
    KAIDONG__MQTT__URL: mqttUrl,
    KAIDONG__STORE__KIND: 'influxdb1',
    KAIDONG__STORE__URL: influxUrl,
  });

/** Who goes first alternates, so that a host which grows busier, or quieter, favours neither. */
let pairs = 0;

/**
 * A queue that waits in mosquitto drains through `kaidong ingest` into InfluxDB 1.x; only the environment configures it. With
 * `--telegraf`, the same queue drains through Telegraf right before or after, and the two are compared.
 */
export const drain: Benchmark = {
  id: 'drain',
  title: 'A queue in mosquitto drains into InfluxDB 1.6.7 (kaidong ingest, environment only)',
  defaults: { messages: 200_000, machines: 1000, connections: 4, window: 1000 },
  comparesTelegraf: true,
  async run({ messages = 0, machines = 0, connections = 0, window = 0 }, { telegraf: path } = {}) {
    const size: QueueSize = { messages, machines, connections, window };
    const load = loadavg()[0] as number;
    if (path === undefined) return { ...(await drainQueue(kaidong, size)), load };
    const other: StartDrainer = (servers) => startTelegraf({ path, ...servers });
    const telegrafFirst = pairs++ % 2 === 1;
    const before = telegrafFirst ? await drainQueue(other, size) : null;
    const ours = await drainQueue(kaidong, size);
    const theirs = before ?? (await drainQueue(other, size));
    return { ...ours, ...compared(ours, theirs), load };
  },
};

/** Telegraf's figures, and ours as a multiple of them. */
const compared = (ours: Drained, theirs: Drained) => ({
  telegrafPerSecond: theirs.perSecond,
  telegrafPerSecondOnceConnected: theirs.perSecondOnceConnected,
  telegrafCpuSecondsPerMillion: theirs.cpuSecondsPerMillion,
  telegrafRssPeakMb: theirs.rssPeakMb,
  telegrafInfluxdCpuSecondsPerMillion: theirs.influxdCpuSecondsPerMillion,
  telegrafLost: theirs.lost,
  rateRatio: ours.perSecond / theirs.perSecond,
  rateRatioOnceConnected: ours.perSecondOnceConnected / theirs.perSecondOnceConnected,
  cpuRatio: ours.cpuSecondsPerMillion / theirs.cpuSecondsPerMillion,
  rssRatio: ours.rssPeakMb / theirs.rssPeakMb,
});
