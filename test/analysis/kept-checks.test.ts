import { describe, expect, test } from 'vitest';
import type { RawHorizons } from '../../analysis/raw-horizon.ts';
import type { LedgerKeptSince } from '../../analysis/remove-ledger.ts';
import type { Plant } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { createTown } from './assessment/town.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

const A = 'acme/zhoushan/moulding/line1/imm-01';
const B = 'acme/zhoushan/moulding/line1/imm-02';
/** Half past the hour in a zone whose hours begin there too. */
const kolkata = { ...shanghai, path: 'acme/pune', zone: 'Asia/Kolkata', shifts: [] };
const C = 'acme/pune/turning/line1/lathe-01';
const plant: Plant = { sites: [shanghai, kolkata], machines: [A, B, C].map((path) => machineOf(path)) };
const DAYS = 12;
const SPAN = { from: MONDAY_8, to: MONDAY_8 + DAYS * DAY };
/** Its days are whole in the span; those of the other site are cut. */
const QUESTION = { scope: 'acme/zhoushan', ...SPAN };

/** Runs around the clock; on one night the counters, meters and sensors of two stand still for eight hours. */
async function townOf({ dark = 1, store = openMemoryStore(), ...options }: Partial<Options> = {}) {
  const town = createTown({ plant, store, ...options });
  for (const machine of [A, B, C]) {
    let [count, energy] = [0, 0];
    await town.report(machine, MONDAY_8, { state: 'running' });
    for (let at = MONDAY_8; at < SPAN.to; at += 10 * MINUTE) {
      const doubtful = at - MONDAY_8 - dark * DAY;
      const still = machine !== B && doubtful >= 12 * HOUR && doubtful < 20 * HOUR;
      if (!still) [count, energy] = [count + 10 + (at % 7), energy + 1];
      const barrel = still ? 180 : 180 + (at % 7);
      await town.report(machine, at, { count, energy, barrel, mould: 'M1' });
    }
  }
  await town.clock.advance(DAYS * DAY + 2 * HOUR);
  return town;
}
interface Options {
  readonly dark: number;
  readonly store: Store;
  readonly keptChecks: ReturnType<typeof openForTest>['keptChecks'];
  readonly rawHorizons: RawHorizons;
  readonly ledgerKeptSince: () => LedgerKeptSince;
}

const checksOf = (machines: readonly { machine: string; findings: readonly { check: string }[] }[]) =>
  Object.fromEntries(machines.map(({ machine, findings }) => [machine, findings.map(({ check }) => check)]));
const STILL = ['running-without-pieces', 'running-without-energy', 'flat-line'];

describe('what checks need of hours and gauges, kept when they are recorded', () => {
  test('gives what ledger and facts give, whatever cuts the span, and an hour that begins at the half', async () => {
    const town = await townOf({ keptChecks: openForTest().keptChecks });
    await town.analysis.record();
    const cut = { from: SPAN.from + 5 * HOUR + 7 * MINUTE, to: SPAN.to - 3 * HOUR - 1 };
    for (const span of [SPAN, cut]) {
      const question = { scope: '', ...span };
      const { machines } = await town.analysis.plausibility(question);
      expect(await town.unrecorded().plausibility(question)).toMatchObject({ machines });
      expect(checksOf(machines)).toEqual({ [A]: STILL, [B]: [], [C]: STILL });
    }
  });

  test('is enough: no ledger of hours and no gauge is read again', async () => {
    const store = openMemoryStore();
    let asked = 0;
    const counting: Store = {
      ...store,
      ranges(query) {
        asked++;
        return store.ranges(query);
      },
      recordedLedger: (query) => {
        if (query.grain === 'hour') asked++;
        return store.recordedLedger(query);
      },
    };
    const town = await townOf({ keptChecks: openForTest().keptChecks, store: counting });
    await town.analysis.record();
    asked = 0;
    await town.analysis.plausibility({ ...QUESTION, to: SPAN.to - DAY });
    expect(asked).toBe(0);
  });

  test('follows what comes late, before and after the recorder has seen it', async () => {
    const town = await townOf({ keptChecks: openForTest().keptChecks });
    await town.analysis.record();
    // The sensor varied all the time, and its values come late.
    const begin = MONDAY_8 + DAY + 12 * HOUR;
    for (let at = begin; at < begin + 8 * HOUR; at += 20 * MINUTE)
      await town.report(A, at + 1, { barrel: at % 11 });
    const found = async () => checksOf((await town.analysis.plausibility(QUESTION)).machines)[A];
    expect(await found()).toEqual(STILL.slice(0, 2));
    await town.analysis.record();
    expect(await found()).toEqual(STILL.slice(0, 2));
  });

  test('stays when raw data goes', async () => {
    const { keptChecks, rawHorizons } = openForTest();
    const town = await townOf({ keptChecks, rawHorizons });
    await town.analysis.record();
    const before = await town.analysis.plausibility(QUESTION);
    expect(await town.analysis.removeRaw(MONDAY_8 + 6 * DAY)).toMatchObject({ outcome: 'removed' });
    expect(await town.analysis.plausibility(QUESTION)).toMatchObject({ machines: before.machines });
  });

  test('goes with the ledger of days', async () => {
    const { keptChecks, rawHorizons } = openForTest();
    const kept = { hour: null, shift: null, day: MONDAY_8 + 4 * DAY, revisions: null };
    const town = await townOf({ keptChecks, rawHorizons, ledgerKeptSince: () => kept });
    await town.analysis.record();
    await town.analysis.removeRaw(MONDAY_8 + 6 * DAY);
    expect(keptChecks.hoursOf(A, SPAN)[0]?.from).toBe(MONDAY_8 + 4 * DAY);
    expect(keptChecks.gaugesOf(A, SPAN)[0]?.from).toBe(MONDAY_8 + 4 * DAY);
  });
});

test('what an older version recorded is judged from raw data, and where that is gone it is said', async () => {
  const { rawHorizons, keptChecks } = openForTest();
  const town = await townOf({ rawHorizons });
  await town.analysis.record();
  expect(checksOf((await town.analysis.plausibility(QUESTION)).machines)[A]).toEqual(STILL);
  await town.analysis.removeRaw(MONDAY_8 + 6 * DAY);
  const { machines } = await town.analysis.plausibility(QUESTION);
  expect(checksOf(machines)).toEqual({ [A]: STILL.slice(0, 2), [B]: [] });
  const unjudged = machines.map((one) => one.unjudged);
  expect(unjudged[0]).toEqual({ from: MONDAY_8, to: MONDAY_8 + 6 * DAY });
  expect(keptChecks.gaugesOf(A, SPAN)).toEqual([]);
});
