import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holdPlace, lives, placeOf, sharedWorkOf, takeSparkplug } from '../../composition/worker.ts';
import { type Config, loadConfig } from '../../config.ts';
import { openRegistry } from '../../registry/registry.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-worker-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function configOf(
  dir: string,
  worker: string | null,
  sparkplug: Readonly<Record<string, string>> = {},
): Config {
  const environment = {
    KAIDONG__DATA__DIR: dir,
    KAIDONG__MQTT__URL: 'mqtt://broker.plant:1883',
    KAIDONG__STORE__KIND: 'influxdb1',
    ...(worker === null ? {} : { KAIDONG__INGEST__WORKER: worker }),
    ...sparkplug,
  };
  return loadConfig({ environment });
}

test('a worker has a session and a folder of its own; one that is alone has the data folder', () => {
  const dir = folder();
  expect(placeOf(configOf(dir, null))).toMatchObject({
    worker: '',
    dir,
    config: { mqtt: { clientId: 'kaidong' } },
  });
  expect(placeOf(configOf(dir, 'w1'))).toMatchObject({
    worker: 'w1',
    dir: join(dir, 'workers/w1'),
    config: { mqtt: { clientId: 'kaidong-w1', share: 'kaidong' } },
  });
  using registry = openRegistry({ dir });
  expect(sharedWorkOf(placeOf(configOf(dir, null)), registry)).toBeNull();
  using shared = sharedWorkOf(placeOf(configOf(dir, 'w1')), registry);
  expect(shared?.claim([{ machine: 'm', signals: ['a'], earliest: 1e12 }])).toHaveLength(1);
});

test('workers hold the folder together, each its own name; one that is alone holds it alone', () => {
  const dir = folder();
  const [alone, first, second] = [null, 'w1', 'w2'].map((worker) => placeOf(configOf(dir, worker)));
  const held = [holdPlace(first!), holdPlace(second!)];
  expect(() => holdPlace(first!)).toThrow('worker w1 runs already');
  expect(() => holdPlace(alone!)).toThrow('another process uses');
  expect([lives(dir, 'w1'), lives(dir, 'w2'), lives(dir, 'w3')]).toEqual([true, true, false]);
  for (const one of held) one[Symbol.dispose]();
  using _alone = holdPlace(alone!);
  expect(() => holdPlace(first!)).toThrow('a process that shares with nobody uses');
});

test("a Sparkplug host id and a group are one worker's at a time", () => {
  const dir = folder();
  using registry = openRegistry({ dir });
  const sparkplug = (worker: string, host: string, groups: string) =>
    placeOf(
      configOf(dir, worker, {
        KAIDONG__SPARKPLUG__HOST_ID: host,
        ...(groups === '' ? {} : { KAIDONG__SPARKPLUG__GROUPS: groups }),
      }),
    );
  const first = sparkplug('w1', 'host1', 'north,east');
  using held = holdPlace(first);
  takeSparkplug(first, registry);
  const take = (worker: string, host: string, groups: string) => () => {
    const place = sparkplug(worker, host, groups);
    using _held = holdPlace(place);
    takeSparkplug(place, registry);
  };
  expect(take('w2', 'host1', 'south')).toThrow(
    'another worker has this of Sparkplug already: host host1 (worker w1)',
  );
  expect(take('w2', 'host2', 'south,east')).toThrow('group east (worker w1)');
  expect(take('w2', 'host2', '')).toThrow('group east (worker w1), group north (worker w1)');
  expect(take('w2', 'host2', 'south')).not.toThrow();
  // A worker without Sparkplug is in nobody's way.
  takeSparkplug(placeOf(configOf(dir, 'w3')), registry);
  held[Symbol.dispose]();
  expect(take('w2', 'host1', '')).not.toThrow();
});
