import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { HEARINGS, type HearingCode, hearingNotes } from '../../domain/hearing.ts';
import type { Vocabulary } from '../../domain/meaning.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Plant } from '../../domain/plant.ts';

interface Case {
  readonly why: string;
  readonly observations: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly value: SignalValue;
  }[];
  readonly notes: readonly { code: HearingCode; signal: string | null; zh: string; en: string }[];
}

const folder = join(import.meta.dirname, 'hearing');
const cases = readdirSync(folder).map((file) => ({
  title: file.replace('.yaml', '').replaceAll('-', ' '),
  ...(parse(readFileSync(join(folder, file), 'utf8')) as Case),
}));

const declared = { ...MACHINE_DEFAULTS, declared: true };
const own = (id: string, states: Vocabulary['states']): Vocabulary => ({
  ...{ id, version: 1, title: { zh: '自有', en: 'own' }, source: 'own design' },
  ...{ states, overrides: [], signals: [] },
});
const letters = (all: string) => Object.fromEntries([...all].map((letter) => [letter, 'idle' as const]));
const plant: Plant = {
  sites: [],
  machines: [
    { ...declared, path: 'acme/zs/a/l/imm-01', idealCycleUs: 12_500_000 },
    {
      ...declared,
      path: 'acme/zs/a/l/saw-01',
      stateSignal: 'current',
      derive: { from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 0.5, holdMs: 10_000 },
    },
    {
      ...declared,
      path: 'acme/zs/a/l/press-01',
      stateSignal: 'count',
      derive: { from: 'pulses', withinMs: 30_000, cycleUs: 12_500_000 },
    },
    {
      ...declared,
      path: 'acme/zs/a/l/saw-02',
      stateSignal: 'current',
      derive: { from: 'level', runningAbove: 12, idleBelow: 8, holdMs: 10_000 },
    },
    { ...declared, path: 'acme/zs/a/l/line-01', vocabulary: 'packml' },
    {
      ...{ ...declared, path: 'acme/zs/a/l/plc-01' },
      words: {
        ...own('plc', { run: 'running', stop: 'idle' }),
        ranges: [
          { from: 10, to: 19, means: 'down' },
          { from: 30, to: 39, means: 'setup' },
        ],
      },
    },
    { ...declared, path: 'acme/zs/a/l/robot-01', words: own('robot', letters('abcdefghijkl')) },
    { ...declared, path: 'acme/zs/a/l/robot-02', words: own('robot', letters('abcdefghijklm')) },
    { ...declared, path: 'acme/zs/a/l/cnc-01', stateSignal: 'exec', vocabulary: 'mtconnect' },
  ],
};

test.for(cases)('$title', ({ why, observations, notes }) => {
  expect(why).toMatch(/\w/);
  const told = hearingNotes(plant, observations);
  expect(told.map(({ code, signal }) => ({ code, signal }))).toEqual(
    notes.map(({ code, signal }) => ({ code, signal })),
  );
  for (const [index, { zh, en }] of notes.entries()) {
    expect(told[index]?.message.zh).toContain(zh);
    expect(told[index]?.message.en).toContain(en);
  }
});

test('every code has a case', () => {
  const seen = new Set(cases.flatMap(({ notes }) => notes.map(({ code }) => code)));
  expect([...seen].sort()).toEqual([...HEARINGS].sort());
});

test('what only the books of values tell is no note: a message shows what it means, not what came before it', () => {
  const counters = { count: { kind: 'delta' } } as const;
  const saw = { ...declared, path: 'acme/zs/a/l/saw-02', idealCycleUs: 1_000_000, counters };
  const heard = (value: SignalValue) =>
    hearingNotes({ sites: [], machines: [saw] }, [{ machine: saw.path, signal: 'count', value }]);
  expect(heard(2n ** 60n)).toEqual([]);
  expect(heard(-1)).toMatchObject([{ code: 'value-unusable' }]);
});
