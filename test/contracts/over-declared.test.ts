import { expect, test } from 'vitest';
import { PILOTS } from '../../simulators/pilots/index.ts';
import { type Json, kaidong, newFolder, settled, startService } from './kaidong.ts';

const DAY = 86_400_000;
/** 08:00 in Shanghai, three days ago: observations of long ago are not kept, so no date can stand here. */
const FROM = Math.floor(Date.now() / DAY) * DAY - 3 * DAY;
const INSTANT = new Date(FROM).toISOString();
const PERIOD = { from: INSTANT, to: new Date(FROM + DAY).toISOString() };

test('the demo pilot that declares more than it has is found out by its own telemetry', async () => {
  const { pilot } = PILOTS.find(({ pilot: { industry } }) => industry === 'electronics')!;
  const plant = ['--plant', pilot.industry, '--seed', '7', '--start', INSTANT, '--for', '24h'];
  using folder = newFolder();
  const cwd = folder.path;
  expect(await kaidong(['simulate', ...plant, '--config-out', 'plant.yaml'], { cwd })).toMatchObject({
    code: 0,
  });
  await using platform = await startService({ cwd, args: ['--config', 'plant.yaml'] });
  const played = await kaidong(
    ['simulate', ...plant, '--mqtt', platform.mqtt, '--verify', platform.http, '--json'],
    { cwd },
  );
  expect(played).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(played.stdout).verification.differences).toEqual([]);
  await settled(platform);
  expect((await platform.post('/api/v1/pilots', pilot)).status).toBeLessThan(300);

  const { status, body } = await platform.post('/api/v1/assessments', {
    pilot: pilot.id,
    rubric: 'utilisation',
    ...PERIOD,
  });
  expect([status, body.detail]).toEqual([201, undefined]);
  const of = (figure: string): Json =>
    body.assessment.declared.find(
      ({ declared }: Json) => declared.figure === figure && declared.role === 'current',
    );

  const networking = of('networking-rate');
  expect(networking).toMatchObject({
    state: 'open',
    declared: { value: 1 },
    measured: { numerator: 12, denominator: 17 },
  });
  expect(networking.reasons.map(({ reason }: Json) => reason)).toContain('silent-machines');
  const unheard = networking.measured.parts.filter(({ counts }: Json) => counts === false);
  expect(unheard.map(({ because }: Json) => because).sort()).toEqual([
    'never-heard',
    'never-heard',
    'never-heard',
    'no-machine',
    'no-machine',
  ]);

  // The ledger was just found equal to the simulator's truth; the measured figure is what /kpis says of it.
  const [{ figures }] = (
    await platform.get(`/api/v1/kpis?${new URLSearchParams({ scope: 'jiaguang', ...PERIOD })}`)
  ).body.rows;
  const served = figures.find(({ kpi }: Json) => kpi === 'utilisation');
  expect(of('utilisation')).toMatchObject({ state: 'open', measured: { value: served.value } });
  expect(of('utilisation').difference).toBeGreaterThan(0.1);
  expect(of('oee').state).toBe('open');
  expect(of('nc-rate-key-processes').state).toBe('open');
  // What it says of its data is true, and not held against it: it invents no data, and keeps its grade.
  expect(of('data-coverage').state).toBe('agrees');
  expect(body.assessment.evidence.plausibility).toMatchObject({ grade: 'A', close: PERIOD });
  expect(body.assessment.findings.filter((finding: Json) => 'lowered' in finding)).toEqual([]);
});
