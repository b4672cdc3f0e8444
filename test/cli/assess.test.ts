import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Invocation } from '../../cli/command.ts';
import { assess } from '../../cli/commands/assess.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';

const HOUR = 3_600_000;
const NAMES = ['a', 'b', 'c', 'd'];

/** A data folder at rest with four pilots, each heard for an hour, two days ago. */
async function plantAtRest(): Promise<{ readonly dir: string; readonly from: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'kaidong.yaml'), `data: { dir: ${join(dir, 'data')} }\n`);
  mkdirSync(join(dir, 'pilots'));
  const from = Math.floor(Date.now() / HOUR) * HOUR - 48 * HOUR;
  openRegistry({ dir: join(dir, 'data') }).close();
  await using store = await openEmbeddedStore({ dir: join(dir, 'data/store') });
  for (const name of NAMES) {
    const pilot = `{ id: ${name}, enterprise: { name: ${name} }, district: d, industry: ships, processType: discrete,
      programme: digital-workshop, sites: [acme/${name}], simulated: true }`;
    writeFileSync(join(dir, `pilots/${name}.yaml`), pilot);
    const machine = `acme/${name}/a/l/m`;
    await store.write([{ machine, ts: from + 1000, signals: ['state'], values: ['running'] }]);
  }
  return { dir, from };
}

function invocationOf({ dir, from }: { dir: string; from: number }, stop: AbortController) {
  const said: string[] = [];
  const printed: string[] = [];
  const invocation: Invocation = {
    values: {
      config: join(dir, 'kaidong.yaml'),
      all: true,
      rubric: 'utilisation',
      from: new Date(from).toISOString(),
      to: new Date(from + HOUR).toISOString(),
      out: join(dir, 'reports'),
      json: true,
    },
    positionals: [],
    print: (line) => printed.push(line),
    report(line) {
      said.push(line);
      if (/^\[2\//.test(line)) stop.abort('SIGINT');
    },
    signal: stop.signal,
  };
  return { invocation, said, printed };
}

test('a signal stops it after the pilot at hand; what is finished stays, and the summary says so', async () => {
  const plant = await plantAtRest();
  const { invocation, said, printed } = invocationOf(plant, new AbortController());
  expect(await assess.run(invocation)).toBe(1);
  expect(said.at(-1)).toBe('2 of 4 assessed, stopped before the other 2; what is finished stays');
  expect(printed.map((line) => JSON.parse(line).pilot)).toEqual(['a', 'b']);
  expect(readdirSync(join(plant.dir, 'reports'))).toEqual(['a.json', 'b.json']);
  using registry = openRegistry({ dir: join(plant.dir, 'data') });
  expect(registry.assessments.list({}).map(({ pilot }) => pilot)).toEqual(['b', 'a']);
});

test('a signal before it begins leaves nothing', async () => {
  const plant = await plantAtRest();
  const stop = new AbortController();
  stop.abort('SIGTERM');
  const { invocation, said } = invocationOf(plant, stop);
  expect(await assess.run(invocation)).toBe(1);
  expect(said).toEqual(['0 of 4 assessed, stopped before the other 4; what is finished stays']);
  using registry = openRegistry({ dir: join(plant.dir, 'data') });
  expect(registry.assessments.list({})).toEqual([]);
});
