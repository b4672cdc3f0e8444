import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../registry/open.ts';
import { handNotifier, M1, M2, TEN } from './hand-notifier.ts';
import { ROBOT_OK, startReceiver } from './receiver.ts';

const crew = (url: string, over: object = {}) => ({
  id: 'crew',
  kind: 'webhook',
  url,
  language: 'en',
  ...over,
});
const stopRule = (over: object = {}) => ({ rule: 'machine-stopped', channels: ['crew'], ...over });
const told = ({ body }: { readonly body: string }) => {
  const { kind, alerts } = JSON.parse(body) as {
    kind: string;
    alerts: { event: string; subject: string }[];
  };
  return [kind, ...alerts.map(({ event, subject }) => `${event} ${subject.split('/').at(-1)}`)];
};

test('a long stop is told once, and again when it is over', async () => {
  const receiver = await startReceiver();
  using plant = handNotifier({
    dir: tempDir(),
    notify: { channels: [crew(receiver.url)], rules: [stopRule()] },
  });
  plant.is(M1, 'down');
  plant.is(M2, 'running');
  await plant.pass(9);
  expect(receiver.received).toEqual([]);
  await plant.pass(30);
  plant.is(M1, 'running');
  await plant.pass(10);
  expect(receiver.received.map(told)).toEqual([
    ['alerts', 'fired m1'],
    ['alerts', 'resolved m1'],
  ]);
  const [alert] = plant.desk.list({ limit: 10, states: ['resolved'] }).items;
  expect(alert).toMatchObject({ since: TEN, machine: M1, text: { en: 'has stood still for 39 min (Down)' } });
  expect(alert?.tellings.map(({ event, state, attempts }) => [event, state, attempts])).toEqual([
    ['fired', 'delivered', 1],
    ['resolved', 'delivered', 1],
  ]);
});

test('what fires together is one message, and links lead to the page', async () => {
  const receiver = await startReceiver();
  const notify = {
    publicUrl: 'http://kaidong.plant:8080/',
    channels: [crew(receiver.url)],
    rules: [stopRule()],
  };
  using plant = handNotifier({ dir: tempDir(), notify });
  plant.is(M1, 'down');
  plant.is(M2, 'held');
  await plant.pass(12);
  expect(receiver.received.map(told)).toEqual([['alerts', 'fired m1', 'fired m2']]);
  expect(JSON.parse(receiver.received[0]?.body ?? '').alerts[0].link).toBe(
    `http://kaidong.plant:8080/#/machines/${M1}`,
  );
});

test('the quiet hours hold it, and one summary tells afterwards what came of each', async () => {
  const receiver = await startReceiver();
  const quiet = { quietHours: [{ start: '10:05', end: '11:00' }] };
  using plant = handNotifier({
    dir: tempDir(),
    notify: { channels: [crew(receiver.url, quiet)], rules: [stopRule()] },
  });
  plant.is(M1, 'down');
  plant.is(M2, 'down');
  await plant.pass(20);
  const [held] = plant.desk.list({ limit: 10, states: ['firing'] }).items;
  expect(held?.tellings).toMatchObject([{ state: 'held', dueAt: Date.parse('2026-03-02T11:00:00+08:00') }]);
  plant.is(M2, 'running');
  await plant.pass(39);
  expect(receiver.received).toEqual([]);
  await plant.pass(5);
  expect(receiver.received.map(told)).toEqual([['summary', 'fired m1', 'resolved m2']]);
});

