import { writeFileSync } from 'node:fs';
import mqtt from 'mqtt';
import type { IConnectPacket, IPublishPacket } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { kaidong, newFolder, settled, startService, until } from '../contracts/kaidong.ts';
import { startEdgeNode } from '../ingest/sparkplug/edge-node.ts';
import { startPacketSpy } from '../ingest/sparkplug/packet-spy.ts';
import { encodePayload } from '../ingest/sparkplug/proto.ts';
import { mosquittoAvailable, startMosquitto } from './mosquitto.ts';

const PRESS = [
  { name: 'state', alias: 1, datatype: 12, value: { string_value: 'running' } },
  { name: 'count', alias: 2, datatype: 8, value: { long_value: 5 } },
];
const STATE = 'spBv1.0/STATE/kaidong';
const MACHINE = 'Plant/-/-/gateway/press';

/** What the broker keeps of our host, and every STATE that it passes on. */
async function watchState(url: string) {
  const states: { online: boolean; timestamp: number }[] = [];
  const client = await mqtt.connectAsync(url);
  client.on('message', (_topic, payload) => states.push(JSON.parse(String(payload))));
  await client.subscribeAsync(STATE, { qos: 1 });
  return { states, client, [Symbol.asyncDispose]: () => client.endAsync(true) };
}

