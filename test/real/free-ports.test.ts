import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePorts, startedOnFreePorts } from './free-ports.ts';
import { skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import { mosquittoAvailable, startMosquitto } from './mosquitto.ts';

/** A port that somebody has taken, and whoever picks it first. */
async function takenFirst(): Promise<{
  readonly taken: number;
  readonly pickPorts: (count: number) => Promise<number[]>;
  picks: number;
}> {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port: taken } = server.address() as { port: number };
  const parts = {
    taken,
    picks: 0,
    pickPorts: async (count: number) =>
      parts.picks++ === 0 ? [taken, ...(await freePorts(count - 1))] : freePorts(count),
  };
  return parts;
}

describe('a server whose port somebody else took in between starts on another', () => {
  test.skipIf(!mosquittoAvailable())('mosquitto', async () => {
    const first = await takenFirst();
    await using mosquitto = await startMosquitto(first);
    expect(mosquitto.port).not.toBe(first.taken);
    expect(first.picks).toBe(2);
  });

  test.skipIf(skipWithoutInfluxd())('influxd', async () => {
    const first = await takenFirst();
    await using influxd = await startInfluxd(first);
    expect(influxd.url).not.toContain(String(first.taken));
    expect(first.picks).toBe(2);
  });

  test.skipIf(skipWithoutInfluxd())('influxd, where another influxd answers at the port', async () => {
    await using other = await startInfluxd();
    const port = Number(new URL(other.url).port);
    let picks = 0;
    await using influxd = await startInfluxd({
      pickPorts: async (count) => (picks++ === 0 ? [port, ...(await freePorts(1))] : freePorts(count)),
    });
    expect([influxd.url === other.url, picks]).toEqual([false, 2]);
  });
});

test('whatever else is wrong is told at once, with what the server said', async () => {
  let starts = 0;
  const start = async () => {
    starts++;
    throw new Error('ended with 1: no such option');
  };
  await expect(startedOnFreePorts(1, start)).rejects.toThrow('no such option');
  expect(starts).toBe(1);
  await expect(
    startedOnFreePorts(1, () => Promise.reject(new Error('bind: address already in use'))),
  ).rejects.toThrow('already in use');
});
