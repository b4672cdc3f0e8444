import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Reading } from '../../domain/observation.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import type { Grain, Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo } from '../analysis/plants.ts';
import { history, withAndWithout } from '../analysis/removed-facts.ts';
import { lineHistory, toldWithAndWithout } from '../analysis/removed-tracks.ts';
import { answersWithAndWithout } from '../analysis/removed-work.ts';
import { BORDERS, changesOf, LOST, plantIn } from '../api/removed-answers.ts';
import { openForTest } from '../registry/open.ts';
import { skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import {
  INFLUXDB2,
  type Influxdb2Bucket,
  influxdb2Bucket,
  skipWithoutInfluxdb2,
} from './influxdb2-bucket.ts';
import { askInfluxdb2 } from './influxdb2-given.ts';

const DAYS = 5;
const NOW = MONDAY_8 + DAYS * DAY + 2 * HOUR;
const QUESTION = { scope: 'acme/zhoushan/moulding', from: MONDAY_8, to: MONDAY_8 + DAYS * DAY, asOf: NOW };
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

const recorded = async (store: Store) => {
  const span = { from: 0, to: NOW, scope: '' };
  return (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...span, grain })))).flat();
};

function readings(): readonly Reading[] {
  const batch: Reading[] = [];
  for (const machine of [IMM_1, IMM_2]) {
    for (let minute = 0; minute < DAYS * 24 * 60; minute += 23) {
      const state = minute % 3 === 0 ? 'down' : minute % 5 === 0 ? 'idle' : 'running';
      batch.push({
        ...{ machine, ts: MONDAY_8 + minute * MINUTE },
        ...{ signals: ['state', 'count'], values: [state, minute] },
      });
    }
  }
  return batch;
}

/** Where stores are opened, each in a place of its own. */
interface Places extends AsyncDisposable {
  store(name?: string): Promise<Store>;
  /** Drops the recorded ledger of the first place. */
  dropLedger(): Promise<void>;
}

async function placesIn1x(): Promise<Places> {
  const influxd = await startInfluxd();
  return {
    store: (name = 'kaidong') => openInfluxdb1Store({ url: influxd.url, database: name }),
    dropLedger: async () => void (await influxd.query('DROP MEASUREMENT "ledger"', 'kaidong')),
    [Symbol.asyncDispose]: () => influxd[Symbol.asyncDispose](),
  };
}

async function placesIn2x(): Promise<Places> {
  const buckets = new AsyncDisposableStack();
  const opened: Influxdb2Bucket[] = [];
  return {
    store: async () => {
      const bucket = buckets.use(await influxdb2Bucket('rebuild'));
      opened.push(bucket);
      return openInfluxdb2Store(bucket);
    },
    dropLedger: async () => {
      const { bucket, org } = opened[0]!;
      const span = { start: '1970-01-01T00:00:00Z', stop: '2100-01-01T00:00:00Z' };
      const dropped = await askInfluxdb2(
        opened[0]!,
        `/api/v2/delete?${new URLSearchParams({ org, bucket })}`,
        {
          method: 'POST',
          body: JSON.stringify({ ...span, predicate: '_measurement="ledger"' }),
        },
      );
      expect(dropped.status, await dropped.text()).toBe(204);
    },
    [Symbol.asyncDispose]: () => buckets.disposeAsync(),
  };
}

const SERVERS = [
  { name: 'InfluxDB 1.x', skip: skipWithoutInfluxd, open: placesIn1x },
  { name: INFLUXDB2, skip: skipWithoutInfluxdb2, open: placesIn2x },
];

for (const { name, skip, open: openPlaces } of SERVERS)
  describe.skipIf(skip())(`a ledger in ${name}`, () => {
    test('that was dropped is rebuilt to the same integers, and stands when raw data is removed', async () => {
      await using places = await openPlaces();
      const dir = mkdtempSync(join(tmpdir(), 'kaidong-rebuild-'));
      using registry = openRegistry({ dir });
      onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
      await using store = await places.store();
      const { ledgerMarks, ledgerRevisions: revisions, rawHorizons } = registry;
      const open = () =>
        createAnalysis({ store, plant: plantOfTwo, now: () => NOW, ledgerMarks, revisions, rawHorizons });
      await store.write(readings());
      await using analysis = open();
      await analysis.record();
      const late = { machine: IMM_1, ts: MONDAY_8 + 3 * DAY + MINUTE };
      await store.write([{ ...late, signals: ['state'], values: ['setup'] }]);
      ledgerMarks.mark([{ machine: late.machine, from: late.ts, to: late.ts }]);
      await analysis.record();
      const before = await recorded(store);
      expect(before.filter(({ revision }) => revision === 2)).toHaveLength(3);

      await places.dropLedger();
      expect(await recorded(store)).toEqual([]);
      for (const { parts } of (await analysis.rebuilder.plan({ scope: '', from: null, to: null })).slices) {
        const count = await analysis.rebuilder.rebuild({ parts, check: false });
        expect(count).toMatchObject({ missing: before.length, differing: 0 });
      }
      expect(await recorded(store)).toEqual(before);

      const asked = { ...QUESTION, by: ['machine', 'day', 'shift'] as const };
      const published = await analysis.ledger(asked);
      expect(await analysis.removeRaw(MONDAY_8 + 2 * DAY)).toMatchObject({ outcome: 'removed', machines: 2 });
      const [left] = await store.points({ ...QUESTION, machine: IMM_1, signal: 'state', everyMs: null });
      expect(left?.[0]).toBeGreaterThanOrEqual(MONDAY_8 + 2 * DAY);
      await using again = open();
      const rows = (await again.ledger(asked)).rows.map((row) => ({
        ...row,
        flags: row.flags.filter((flag) => flag !== 'raw-data-removed'),
      }));
      expect(rows).toEqual(published.rows);
    });

    test('gives behind a border to the byte what it gave before anything was removed', async () => {
      await using places = await openPlaces();
      await using store = await places.store();
      for (const { whole, cut } of await withAndWithout(
        store,
        fc.sample(history, { numRuns: 8, seed: 2026 }),
      ))
        expect(cut).toEqual(whole);
    });

    test('answers by product and by order as it did before anything was removed', async () => {
      await using places = await openPlaces();
      await using store = await places.store();
      const histories = fc.sample(history, { numRuns: 2, seed: 33 });
      for (const { whole, cut } of await answersWithAndWithout(store, openForTest(), histories))
        expect(cut).toEqual(whole);
    });

    test('tells states, reasons and what stopped a line as it did before anything was removed', async () => {
      await using places = await openPlaces();
      for (const [place, one] of fc.sample(lineHistory, { numRuns: 3, seed: 38 }).entries()) {
        await using store = await places.store(`kaidong${place}`);
        for (const { whole, cut } of await toldWithAndWithout(store, openForTest(), one))
          expect(cut).toEqual(whole);
      }
    });

    test('answers every route as it did, but those that are of raw data itself', async () => {
      await using places = await openPlaces();
      await using store = await places.store();
      const plant = await plantIn(store, openForTest());
      const before = await plant.answers();
      for (const border of BORDERS) {
        await plant.remove(border);
        const changed = changesOf(before, await plant.answers());
        expect(new Set(changed.map(({ route }) => route))).toEqual(new Set(Object.keys(LOST)));
        for (const { route, after } of changed) LOST[route]?.(after);
      }
    });
  });
