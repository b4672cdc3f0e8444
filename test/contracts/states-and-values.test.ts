import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const SAW = 'acme/zhoushan/sawing/line1/saw-01';
const FILLER = 'acme/zhoushan/filling/line1/filler';
const MISSING = 'acme/zhoushan/filling/line1/capper';
const CONFIG = `states:
  - { scope: acme/*/sawing, from: level, signal: current, runningAbove: 12, idleBelow: 8, holdMs: 60000 }
vocabularies:
  - { id: filling, base: packml, states: { 100..199: { state: held, reason: foam } } }
signals:
  - { scope: acme, signal: current, unit: A, min: 0, max: 80, deadBand: 1 }
machines:
  - { path: ${FILLER}, state: { signal: StateCurrent, vocabulary: filling, beside: { mode: UnitModeCurrent } } }
  - path: ${MISSING}
`;

test('a machine with nothing but a current clamp has states, its values keep to their rules, and who is missing is listed', async () => {
  using folder = newFolder();
  const config = folder.file('kaidong.yaml');
  writeFileSync(config, CONFIG);
  await using platform = await startService({ cwd: folder.path, args: ['--config', config] });
  await using machine = await connectPublisher(platform.mqtt);
  const start = Date.now() - 40 * 60_000;
  const say = (path: string, minute: number, values: object) =>
    machine.publish(`kaidong/v1/${path}`, { ts: start + minute * 60_000, ...values });
  await say(SAW, 0, { current: 3 });
  await say(SAW, 5, { current: 15 });
  await say(SAW, 6, { current: 15.5 });
  await say(SAW, 10, { current: 10 });
  await say(SAW, 12, { current: 900 });
  await say(SAW, 15, { current: 5 });
  await say(SAW, 15.5, { current: 14 });
  await say(SAW, 20, { current: 4 });
  await say(SAW, 24, { current: 4 });
  await say(FILLER, 0, { StateCurrent: 6, UnitModeCurrent: 1 });
  await say(FILLER, 5, { StateCurrent: 150 });
  await say(FILLER, 8, { UnitModeCurrent: 2 });
  await settled(platform);

  const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
  const statesOf = async (path: string, minutes: number) => {
    const { body } = await platform.get(
      `/api/v1/timeline?machine=${encodeURIComponent(path)}&from=${start}&to=${start + minutes * 60_000}`,
    );
    return body.intervals.map((one: Record<string, unknown>) => [
      one.from,
      one.state,
      one.reason,
      one.source,
    ]);
  };
  expect(await statesOf(SAW, 26)).toEqual([
    [at(0), 'idle', null, 'derived'],
    [at(5), 'running', null, 'derived'],
    [at(20), 'idle', null, 'derived'],
  ]);
  expect(await statesOf(FILLER, 9)).toEqual([
    [at(0), 'running', null, 'observed'],
    [at(5), 'held', 'foam', 'observed'],
    [at(8), 'planned-stop', 'maintenance', 'observed'],
  ]);

  const ledger = await platform.get(
    `/api/v1/ledger?scope=${encodeURIComponent(SAW)}&from=${start}&to=${start + 26 * 60_000}`,
  );
  expect(ledger.body.rows[0].ms).toMatchObject({ running: 15 * 60_000, idle: 11 * 60_000, unknown: 0 });
  const detail = await platform.get(`/api/v1/machines/${SAW}`);
  expect(detail.body).toMatchObject({
    ...{ declared: false, signals: [{ name: 'current', unit: 'A', kind: 'gauge', value: 4 }] },
    config: { state: { signal: 'current', derived: { from: 'level', runningAbove: 12, holdMs: 60_000 } } },
  });

  const corrections = await platform.get('/api/v1/ingest/corrections');
  expect(
    corrections.body.items.map(({ kind, raw, result, count, machine }: Record<string, unknown>) => [
      ...[kind, raw, result, count, machine],
    ]),
  ).toEqual([
    ['out-of-range', 900, null, 1, SAW],
    ['thinned', 15.5, null, 1, SAW],
  ]);
  const refused = await platform.get('/api/v1/ingest/refused');
  expect(refused.body.items[0]).toMatchObject({
    code: 'value-out-of-range',
    message: { zh: expect.stringContaining('允许范围为 0 至 80') },
  });
  const books = await platform.get('/api/v1/ingest/books');
  expect(books.body.observations).toMatchObject({ received: 13, stored: 11, refused: 1, thinned: 1 });
  const explained = await platform.post('/api/v1/ingest/explain', {
    topic: `kaidong/v1/${SAW}`,
    payload: { ts: Date.now(), current: 81 },
  });
  expect(explained.body).toMatchObject({
    ...{ observations: [], refused: [{ code: 'value-out-of-range' }] },
    corrections: [{ signal: 'current', kind: 'out-of-range', action: 'refused', rule: '0 to 80 A' }],
  });

  const missing = await platform.get('/api/v1/machines?filter=undeclared,never-heard');
  expect(missing.body.counts).toEqual({ declared: 2, undeclared: 1, silent: 2, neverHeard: 1 });
  expect(
    missing.body.machines.map(({ path, presence, firstHeard }: Record<string, unknown>) => [
      path,
      presence,
      firstHeard,
    ]),
  ).toEqual([
    [MISSING, 'never-heard', null],
    [SAW, 'silent', at(0)],
  ]);
  const { code, stderr } = await platform.stop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
