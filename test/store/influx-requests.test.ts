import { expect, test } from 'vitest';
import { type InfluxServer, influxStore } from '../../store/influx/store.ts';
import { PRESS, reading, T0 } from './contract/samples.ts';

/** A server that takes everything, and the lines of each request that it took. */
function openServer() {
  const requests: string[][] = [];
  const server: InfluxServer = {
    kind: 'influxdb1',
    async *query() {},
    async *ledgerQuery() {},
    async post(lines) {
      requests.push(lines.toString().trimEnd().split('\n'));
      return { kind: 'stored' };
    },
    erase: async () => {},
    eraseLedger: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  return { requests, store: influxStore(server) };
}

test('as many narrow readings as it asks for go in two requests, which hold each of its lines once', async () => {
  const { requests, store } = openServer();
  const length = store.readingsAtOnce as number;
  await store.write(Array.from({ length }, (_, n) => reading(PRESS, T0 + n, { a: n })));
  expect(requests.map((lines) => lines.length)).toEqual([10_000, 10_000]);
  expect(new Set(requests.flat()).size).toBe(length);
});

test('readings with many values go in requests that no server finds too large', async () => {
  const { requests, store } = openServer();
  const wide = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`signal-${n}`, 1000 + n / 8]));
  await store.write(Array.from({ length: 1201 }, (_, n) => reading(PRESS, T0 + n, wide)));
  expect(requests.map((lines) => lines.length)).toEqual([500, 500, 201]);
  expect(Math.max(...requests.map((lines) => lines.join('\n').length))).toBeLessThan(2_500_000);
});
