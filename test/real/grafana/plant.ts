import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../config.ts';
import type { Span } from '../../../domain/time.ts';
import { type Platform, startPlatform } from '../../../main.ts';
import { parseFaults, simulate } from '../../../simulators/simulate.ts';
import { connectPublisher } from '../../contracts/publisher.ts';
import { pilot } from '../../domain/assess/pilot.ts';

const DAY_MS = 86_400_000;

/** Three production days of the simulated plant, from 08:00 to 08:00 in Shanghai: no cell is cut, and all have closed. */
const TO = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
export const WINDOW: Span = { from: TO - 3 * DAY_MS, to: TO };

/** A machine nobody declared, with a name that means something to a regular expression, to InfluxQL and to line protocol. */
export const STRANGE = "visitor/fair/hall 1/line,2/press (a|b).1 'x'";

export interface FedPlatform extends AsyncDisposable {
  readonly platform: Platform;
  readonly http: string;
  /** The simulated site. */
  readonly site: string;
  /** The configuration file of the plant. */
  readonly config: string;
  /** When all had come that comes by itself; what was posted since is of nothing else. */
  readonly quietSince: number;
  /** Publishes so many messages of one machine more, and posts; gives the machine. */
  more(messages: number): Promise<string>;
}

/**
 * A platform on an InfluxDB, fed by the simulator with every fault, by a machine that nobody declared, and by messages that
 * are refused; with assessments of the simulated plant. All that is recorded and posted has been.
 */
export async function startFed(store: Readonly<Record<string, string>>): Promise<FedPlatform> {
  await using parts = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-grafana-'));
  parts.defer(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'plant.yaml');
  const load = {
    machines: 6,
    seed: 11,
    start: WINDOW.from,
    forMs: WINDOW.to - WINDOW.from,
    speed: 'max',
    overtime: 0.3,
    orders: true,
    faults: parseFaults('duplicates=0.01,reorder=0.02:30s,delay=0.01:5m,loss=0.002:20m'),
  } as const;
  await simulate({ ...load, configOut: file });
  const config = loadConfig({
    file,
    environment: {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
      ...store,
    },
  });
  const platform = parts.use(await startPlatform({ config, role: 'serve', log: () => {} }));
  const mqtt = platform.mqtt as string;
  await simulate({ ...load, mqtt: { url: mqtt } });

  const site = config.plant.sites[0]?.path as string;
  const machines = config.plant.machines.map(({ path }) => path);
  {
    await using publisher = await connectPublisher(mqtt);
    const tell = (machine: string, payload: object) => publisher.publish(`kaidong/v1/${machine}`, payload);
    const hour = 3_600_000;
    await tell(STRANGE, { ts: WINDOW.from, state: 'running', count: 0 });
    for (let at = WINDOW.from; at < WINDOW.to; at += hour / 2)
      await tell(STRANGE, {
        ts: at + 60_000,
        count: (at - WINDOW.from) / hour,
        reject: (at - WINDOW.from) / hour / 20,
      });
    // Now: one runs, one is down with a reason; the others are long silent.
    await tell(machines[0] as string, { state: 'running' });
    await tell(machines[1] as string, { state: 'down', reason: 'Düse "3", \\ 堵塞' });
    await tell('too/short', { state: 'running' });
    await publisher.publish(`kaidong/v1/${machines[0]}`, 'not json');
  }
  const desk = platform.assess!;
  const equipment = machines.map((machine, n) => ({
    id: `E${n}`,
    name: machine,
    machine,
    process: null,
    key: true,
    numericallyControlled: true,
    digital: true,
    shouldBeNetworked: true,
  }));
  desk.savePilots([
    pilot({ id: 'simulated', sites: [site], equipment, processes: [], declared: [], answers: [] }),
    pilot({
      id: 'visitor',
      sites: ['visitor/fair'],
      equipment: [],
      processes: [],
      declared: [],
      answers: [],
    }),
  ]);
  for (const rubric of ['utilisation', 'zj-future-factory'])
    for (const id of ['simulated', 'visitor']) await desk.assess({ pilot: id, rubric, ...WINDOW });
  await platform.settled();
  const quietSince = Date.now();
  await platform.settled();
  const moved = parts.move();
  return {
    platform,
    http: platform.http as string,
    site,
    config: file,
    quietSince,
    async more(messages) {
      await using publisher = await connectPublisher(mqtt);
      const machine = machines[2] as string;
      for (let n = 0; n < messages; n++)
        await publisher.publish(`kaidong/v1/${machine}`, { state: 'idle', n });
      await platform.settled();
      return machine;
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}