test('quiet hours are those of the site, or of the zone that the channel names; what is critical passes', async () => {
  const receiver = await startReceiver();
  const quietHours = [{ start: '10:05', end: '11:00' }];
  using plant = handNotifier({
    dir: tempDir(),
    notify: {
      channels: [
        crew(`${receiver.url}/here`, { quietHours }),
        crew(`${receiver.url}/abroad`, { id: 'abroad', quietHours, zone: 'Europe/Berlin' }),
        crew(`${receiver.url}/strict`, { id: 'strict', quietHours, criticalPasses: false }),
      ],
      rules: [
        stopRule({ channels: ['here', 'abroad'].map((id) => (id === 'here' ? 'crew' : id)) }),
        stopRule({ id: 'grave', forMinutes: 15, severity: 'critical', channels: ['crew', 'strict'] }),
      ],
    },
  });
  plant.is(M1, 'down');
  await plant.pass(20);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/abroad', '/here']);
  await plant.pass(45);
  expect(receiver.received.map(({ path }) => path).toSorted()).toEqual([
    '/abroad',
    '/here',
    '/here',
    '/strict',
  ]);
});

test('what a receiver in trouble didn’t take before the quiet hours is told after them, and what is critical meanwhile at once', async () => {
  const receiver = await startReceiver();
  receiver.answer({ status: 503 });
  const notify = {
    channels: [crew(receiver.url, { quietHours: [{ start: '10:15', end: '11:00' }] })],
    rules: [stopRule(), stopRule({ id: 'grave', severity: 'critical', forMinutes: 20 })],
  };
  using plant = handNotifier({ dir: tempDir(), notify });
  plant.is(M1, 'down');
  await plant.pass(15);
  receiver.answer({ status: 200 });
  const failed = receiver.received.length;
  await plant.pass(40);
  expect(receiver.received.slice(failed).map(told)).toEqual([['alerts', 'fired m1']]);
  expect(JSON.parse(receiver.received[failed]?.body ?? '').alerts[0].severity).toBe('critical');
  await plant.pass(10);
  expect(receiver.received.slice(failed + 1).map(told)).toEqual([['summary', 'fired m1']]);
});

test('what doesn’t matter enough to a channel isn’t sent there', async () => {
  const receiver = await startReceiver();
  const channels = [crew(receiver.url, { minSeverity: 'critical' })];
  using plant = handNotifier({ dir: tempDir(), notify: { channels, rules: [stopRule()] } });
  plant.is(M1, 'down');
  await plant.pass(30);
  expect(receiver.received).toEqual([]);
  expect(plant.desk.list({ limit: 10, states: ['firing'] }).items).toHaveLength(1);
});

test('whoever acknowledges is named, and nobody is reminded any more', async () => {
  const receiver = await startReceiver();
  const notify = { channels: [crew(receiver.url)], rules: [stopRule({ repeatMinutes: 30 })] };
  using plant = handNotifier({ dir: tempDir(), notify });
  plant.is(M1, 'down');
  await plant.pass(45);
  expect(receiver.received.map(told)).toEqual([
    ['alerts', 'fired m1'],
    ['alerts', 'repeated m1'],
  ]);
  const [alert] = plant.desk.list({ limit: 10, states: ['firing'] }).items;
  const id = alert?.id ?? 0;
  expect(plant.desk.acknowledge(id, { by: '王工', note: '换模' })).toMatchObject({
    is: 'acknowledged',
    alert: { state: 'acknowledged', acknowledgedBy: '王工', acknowledgedNote: '换模' },
  });
  expect(plant.desk.acknowledge(id, { by: '李工', note: null })).toMatchObject({
    is: 'not-firing',
    alert: { acknowledgedBy: '王工' },
  });
  expect(plant.desk.acknowledge(999, { by: '李工', note: null })).toEqual({ is: 'unknown' });
  await plant.pass(90);
  expect(receiver.received).toHaveLength(2);
  plant.is(M1, 'running');
  await plant.pass(5);
  expect(receiver.received.map(told).at(-1)).toEqual(['alerts', 'resolved m1']);
});

