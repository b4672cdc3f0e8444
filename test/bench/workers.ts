import { loadavg } from 'node:os';
import type { Benchmark } from './index.ts';
import { type Started, startKaidong } from './measure.ts';
import { drainQueue, type QueueSize, type StartDrainer } from './queue.ts';

const COUNTS = [1, 2, 4] as const;

/** So many `kaidong ingest --worker`, which share the topics; started together, and ended together. */
const workers =
  (count: number): StartDrainer =>
  async ({ mqttUrl, influxUrl, dir }) => {
    const environment = {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__MQTT__URL: mqttUrl,
      KAIDONG__STORE__KIND: 'influxdb1',
      KAIDONG__STORE__URL: influxUrl,
    };
    const names = Array.from({ length: count }, (_, index) => `w${index + 1}`);
    const started = await Promise.all(
      names.map((name) => startKaidong(['ingest', '--worker', name], environment)),
    );
    const [first, ...others] = started as [Started, ...Started[]];
    return {
      pid: first.pid,
      others: others.map(({ pid }) => pid),
      [Symbol.asyncDispose]: async () => {
        await Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
      },
    };
  };

/** Who goes first changes from run to run, so that a host which grows busier, or quieter, favours nobody. */
let runs = 0;

/** The same queue drains through 1, 2 and 4 workers, in the same run and by turns, each time with servers of its own. */
export const share: Benchmark = {
  id: 'workers',
  title: 'A queue in mosquitto, shared by 1, 2 and 4 workers, drains into InfluxDB 1.6.7',
  defaults: { messages: 200_000, machines: 1000, connections: 4, window: 1000 },
  async run({ messages = 0, machines = 0, connections = 0, window = 0 }) {
    const size: QueueSize = { messages, machines, connections, window };
    const load = loadavg()[0] as number;
    const first = runs++ % COUNTS.length;
    const figures: Record<string, number> = { load };
    for (const count of [...COUNTS.slice(first), ...COUNTS.slice(0, first)]) {
      const drained = await drainQueue(workers(count), size);
      for (const [name, value] of Object.entries(drained)) figures[`${name}${count}`] = value;
    }
    for (const count of COUNTS.slice(1)) {
      const ratio = (name: string) =>
        (figures[`${name}${count}`] as number) / (figures[`${name}1`] as number);
      figures[`rateRatio${count}`] = ratio('perSecond');
      figures[`rateRatioOnceConnected${count}`] = ratio('perSecondOnceConnected');
      figures[`cpuRatio${count}`] = ratio('cpuSecondsPerMillion');
    }
    return figures;
  },
};
