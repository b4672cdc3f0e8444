import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import { PRESS, reading, T0 } from '../store/contract/samples.ts';
import { startedOnFreePorts } from './free-ports.ts';
import { untilItAnswers } from './influxd.ts';

const BINARY = 'victoria-metrics';
const missing = spawnSync(BINARY, ['-version']).error !== undefined && process.env.CI === undefined;

interface Exported {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
}

// VictoriaMetrics keeps numbers alone (a text becomes 0) and answers no InfluxQL; it is here as an independent reader of what the 2.x client
// sends to /api/v2/write: grammar, escapes, tags, times and request borders.
describe.skipIf(missing)('VictoriaMetrics as a second reader of /api/v2/write', () => {
  let url = '';
  const cleanUp: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kaidong-vm-'));
    cleanUp.push(() => rm(dir, { recursive: true, force: true }));
    await startedOnFreePorts(1, async ([port]) => {
      const address = `127.0.0.1:${port}`;
      const child = spawn(
        BINARY,
        [
          `-storageDataPath=${join(dir, 'data')}`,
          `-httpListenAddr=${address}`,
          '-retentionPeriod=100y',
          '-loggerLevel=ERROR',
          '-memory.allowedBytes=256MB',
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let complaint = '';
      child.stderr.on('data', (piece) => {
        complaint = (complaint + piece).slice(-2000);
      });
      cleanUp.unshift(async () => {
        if (child.exitCode !== null || child.pid === undefined) return;
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      });
      const failed = new Promise<never>((_, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`${BINARY} ended with ${code}: ${complaint}`)));
      });
      failed.catch(() => undefined);
      url = `http://${address}`;
      await Promise.race([untilItAnswers(`${url}/health`), failed]);
    });
  });
  afterAll(async () => {
    for (const step of cleanUp) await step();
  });

  async function exported(selector: string): Promise<readonly Exported[]> {
    await fetch(`${url}/internal/force_flush`);
    const settings = new URLSearchParams({ 'match[]': selector, start: `${T0 / 1000 - 1}` });
    const text = await (await fetch(`${url}/api/v1/export?${settings}`)).text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Exported);
  }

  test('every number of a batch of several requests arrives under its name, tags and millisecond', async () => {
    await using store = await openInfluxdb2Store({ url, org: 'o', bucket: 'b', token: 't' });
    const count = 12_001;
    const batch = Array.from({ length: count }, (_, n) =>
      reading(PRESS, T0 + n, { temp: n / 8, total: BigInt(n), door: n % 2 === 0, state: 'a "b", c=\\' }),
    );
    expect(await store.write(batch)).toEqual([]);
    const found = await exported('{machine="imm-01"}');
    const byName = new Map(found.map((series) => [series.metric.__name__, series]));
    expect([...byName.keys()].sort()).toEqual([
      'signals_door__b',
      'signals_heard__h',
      'signals_state',
      'signals_temp',
      'signals_total__i',
    ]);
    const temp = byName.get('signals_temp')!;
    expect(temp.metric).toMatchObject({
      enterprise: 'acme',
      site: 'zhoushan',
      area: 'moulding',
      line: 'line1',
    });
    expect(temp.timestamps).toEqual(batch.map(({ ts }) => ts));
    expect(temp.values).toEqual(batch.map((_, n) => n / 8));
    expect(byName.get('signals_total__i')?.values).toEqual(batch.map((_, n) => n));
    expect(byName.get('signals_door__b')?.values).toEqual(batch.map((_, n) => (n % 2 === 0 ? 1 : 0)));
  });

  test('escaped names are read as they were', async () => {
    await using store = await openInfluxdb2Store({ url, org: 'o', bucket: 'b', token: 't' });
    const machine = 'acme corp/舟山,2/a=b/l/m 7';
    expect(await store.write([reading(machine, T0, { '温度, °C=1': 21.5 })])).toEqual([]);
    const [series, ...others] = await exported('{enterprise="acme corp",__name__!="signals_heard__h"}');
    expect(others).toEqual([]);
    expect(series?.metric).toEqual({
      __name__: 'signals_温度, °C=1',
      enterprise: 'acme corp',
      site: '舟山,2',
      area: 'a=b',
      line: 'l',
      machine: 'm 7',
    });
    expect(series?.values).toEqual([21.5]);
  });
});
