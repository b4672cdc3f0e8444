import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { seedsOf } from './corpus.ts';
import { diceOf } from './mutate/dice.ts';
import { BY_STRUCTURE, FORMATS, mutated } from './mutate/index.ts';

const LONG = process.env.KAIDONG_TEST_LONG !== undefined;
/** Of each format; `npm run test:long` takes a million, and a run by hand is spared the wait. */
const OF_EACH = LONG ? 1_000_000 : process.env.CI ? 100_000 : 25_000;
const SEED = 424_242;
/**
 * What the heap's lowest may gain from the second third of a run to the last. What ingest remembers is forgotten all at once when there is
 * too much of it, so that the heap goes up and down; in a million its lowest comes back in each third, and only a leak lifts it.
 * Shorter runs end while memory still fills.
 */
const GROWTH_MB = LONG ? 2 : process.env.CI ? 8 : 4;

interface Outcome {
  readonly messages: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  readonly imbalances: readonly string[];
  readonly codes: readonly string[];
  readonly heapsMb: readonly number[];
}

async function run(format: string, count: number): Promise<Outcome> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-fuzz-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', join(import.meta.dirname, 'child.ts'), dir, format, String(count), String(SEED)],
      { maxBuffer: 1 << 26 },
    );
    return JSON.parse(stdout) as Outcome;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe.each(FORMATS)('mutated messages: %s', (format) => {
  test(`${OF_EACH} of them: no crash, no leak, each in the books`, { timeout: 3_600_000 }, async () => {
    const { messages, failures, imbalances, codes, heapsMb } = await run(format, OF_EACH);
    expect(imbalances).toEqual([]);
    expect(failures).toEqual([]);
    expect(messages).toMatchObject({ received: OF_EACH, spooled: 0, inFlight: 0 });
    // Mutation reaches behind the first check: something of each fate, and several reasons.
    expect(messages.stored).toBeGreaterThan(OF_EACH / 100);
    expect(messages.refused).toBeGreaterThan(OF_EACH / 10);
    expect(codes.length).toBeGreaterThan(4);
    const third = Math.floor(heapsMb.length / 3);
    const before = Math.min(...heapsMb.slice(-2 * third, -third));
    expect(Math.min(...heapsMb.slice(-third)) - before, heapsMb.join(' ')).toBeLessThan(GROWTH_MB);
  });

  test('are the same for the same seed, and mostly unlike their seeds', () => {
    const seeds = seedsOf(format);
    const make = () => {
      const dice = diceOf('x', format);
      return Array.from({ length: 500 }, () => mutated(format, seeds, dice));
    };
    const made = make();
    expect(make()).toEqual(made);
    const asTheyWere = made.filter(({ payload }) => seeds.some((seed) => seed.payload.equals(payload)));
    expect(asTheyWere.length).toBeLessThan(100);
    expect(new Set(made.map(({ payload }) => payload.toString('base64'))).size).toBeGreaterThan(400);
  });

  test('know what a payload is made of', () => {
    const dice = diceOf('structure', format);
    for (const { payload } of seedsOf(format))
      expect(BY_STRUCTURE[format](payload, dice)).toBeInstanceOf(Buffer);
  });
});

test('every format has its corpus, and every corpus its format', () => {
  expect(readdirSync(join(import.meta.dirname, 'corpus')).sort()).toEqual([...FORMATS].sort());
});
