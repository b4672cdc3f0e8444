import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lineStops } from '../../domain/line/line-stops.ts';
import { at, readLineScenario } from './line-scenario.ts';
import { duration } from './scenario.ts';

const FOLDER = join(import.meta.dirname, 'line-scenarios');
const files = readdirSync(FOLDER);

test('the folder holds scenarios only', () => {
  expect(files.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
  expect(files.length).toBeGreaterThan(12);
});

describe.each(files)('%s', (name) => {
  const looked = () => {
    const { file, line, tracks, window } = readLineScenario(join(FOLDER, name));
    return { file, window, found: lineStops(line, tracks, window) };
  };

  test('says why it is there', () => {
    expect(looked().file.why.length).toBeGreaterThan(20);
  });

  test('has the line’s time', () => {
    const { file, window, found } = looked();
    const times = Object.entries(file.expect.ms).map(([standing, text]) => [standing, duration(text)]);
    expect(found.ms).toEqual({
      ...{ running: 0, stopped: 0, unknown: 0, outside: 0 },
      ...Object.fromEntries(times),
    });
    expect(Object.values(found.ms).reduce((sum, ms) => sum + ms, 0)).toBe(window.to - window.from);
  });

  test('has its stops and what stopped it', () => {
    const { file, found } = looked();
    const { stops, byMachine } = file.expect;
    expect(found.stops).toHaveLength(stops.length);
    for (const [index, [from, to, said]] of stops.entries()) {
      const { chain, cause, ...stop } = found.stops[index] as (typeof found.stops)[number];
      const roles = chain.map((link) => `${link.machine} ${link.role}${link.inferred ? '?' : ''}`);
      expect({ ...stop, ...cause, chain: roles }).toMatchObject({ from: at(from), to: at(to), ...said });
    }
    if (byMachine) {
      const texts = byMachine.map(({ ms, longestMs, ...sum }) => ({
        ...{ ...sum, ms: duration(ms as string) },
        ...(longestMs !== undefined && { longestMs: duration(longestMs as string) }),
      }));
      expect(found.byMachine).toHaveLength(texts.length);
      expect(found.byMachine).toMatchObject(texts);
    }
  });
});
