import { expect, test } from 'vitest';
import { startEdgeNode } from '../ingest/sparkplug/edge-node.ts';
import { kaidong, newFolder, settled, startService, until } from './kaidong.ts';

const PRESS = [
  { name: 'state', alias: 1, datatype: 12, value: { string_value: 'running' } },
  { name: 'count', alias: 2, datatype: 8, value: { long_value: 5 } },
  {
    name: 'temperature',
    alias: 3,
    datatype: 9,
    value: {
      float_value: 21.5,
      properties: { keys: ['engUnit'], values: [{ type: 12, string_value: '°C' }] },
    },
  },
];
const MACHINE = 'Plant/-/-/gateway/press';

test('an edge node is heard without any rule, dies, and comes back; books and plant tell of it', async () => {
  using folder = newFolder();
  await using platform = await startService({
    cwd: folder.path,
    environment: {
      KAIDONG__SPARKPLUG__HOST_ID: 'kaidong',
      KAIDONG__SPARKPLUG__REORDER_TIMEOUT_SECONDS: '1',
      KAIDONG__SPARKPLUG__REBIRTH_INTERVAL_SECONDS: '1',
    },
  });
  const node = await startEdgeNode({
    url: platform.mqtt,
    group: 'Plant',
    node: 'gateway',
    devices: { press: PRESS },
  });
  const standing = async () => {
    const { body } = await platform.get('/api/v1/plant');
    return body.machines.find(({ path }: { path: string }) => path === MACHINE);
  };

  // Data first: nobody knows its aliases, so the births are asked for, and it is read when they came.
  await node.data('press', { 1: { string_value: 'idle' }, 2: { long_value: 4 } }, Date.now() - 60_000);
  await until(standing, (machine) => machine?.state === 'running');
  expect(node.asked).toBe(1);
  const signals = `/api/v1/signals?machine=${MACHINE}&signal=count&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`;
  await until(
    () => platform.get(signals),
    ({ body }) => body.points.length === 2,
  );
  expect(await standing()).toMatchObject({ stale: false, source: 'Plant/gateway' });

  const { body: detail } = await platform.get(`/api/v1/machines/${MACHINE}`);
  expect(detail.signals.find(({ name }: { name: string }) => name === 'temperature')).toMatchObject({
    unit: '°C',
  });

  // A gap: the births are asked for again.
  node.lose();
  await node.data('press', { 2: { long_value: 6 } }, Date.now());
  await until(
    async () => node.asked,
    (asked) => asked >= 2,
  );

  // By hand, too; a node that was asked just now is left alone, and the command says until when.
  const before = node.asked;
  const demand = () => kaidong(['rebirth', 'Plant/gateway', '--by', '王工', '--json'], { cwd: folder.path });
  const answer = await until(demand, ({ code }) => code === 0);
  expect(JSON.parse(answer.stdout)).toEqual({ outcome: 'asked' });
  await until(
    async () => node.asked,
    (asked) => asked > before,
  );
  expect(await kaidong(['rebirth', 'Plant'], { cwd: folder.path })).toMatchObject({ code: 2 });

  node.die();
  await until(standing, (machine) => machine.state === 'unknown');
  expect(await standing()).toMatchObject({ reason: 'offline', stale: true });
  await node.connect();
  await node.birth();
  await until(standing, (machine) => machine.state === 'running');
  expect(await standing()).toMatchObject({ stale: false });

  const { messages, sources } = await settled(platform);
  expect(messages).toMatchObject({ refused: 0 });
  expect(sources.map(({ source }: { source: string }) => source)).toEqual(['Plant/gateway']);
  await node.close();
});