test('a receiver in trouble is asked again, later and later, under the same key; what comes meanwhile makes one message', async () => {
  const receiver = await startReceiver();
  receiver.answer(
    { status: 503 },
    { status: 503 },
    { status: 503, headers: { 'retry-after': '600' } },
    { status: 200 },
  );
  using plant = handNotifier({
    dir: tempDir(),
    notify: { channels: [crew(receiver.url)], rules: [stopRule()] },
  });
  plant.is(M1, 'down');
  await plant.pass(2);
  plant.is(M2, 'down');
  await plant.pass(10);
  expect(receiver.received).toHaveLength(3);
  await plant.pass(5);
  expect(receiver.received).toHaveLength(3);
  expect(plant.desk.channels()).toMatchObject([{ waiting: 1, lastDeliveredAt: null, lastError: 'HTTP 503' }]);
  await plant.pass(8);
  expect(receiver.received.map(told)).toEqual([
    ...Array.from({ length: 4 }, () => ['alerts', 'fired m1']),
    ['alerts', 'fired m2'],
  ]);
  const keys = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(keys[4]).not.toBe(keys[0]);
  expect(plant.desk.channels()).toMatchObject([{ waiting: 0, lastError: null }]);
  expect(plant.logged.map(({ event }) => event)).toEqual(['notification-delayed']);
});

test('after a day a message is given up, which can be seen', async () => {
  const receiver = await startReceiver();
  receiver.answer({ status: 500 });
  const notify = { channels: [crew(receiver.url)], rules: [stopRule({ repeatMinutes: null })] };
  using plant = handNotifier({ dir: tempDir(), notify });
  plant.is(M1, 'down');
  await plant.pass(11);
  const attempts: number[] = [];
  for (let hour = 0; hour < 25; hour++) {
    for (let quarter = 0; quarter < 4; quarter++) {
      plant.clock.now += 15 * 60_000;
      await plant.deliver();
    }
    attempts.push(receiver.received.length);
  }
  expect(attempts.at(-1)).toBe(attempts.at(-2));
  const [alert] = plant.desk.list({ limit: 10, states: ['firing'] }).items;
  expect(alert?.tellings).toMatchObject([
    { state: 'given-up', dueAt: null, error: expect.stringMatching(/^HTTP 500; tried \d+ times$/) },
  ]);
  expect(plant.logged.map(({ event }) => event)).toEqual(['notification-delayed', 'notification-given-up']);
});

test('a message that is never taken holds up the next one for some attempts only', async () => {
  const receiver = await startReceiver();
  receiver.answer({ status: 500 });
  const notify = { channels: [crew(receiver.url)], rules: [stopRule()] };
  using plant = handNotifier({ dir: tempDir(), notify });
  plant.is(M1, 'down');
  await plant.pass(5);
  plant.is(M2, 'down');
  await plant.pass(20);
  expect(receiver.received.map(told)).toContainEqual(['alerts', 'fired m2']);
});

test('a robot is not sent more than it takes in a minute', async () => {
  const receiver = await startReceiver();
  receiver.answer(ROBOT_OK);
  const channels = [crew(receiver.url, { kind: 'wecom' })];
  using plant = handNotifier({ dir: tempDir(), notify: { channels, rules: [stopRule()] } });
  await plant.watch();
  const message = { kind: 'test', entries: [], more: 0, channel: 'crew', createdAt: TEN };
  for (let n = 0; n < 50; n++) {
    const key = `k${n}`;
    plant.registry.outbox.pack({ key, channel: 'crew', at: TEN, message: { ...message, key }, tellings: [] });
  }
  for (let second = 0; second < 60; second++) {
    plant.clock.now += 500;
    await plant.deliver();
  }
  expect(receiver.received).toHaveLength(20);
  plant.clock.now += 60_000;
  await plant.deliver();
  expect(receiver.received).toHaveLength(21);
});

test('another start goes on where the last one was: what fired isn’t told twice, what waits is sent', async () => {
  const receiver = await startReceiver();
  const dir = tempDir();
  const notify = { channels: [crew(receiver.url)], rules: [stopRule()] };
  {
    using plant = handNotifier({ dir, notify });
    plant.is(M1, 'down');
    await plant.pass(12);
  }
  using next = handNotifier({ dir, notify, now: TEN + 20 * 60_000 });
  next.is(M1, 'down');
  await next.pass(30);
  expect(receiver.received.map(told)).toEqual([['alerts', 'fired m1']]);
});

