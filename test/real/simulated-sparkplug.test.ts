import { expect, test } from 'vitest';
import { kaidong, newFolder, startService } from '../contracts/kaidong.ts';
import { mosquittoAvailable, startMosquitto } from './mosquitto.ts';

const PLANT = ['--machines', '12', '--seed', '7', '--start', '2026-03-02T08:00:00+08:00', '--for', '3h'];

test.skipIf(!mosquittoAvailable()).each([
  ['at QoS 0, as the standard demands', []],
  [
    'that wait for their host, with storms of deaths and births',
    [
      '--primary-host',
      'host-1',
      '--faults',
      'deaths=0.02,announcements=0.01,garbage=0.01,duplicates=0.02,delay=0.02',
    ],
  ],
  [
    'beside other languages, with orders',
    ['--speaks', 'sparkplug,umh,line-protocol,own-json,kaidong', '--qos', '1', '--orders'],
  ],
])('mosquitto: the platform is true of simulated edge nodes %s', async (_, more) => {
  await using mosquitto = await startMosquitto();
  using folder = newFolder();
  const cwd = folder.path;
  const run = [
    'simulate',
    ...PLANT,
    ...(more.includes('--speaks') ? [] : ['--speaks', 'sparkplug']),
    ...more,
  ];
  expect(await kaidong([...run, '--config-out', 'plant.yaml'], { cwd })).toMatchObject({ code: 0 });
  await using platform = await startService({
    cwd,
    args: ['--config', 'plant.yaml'],
    environment: { KAIDONG__MQTT__URL: mosquitto.url, KAIDONG__SPARKPLUG__HOST_ID: 'host-1' },
  });
  const played = await kaidong(
    [...run, '--speed', 'max', '--mqtt', mosquitto.url, '--verify', platform.http, '--json'],
    { cwd },
  );
  const result = JSON.parse(played.stdout);
  expect(result.verification.differences).toEqual([]);
  expect(played.code).toBe(0);
  expect(result.acknowledged).toBe(result.published);
  expect(result.verification.machines).toBe(12);
});
