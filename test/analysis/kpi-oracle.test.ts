import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { askAll } from './kpi-oracle/ask-all.ts';

const LONG = process.env.KAIDONG_TEST_LONG !== undefined;
const SEEDS = Array.from({ length: LONG ? 6 : 3 }, (_, seed) => seed);

test.each(SEEDS)(
  'every figure, however it is grouped, is what counting minute by minute gives (%i)',
  async (seed) => {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-oracle-'));
    await using store = await openEmbeddedStore({ dir });
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    expect(await askAll({ store, seed, every: LONG ? 3 : 64 })).toBeGreaterThan(300);
  },
);