test('of two processes on a data folder one tells; when it has ended, the other does', async () => {
  const receiver = await startReceiver();
  const dir = tempDir();
  const notify = { channels: [crew(receiver.url)], rules: [stopRule()] };
  const one = handNotifier({ dir, notify });
  using other = handNotifier({ dir, notify });
  for (const plant of [one, other]) plant.is(M1, 'down');
  await one.pass(5);
  await other.pass(20);
  expect(receiver.received).toEqual([]);
  one[Symbol.dispose]();
  await other.pass(1);
  expect(receiver.received.map(told)).toEqual([['alerts', 'fired m1']]);
});

test('an entry or a channel that is taken out of the configuration leaves nothing behind that waits', async () => {
  const receiver = await startReceiver();
  receiver.answer({ status: 503 });
  const dir = tempDir();
  {
    using plant = handNotifier({ dir, notify: { channels: [crew(receiver.url)], rules: [stopRule()] } });
    plant.is(M1, 'down');
    await plant.pass(15);
  }
  const notify = {
    channels: [crew(receiver.url, { id: 'others' })],
    rules: [stopRule({ id: 'other', channels: ['others'] })],
  };
  using plant = handNotifier({ dir, notify, now: TEN + 60 * 60_000 });
  await plant.pass(1);
  const [alert] = plant.desk.list({ limit: 10, states: ['resolved'] }).items;
  expect(alert).toMatchObject({
    entry: 'machine-stopped',
    tellings: [{ state: 'given-up', error: 'the channel is not configured any more' }],
  });
});

test('kill -9 between the decision and the delivery loses nothing: the next process sends it under the same key', async () => {
  const receiver = await startReceiver();
  receiver.answer(() => {});
  const dir = tempDir();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-child.ts'), dir, receiver.url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await receiver.came(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  receiver.answer({ status: 200 });
  using plant = handNotifier({
    dir,
    notify: { channels: [crew(receiver.url)], rules: [stopRule()] },
    now: TEN + 13 * 60_000,
  });
  plant.is(M1, 'down');
  await plant.pass(2);
  expect(receiver.received.map(told)).toEqual([
    ['alerts', 'fired m1'],
    ['alerts', 'fired m1'],
  ]);
  const [first, second] = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(second).toBe(first);
});

test('a process that ends hangs up, and the next one sends what was under way', async () => {
  const receiver = await startReceiver();
  receiver.answer(() => {});
  const dir = tempDir();
  const notify = { channels: [crew(receiver.url)], rules: [stopRule()] };
  {
    using plant = handNotifier({ dir, notify });
    plant.is(M1, 'down');
    const passing = plant.pass(10);
    await receiver.came(1);
    plant.stop();
    await passing;
    expect(plant.desk.channels()).toMatchObject([{ waiting: 1, lastError: null }]);
  }
  receiver.answer({ status: 200 });
  using next = handNotifier({ dir, notify, now: TEN + 11 * 60_000 });
  await next.pass(1);
  expect(receiver.received.map(told).slice(0, 2)).toEqual([
    ['alerts', 'fired m1'],
    ['alerts', 'fired m1'],
  ]);
});

test('a test message says what became of it, and neither logs nor answers hold an address', async () => {
  const receiver = await startReceiver();
  receiver.answer(ROBOT_OK, { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
  const url = `${receiver.url}/send?key=hush`;
  const channels = [crew(url, { kind: 'wecom' })];
  using plant = handNotifier({ dir: tempDir(), notify: { channels, rules: [] } });
  expect(await plant.desk.test('crew')).toEqual({ is: 'delivered' });
  expect(await plant.desk.test('crew')).toEqual({
    is: 'failed',
    error: 'errcode 93000: invalid webhook url',
  });
  expect(await plant.desk.test('nobody')).toEqual({ is: 'unknown', channels: ['crew'] });
  expect(JSON.stringify([plant.desk.channels(), plant.logged])).not.toContain('hush');
  expect(receiver.received[0]?.body).toContain('Whoever reads it knows that this channel works.');
});
