import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { type Started, startKaidong, until } from '../bench/measure.ts';

const PATIENCE_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Names that people may give a machine: markup, and more than any tile is wide. */
export const HOSTILE = "<img src=x onerror=document.title='!'>";
export const LONG = '很长的设备名称'.repeat(28);
export const LINE = 'acme/zhoushan/hall/line1';
/** Of the line's machines. */
const WITH_HISTORY = [1, 2];

/** Two sites in two time zones, so that no one zone serves a question about both. */
const CONFIG = `
sites:
  - { path: acme/zhoushan, zone: Asia/Shanghai, dayStart: "08:00" }
  - { path: acme/urumqi, zone: Asia/Urumqi, dayStart: "06:00" }
`;

/** A platform with eighty machines, two of which have worked since the day before yesterday. */
export interface PlantService extends AsyncDisposable {
  readonly url: string;
  publish(machine: string, payload: object): Promise<void>;
  /** Ends the platform; \`start\` brings it back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const machines = (): string[] =>
  [LINE, 'acme/zhoushan/hall/line2', 'acme/urumqi/yard/line1', 'acme/urumqi/yard/line2'].flatMap((line) =>
    Array.from({ length: 20 }, (_, nth) => `${line}/m-${String(nth + 1).padStart(2, '0')}`),
  );

export async function startPlantService(): Promise<PlantService> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-wall-'));
  const config = join(dir, 'kaidong.yaml');
  writeFileSync(config, CONFIG);
  const ports = { http: '0', mqtt: '0' };
  let platform: Started | undefined;
  const start = async (): Promise<void> => {
    platform = await startKaidong(['serve', '--config', config], {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: ports.http,
      KAIDONG__BROKER__PORT: ports.mqtt,
    });
  };
  const stop = async (): Promise<void> => {
    await platform?.[Symbol.asyncDispose]();
    platform = undefined;
  };
  await start();
  const { http: url, mqtt: broker } = platform!.ready as { readonly http: string; readonly mqtt: string };
  ports.http = new URL(url).port;
  ports.mqtt = new URL(broker).port;
  const publish = async (payloads: readonly (readonly [string, object])[]): Promise<void> => {
    const client = await mqtt.connectAsync(broker);
    await Promise.all(
      payloads.map(([path, payload]) =>
        client.publishAsync(`kaidong/v1/${path}`, JSON.stringify(payload), { qos: 1 }),
      ),
    );
    await client.endAsync();
  };
  const names = machines();
  await publish([
    ...names.map((path, nth) => [path, { state: nth % 9 === 4 ? 'idle' : 'running' }] as const),
    ...WITH_HISTORY.map((nth) => [`${LINE}/m-0${nth}`, history(nth)] as const),
  ]);
  await until('every machine and its history is known', PATIENCE_MS, async () => {
    const plant = (await (await fetch(`${url}/api/v1/plant`)).json()) as { machines: unknown[] };
    const span = `from=${Date.now() - 40 * HOUR_MS}&to=${Date.now()}&scope=${LINE}&by=machine`;
    const ledger = (await (await fetch(`${url}/api/v1/ledger?${span}`)).json()) as {
      rows: { ms: { breakdown: number } }[];
    };
    const told = ledger.rows.filter(({ ms }) => ms.breakdown > 0);
    return plant.machines.length === names.length && told.length === WITH_HISTORY.length;
  });
  return {
    url,
    publish: (machine, payload) => publish([[machine, payload]]),
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Runs, but for so many hours of breakdown in every twelve. */
function history(hoursDown: number): object[] {
  const now = Date.now();
  const told: object[] = [];
  for (let ts = now - 60 * HOUR_MS; ts < now; ts += 5 * MINUTE_MS) {
    const down = Math.floor(ts / HOUR_MS) % 12 < hoursDown;
    told.push(down ? { ts, state: 'down', reason: 'hydraulics' } : { ts, state: 'running' });
  }
  return told;
}