describe.skipIf(!mosquittoAvailable())('a Sparkplug host at a real mosquitto', () => {
  test('ingest alone takes part: STATE, births, gaps, deaths, a restart of the broker, and its own leaving', async () => {
    await using mosquitto = await startMosquitto();
    await using spy = await startPacketSpy(mosquitto.port);
    await using watch = await watchState(mosquitto.url);
    using folder = newFolder();
    const payloadFile = folder.file('data.bin');
    writeFileSync(payloadFile, encodePayload({ seq: 9, metrics: [{ alias: 2, long_value: 8 }] }));
    await using ingest = await startService({
      cwd: folder.path,
      role: 'ingest',
      environment: {
        KAIDONG__MQTT__URL: `mqtt://127.0.0.1:${spy.port}`,
        KAIDONG__SPARKPLUG__HOST_ID: 'kaidong',
        KAIDONG__SPARKPLUG__GROUPS: 'Plant',
        KAIDONG__SPARKPLUG__REORDER_TIMEOUT_SECONDS: '1',
        KAIDONG__SPARKPLUG__REBIRTH_INTERVAL_SECONDS: '1',
      },
    });
    await until(
      async () => watch.states.length,
      (count) => count >= 1,
    );
    const connects = spy.sent.filter(({ cmd }) => cmd === 'connect') as IConnectPacket[];
    const own = connects.find(({ clientId }) => clientId === 'kaidong-sparkplug') as IConnectPacket;
    expect(own).toMatchObject({
      clean: true,
      protocolVersion: 5,
      will: { topic: STATE, qos: 1, retain: true },
    });
    const { timestamp } = JSON.parse(String(own.will?.payload));
    expect(watch.states).toEqual([{ online: true, timestamp }]);

    // Another client says that we are offline.
    await watch.client.publishAsync(STATE, JSON.stringify({ online: false, timestamp }), {
      qos: 1,
      retain: true,
    });
    await until(
      async () => watch.states.length,
      (count) => count >= 3,
    );
    expect(watch.states.slice(1)).toEqual([
      { online: false, timestamp },
      { online: true, timestamp },
    ]);

    const node = await startEdgeNode({
      url: mosquitto.url,
      group: 'Plant',
      node: 'gateway',
      devices: { press: PRESS },
    });
    await node.data('press', { 2: { long_value: 1 } }, Date.now() - 1000);
    await until(
      async () => node.asked,
      (asked) => asked === 1,
    );
    node.lose();
    await node.data('press', { 2: { long_value: 6 } }, Date.now());
    await until(
      async () => node.asked,
      (asked) => asked === 2,
    );

    // The broker goes and comes back: a new will, a new birth, and the node is asked since its births may have been missed.
    await mosquitto.stop('SIGTERM');
    await mosquitto.start();
    const connections = () =>
      spy.sent.flatMap((packet, index) =>
        packet.cmd === 'connect' && packet.clientId === 'kaidong-sparkplug' ? [{ packet, index }] : [],
      );
    const lastConnection = () => connections().at(-1) as { packet: IConnectPacket; index: number };
    const birthsSince = async () =>
      connections().length < 2
        ? []
        : spy.sent
            .slice(lastConnection().index)
            .filter((packet): packet is IPublishPacket => packet.cmd === 'publish' && packet.topic === STATE);
    const [birth] = await until(birthsSince, (births) => births.length > 0);
    const renewed = JSON.parse(String(lastConnection().packet.will?.payload)).timestamp;
    expect(renewed).toBeGreaterThan(timestamp);
    expect(JSON.parse(String(birth?.payload))).toEqual({ online: true, timestamp: renewed });
    await node.connect();
    await node.data('press', { 2: { long_value: 7 } }, Date.now());
    await until(
      async () => node.asked,
      (asked) => asked === 3,
    );
    // Known again once its births came; then it dies.
    const asks = ['explain', 'spBv1.0/Plant/DDATA/gateway/press', '--file', payloadFile];
    await until(
      () => kaidong(asks, { cwd: folder.path }),
      ({ code }) => code === 0,
    );
    node.die();

    await using after = await watchState(mosquitto.url);
    await until(
      async () => after.states.length,
      (count) => count >= 1,
    );
    expect(after.states.at(-1)).toMatchObject({ online: true });
    const ended = await ingest.stop();
    expect(ended.code).toBe(0);
    await until(
      async () => after.states.at(-1)?.online,
      (online) => online === false,
    );
    const last = spy.sent.findLastIndex((packet) => packet.cmd === 'publish' && packet.topic === STATE);
    expect(spy.sent.slice(last + 1).map(({ cmd }) => cmd)).toContain('disconnect');

    // What became of it, as a later process finds it in the folder.
    await using reader = await startService({ cwd: folder.path });
    const { body } = await reader.get('/api/v1/plant');
    expect(body.machines.find(({ path }: { path: string }) => path === MACHINE)).toMatchObject({
      state: 'unknown',
      reason: 'offline',
    });
    const books = await settled(reader);
    expect(books.messages.refused).toBe(0);
    await node.close();
  });

  test('several brokers: the node is asked where it speaks, and a dead broker is no reason for the other', async () => {
    await using first = await startMosquitto();
    await using second = await startMosquitto();
    using folder = newFolder();
    await using platform = await startService({
      cwd: folder.path,
      environment: {
        KAIDONG__SPARKPLUG__HOST_ID: 'kaidong',
        KAIDONG__SPARKPLUG__BROKERS: JSON.stringify([{ url: first.url }, { url: second.url }]),
      },
    });
    await using atFirst = await watchState(first.url);
    await using atSecond = await watchState(second.url);
    await until(
      async () => [atFirst, atSecond].map(({ states }) => states.at(-1)?.online),
      ([a, b]) => a === true && b === true,
    );
    const node = await startEdgeNode({
      url: second.url,
      group: 'Plant',
      node: 'gateway',
      devices: { press: PRESS },
    });
    await node.data('press', { 2: { long_value: 1 } }, Date.now() - 1000);
    const standing = async () =>
      (await platform.get('/api/v1/plant')).body.machines.find(
        ({ path }: { path: string }) => path === MACHINE,
      );
    await until(standing, (machine) => machine?.state === 'running');
    await first.stop('SIGKILL');
    const parts = async () => (await platform.get('/readyz')).body.parts as { part: string; ok: boolean }[];
    await until(parts, (all) => all.some(({ part, ok }) => part === 'sparkplug' && !ok));
    expect((await parts()).find(({ part }) => part === 'sparkplug-2')).toMatchObject({ ok: true });
    expect(await standing()).toMatchObject({ stale: false });
    await second.stop('SIGKILL');
    await until(standing, (machine) => machine.stale === true);
    await node.close();
    expect(
      (await kaidong(['explain', `spBv1.0/Plant/NDATA/gateway`, '--payload', 'x'], { cwd: folder.path }))
        .stdout,
    ).toContain('sparkplug-malformed');
  });
});
