import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Invocation } from '../../cli/command.ts';
import { assess } from '../../cli/commands/assess.ts';
import { openRegistry } from '../../registry/registry.ts';
import { HOUR, plantAtRest } from './plant-at-rest.ts';

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
