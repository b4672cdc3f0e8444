import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { startKaidong, until } from '../measure.ts';

const PATIENCE_MS = 60_000;
const TICK_MS = 50;
const STATES = ['running', 'down', 'idle', 'setup', 'starved'] as const;

/** A platform with so many machines on lines of twenty, each of which has told a state. */
export interface BenchPlant extends AsyncDisposable {
  readonly http: string;
  /**
   * Changes so many machines' states a second, each reason telling when it was published, until the signal aborts.
   * Resolves with the number of changes.
   */
  change(perSecond: number, signal: AbortSignal): Promise<number>;
}

const topicOf = (index: number): string =>
  `kaidong/v1/bench/site/hall/line${String(Math.floor(index / 20)).padStart(2, '0')}/m${String(index).padStart(4, '0')}`;

export async function startBenchPlant(machines: number): Promise<BenchPlant> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-page-'));
  const platform = await startKaidong(['serve'], {
    KAIDONG__DATA__DIR: dir,
    KAIDONG__HTTP__PORT: '0',
    KAIDONG__BROKER__PORT: '0',
  });
  const http = platform.ready.http as string;
  const client = await mqtt.connectAsync(platform.ready.mqtt as string);
  const publish = (index: number, state: string, reason: string): Promise<unknown> =>
    client.publishAsync(topicOf(index), JSON.stringify({ state, reason }), { qos: 1 });
  await Promise.all(Array.from({ length: machines }, (_, index) => publish(index, 'running', 'begin')));
  await until('every machine is known', PATIENCE_MS, async () => {
    const plant = (await (await fetch(`${http}/api/v1/plant`)).json()) as { machines: unknown[] };
    return plant.machines.length === machines;
  });
  return {
    http,
    async change(perSecond, signal) {
      const began = performance.now();
      const under = new Set<Promise<unknown>>();
      let sent = 0;
      while (!signal.aborted) {
        const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
        for (; sent < due; sent++) {
          // A step that shares no factor with the number of machines comes to all of them, scattered over the page.
          const index = (sent * 7919) % machines;
          const state = STATES[Math.floor((sent * 7919) / machines) % STATES.length] as string;
          const one = publish(index, state, `t${Date.now()}`).finally(() => under.delete(one));
          under.add(one);
        }
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
      await Promise.all(under);
      return sent;
    },
    async [Symbol.asyncDispose]() {
      await client.endAsync();
      await platform[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
