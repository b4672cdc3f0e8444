import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROUTES } from '../../api/routes/index.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { BORDERS, changesOf, LOST, plantIn, QUESTIONS } from './removed-answers.ts';

const openEmbedded = async (): Promise<Store> => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-removed-raw-data-'));
  const store = await openEmbeddedStore({ dir });
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });
  return store;
};

/** What tells nothing of raw data of the past: what is entered, published or going on now. */
const OF_OTHERS = [
  ...['annotate', 'preview-annotation', 'undo-annotation', 'handover-notes', 'hand-over', 'enter-order'],
  ...['enter-product', 'books', 'sources', 'refused', 'corrections', 'refused-codes', 'replay', 'explain'],
  ...['suggestions', 'storage', 'live', 'notifications', 'acknowledge', 'test-notification', 'pilots'],
  ...['save-pilot', 'export-pilots', 'import-pilots', 'pilots-template', 'pilot', 'rubrics', 'rubric'],
  ...['assessments', 'assess'],
  ...['assessment', 'assessment-rubric', 'enter', 'publish', 'rescore', 'difference', 'report-html'],
  ...['report-json', 'comparison', 'openapi', 'healthz', 'readyz', 'metrics'],
];

it('every route is asked, or has nothing to do with raw data of the past', () => {
  expect([...Object.keys(QUESTIONS), ...OF_OTHERS].sort()).toEqual(ROUTES.map(({ id }) => id).sort());
});

describe.each([
  ['memory', async () => openMemoryStore()],
  ['embedded', openEmbedded],
] as const)('when raw data is removed from the %s store,', (_, open) => {
  it('every figure is answered as it was; only raw data itself, and what checks it, is gone', async () => {
    const plant = await plantIn(await open(), openForTest());
    const before = await plant.answers();
    expect([...before.values()].filter(({ status }) => status !== 200)).toEqual([]);
    for (const border of BORDERS) {
      await plant.remove(border);
      const changed = changesOf(before, await plant.answers());
      expect(new Set(changed.map(({ route }) => route))).toEqual(new Set(Object.keys(LOST)));
      for (const { route, after } of changed) LOST[route]?.(after);
    }
  });
});
