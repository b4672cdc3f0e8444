import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kaidong, newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const files = ['--config-out', 'plant.yaml', '--truth', 'truth.jsonl'];
const PLANT = ['--machines', '6', '--seed', '7', '--start', '2026-03-02T08:00:00+08:00', '--for', '4h'];

test.each([
  ['no fault', []],
  ['duplicates, reordering and delay', ['--faults', 'duplicates=0.05,reorder=0.05:30s,delay=0.02:20m']],
  ['loss: the truth lies within the bounds', ['--faults', 'loss=0.05,duplicates=0.02']],
])('simulate --verify: %s', async (_, faults) => {
  using folder = newFolder();
  const cwd = folder.path;
  const written = await kaidong(
    ['simulate', ...PLANT, ...faults, '--config-out', 'plant.yaml', '--truth', 'truth.jsonl'],
    { cwd },
  );
  expect(written).toMatchObject({ code: 0 });
  await using platform = await startService({ cwd, args: ['--config', 'plant.yaml'] });
  const played = await kaidong(
    [
      'simulate',
      ...PLANT,
      ...faults,
      '--speed',
      'max',
      '--mqtt',
      platform.mqtt,
      '--verify',
      platform.http,
      '--json',
    ],
    { cwd },
  );
  expect(played).toMatchObject({ code: 0, stderr: '' });
  const result = JSON.parse(played.stdout);
  expect(result.verification).toMatchObject({ machines: 6, differences: [] });
  expect(result.verification.compared).toBeGreaterThanOrEqual(6 * 7);
  expect(result.acknowledged).toBe(result.published);
  const { messages } = await settled(platform);
  expect(messages.received).toBe(result.acknowledged);
  expect(messages.refused + messages.ignored).toBe(0);
  const lines = readFileSync(folder.file('truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.every((line) => typeof line.machine === 'string' && 'state' in line !== 'count' in line)).toBe(
    true,
  );

  // The comparison can fail: one forged state, and it says where.
  const { machine } = lines[0];
  await using forger = await connectPublisher(platform.mqtt);
  const { body } = await platform.get(
    `/api/v1/timeline?machine=${machine}&from=2026-03-02T01:00:00Z&to=2026-03-02T02:00:00Z`,
  );
  const ts = Date.parse(body.intervals[0].from) + 60_001;
  await forger.publish(`kaidong/v1/${machine}`, {
    ts,
    state: body.intervals[0].state === 'held' ? 'setup' : 'held',
  });
  await settled(platform);
  if (faults.some((plan) => plan.includes('loss'))) return;
  const checked = await kaidong(['simulate', ...PLANT, ...files, '--verify', platform.http], {
    cwd,
  });
  expect(checked.code).toBe(1);
  expect(checked.stderr).toContain(machine);
});
