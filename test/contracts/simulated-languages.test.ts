import { expect, test } from 'vitest';
import { kaidong, newFolder, settled, startService } from './kaidong.ts';

const PLANT = ['--seed', '7', '--start', '2026-03-02T08:00:00+08:00', '--for', '2h'];
const MIXED =
  'flood=0.01:30s,skew=0.3:2m,resets=0.01,rollovers=0.3,loss=0.02,types=0.05,duplicates=0.05,reorder=0.05,delay=0.03,garbage=0.03';

test.each([
  ['line-protocol', ['--machines', '6', '--speaks', 'line-protocol', '--faults', MIXED]],
  ['umh', ['--machines', '6', '--speaks', 'umh', '--faults', MIXED]],
  ['own-json', ['--plant', 'seafood', '--speaks', 'own-json', '--faults', MIXED]],
  ['sparkplug at QoS 0', ['--machines', '6', '--speaks', 'sparkplug']],
  [
    'sparkplug with storms of deaths and births',
    [
      ...['--machines', '12', '--speaks', 'sparkplug', '--qos', '1'],
      ...['--faults', `${MIXED},deaths=0.03:30s,announcements=0.01,dropouts=0.01`],
    ],
  ],
  [
    'a shipyard that speaks everything',
    [
      '--plant',
      'shipyard',
      '--speaks',
      'kaidong,sparkplug,line-protocol,umh,own-json',
      '--faults',
      'garbage=0.02',
    ],
  ],
])('the platform is true of what is said in %s, and its books account for the faults', async (_, asked) => {
  using folder = newFolder();
  const cwd = folder.path;
  const run = ['simulate', ...PLANT, ...asked];
  expect(await kaidong([...run, '--config-out', 'plant.yaml'], { cwd })).toMatchObject({ code: 0 });
  await using platform = await startService({ cwd, args: ['--config', 'plant.yaml'] });
  const played = await kaidong(
    [...run, '--speed', 'max', '--mqtt', platform.mqtt, '--verify', platform.http, '--json'],
    { cwd },
  );
  const result = JSON.parse(played.stdout);
  expect(result.verification.differences).toEqual([]);
  expect(played).toMatchObject({ code: 0, stderr: '' });
  expect(result.verification.machines).toBeGreaterThanOrEqual(6);
  expect(result.acknowledged).toBe(result.published);
  const garbage = result.faults.find(({ fault }: { fault: string }) => fault === 'garbage')?.befell ?? 0;
  expect(result.balance.messages.refused).toBeGreaterThanOrEqual(garbage);
  expect(result.balance.messages.stored).toBeGreaterThan(1000);
  const { messages } = await settled(platform);
  expect(messages.received).toBeGreaterThanOrEqual(result.acknowledged);
});
