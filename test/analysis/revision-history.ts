import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { LedgerRow } from '../../analysis/answers.ts';
import { type AnalysisWithEvidence, createAnalysis } from '../../analysis/create-analysis.ts';
import type { Plant, Site } from '../../domain/plant.ts';
import { correctionsIn, markLate } from '../../ingest/late-marks.ts';
import { openRegistry, type Registry } from '../../registry/registry.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Grain } from '../../store/port.ts';
import { type Store, StoreUnavailable } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

/** What happens to a plant: by whom, where and when is told in small numbers. */
export type Step =
  | { readonly do: 'late'; readonly minute: number; readonly state: string }
  | { readonly do: 'count'; readonly minute: number; readonly count: number }
  | { readonly do: 'edit'; readonly minute: number; readonly minutes: number; readonly reason: string }
  | { readonly do: 'undo'; readonly edit: number }
  | { readonly do: 'plant'; readonly plant: number; readonly who: 'api' | 'both' }
  | { readonly do: 'ask'; readonly by: 'hour' | 'shift' | 'day'; readonly at: number }
  | { readonly do: 'part'; readonly from: number; readonly minutes: number }
  | { readonly do: 'record' }
  | { readonly do: 'away' }
  | { readonly do: 'restart' }
  | { readonly do: 'wait'; readonly hours: number };

/** Also before anything else was heard of the machine. */
const minute = fc.integer({ min: -20 * 60, max: 20 * 60 - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      minute,
      state: fc.constantFrom('running', 'idle', 'down', 'held'),
    }),
  },
  fc.record({ do: fc.constant('count' as const), minute, count: fc.nat(5000) }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      minute,
      minutes: fc.integer({ min: 1, max: 300 }),
      reason: fc.constantFrom('no-orders', 'cleaning'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), edit: fc.nat(3) }) },
  fc.record({
    do: fc.constant('plant' as const),
    plant: fc.nat(3),
    who: fc.constantFrom('api' as const, 'both' as const),
  }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      by: fc.constantFrom('hour' as const, 'shift' as const, 'day' as const),
      at: fc.nat(2),
    }),
  },
  fc.record({ do: fc.constant('part' as const), from: minute, minutes: fc.integer({ min: 1, max: 90 }) }),
  { weight: 3, arbitrary: fc.constant({ do: 'record' as const }) },
  fc.constant({ do: 'away' as const }),
  fc.constant({ do: 'restart' as const }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 8 }) }),
);

/** Steps in turns; those of a turn happen at once. */
export const turns = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
  minLength: 4,
  maxLength: 25,
});

const shortened = (site: Site, minutes: number): Site => ({
  ...site,
  shifts: site.shifts.map((shift) => (shift.id === 'day' ? { ...shift, end: shift.end - minutes } : shift)),
});
const machine = machineOf(IMM_1, { idealCycleUs: 12_500_000, maxSilenceMs: null, coverageFloor: 0 });
const PLANTS: readonly Plant[] = [
  { sites: [shanghai], machines: [machine] },
  { sites: [shortened(shanghai, 240)], machines: [machine] },
  { sites: [{ ...shanghai, dayStart: 7 * 60 }], machines: [machine] },
  { sites: [shanghai], machines: [{ ...machine, minorStopMs: 300_000, idealCycleUs: 10_000_000 }] },
];

/** What was answered of a cell. */
interface Told {
  readonly digest: string;
  readonly content: string;
}

const rowDigest = (
  ...cells: readonly {
    readonly machine: string;
    readonly from: number;
    readonly to: number;
    readonly digest: string;
  }[]
) =>
  createHash('sha256')
    .update(JSON.stringify(cells.map(({ machine, from, to, digest }) => [machine, from, to, digest])))
    .digest('hex');

const sumsOf = ({
  ms,
  runningUs,
  counts,
  quality,
  orders,
  failures,
  energyWh,
  flags,
}: Pick<
  LedgerRow,
  'ms' | 'runningUs' | 'counts' | 'quality' | 'orders' | 'failures' | 'energyWh' | 'flags'
>): string =>
  JSON.stringify([ms, runningUs, counts, quality, orders, failures, energyWh, flags], (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );

/** A store that takes its time, so that what happens at once does so in many orders; it can be away. */
function unhurried(store: Store, state: { away: boolean }): Store {
  let calls = 0;
  const pause = async (): Promise<void> => {
    for (let turn = (calls++ * 7) % 5; turn > 0; turn--) await nextTurn();
  };
  return {
    ...store,
    async recordLedger(cells) {
      await pause();
      if (state.away) throw new StoreUnavailable('away');
      await store.recordLedger(cells);
      await pause();
    },
    async recordedLedger(query) {
      await pause();
      const found = await store.recordedLedger(query);
      await pause();
      return found;
    },
    async *facts(query) {
      await pause();
      for await (const facts of store.facts(query)) {
        yield facts;
        await pause();
      }
    },
  };
}

/** Plays the steps with an `api` and an `analysis` on one data folder, and holds every answer to what is read back. */
export async function playHistory(played: readonly (readonly Step[])[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-history-'));
  const state = { away: false };
  const store = unhurried(openMemoryStore(), state);
  let now = MONDAY_8 + 24.5 * HOUR;
  const plants = { api: 0, recorder: 0 };
  const open = (plant: number) => {
    const registry = openRegistry({ dir });
    const analysis = createAnalysis({
      ...{ store, plant: PLANTS[plant] as Plant, now: () => now, ledgerMarks: registry.ledgerMarks },
      ...{ revisions: registry.ledgerRevisions, served: registry.servedCells, editLog: registry.annotations },
    });
    return { registry, analysis };
  };
  let api: { registry: Registry; analysis: AnalysisWithEvidence } = open(0);
  let recorder = open(0);
  const told = new Map<string, Told>();
  const last = new Map<string, Told & { revision: number }>();
  const parts = new Map<string, { revision: number; digest: string }>();
  const edits: string[] = [];

  /** Answers about one cell come in the order in which they are told, since a turn asks one thing at a time. */
  const tell = (grain: Grain, row: LedgerRow): void => {
    const place = `${grain} ${row.from}`;
    const { revision, digest } = row;
    const content = sumsOf(row);
    const known = told.get(`${place} ${revision}`);
    if (known) expect({ place, revision, ...known }).toEqual({ place, revision, digest, content });
    told.set(`${place} ${revision}`, { digest, content });
    const before = last.get(place);
    if (before) {
      // What came back came back under a new number: that neighbours differ is seen when they are read back.
      const isSame = before.digest === digest && before.content === content;
      const least = isSame ? before.revision : before.revision + 1;
      expect(revision, place).toBeGreaterThanOrEqual(least);
    }
    last.set(place, { digest, content, revision });
  };
  const ask = async (by: 'hour' | 'shift' | 'day', day: number): Promise<void> => {
    const from = MONDAY_8 + (day - 1) * DAY;
    const dimensions = by === 'shift' ? (['day', 'shift'] as const) : ([by] as const);
    const { rows } = await api.analysis.ledger({ scope: IMM_1, from, to: from + 2 * DAY, by: dimensions });
    for (const row of rows) {
      const whole = by === 'hour' || by === 'day' || row.key.shift !== null;
      // Only a whole, closed cell has a number of its own.
      const inside = row.from > from && row.to < Math.min(from + 2 * DAY, now - HOUR);
      if (whole && inside && !row.flags.includes('provisional')) tell(by, row);
    }
  };
  /** Two whole days as one row: what it said follows from the changes that were noted of its cells. */
  const askDays = async (): Promise<void> => {
    const window = { from: MONDAY_8 - DAY, to: MONDAY_8 + DAY };
    // By this plant's calendar they are cells of another grid.
    if (plants.api === 2 || window.to + HOUR > now) return;
    const row = (await api.analysis.ledger({ scope: IMM_1, ...window, by: [] })).rows[0] as LedgerRow;
    told.set(`days ${window.from} ${row.revision}`, { digest: row.digest, content: sumsOf(row) });
  };
  const askPart = async (first: number, minutes: number): Promise<void> => {
    const from = MONDAY_8 + first * MINUTE + 1;
    const window = { from, to: from + minutes * MINUTE };
    if (window.to + 2 * HOUR > now) return;
    const row = (await api.analysis.ledger({ scope: IMM_1, ...window, by: [] })).rows[0] as LedgerRow;
    const name = `${first} ${minutes} ${plants.api}`;
    const before = parts.get(name);
    if (before && before.digest !== row.digest) expect(row.revision).toBeGreaterThan(before.revision);
    if (before) expect(row.revision).toBeGreaterThanOrEqual(before.revision);
    parts.set(name, row);
  };
  const report = async (at: number, values: Record<string, string | number>): Promise<void> => {
    const readings = [
      { machine: IMM_1, ts: at, signals: Object.keys(values), values: Object.values(values) },
    ];
    const { ledgerMarks } = recorder.registry;
    const corrected = await correctionsIn(ledgerMarks, store, readings);
    await store.write(readings);
    markLate(ledgerMarks, readings, corrected);
  };
  const edit = (
    kind: 'annotate' | 'undo',
    span: { from: number; to: number },
    reason: string | null,
    undoes: string | null,
  ) => {
    const id = `e${edits.length}`;
    const times = { madeAt: now, takenAt: null, receivedAt: now };
    api.registry.annotations.add({
      ...{ id, machine: IMM_1, kind, ...span, follows: false, reason, class: null, undoes },
      ...{ note: null, by: '王工', treeVersion: 1, ...times },
    });
    edits.push(id);
  };
  const record = async (): Promise<void> => {
    try {
      await recorder.analysis.record();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  };
  const restart = async (): Promise<void> => {
    for (const one of [api, recorder]) {
      await one.analysis[Symbol.asyncDispose]();
      one.registry.close();
    }
    api = open(plants.api);
    recorder = open(plants.recorder);
  };
  const play = async (one: Step): Promise<void> => {
    const at = 'minute' in one ? MONDAY_8 + one.minute * MINUTE : 0;
    switch (one.do) {
      case 'late':
        return report(at, { state: one.state });
      case 'count':
        return report(at, { count: one.count });
      case 'edit':
        return edit('annotate', { from: at, to: at + one.minutes * MINUTE }, one.reason, null);
      case 'undo': {
        const id = edits.at(-1 - one.edit);
        const undone = id === undefined ? undefined : api.registry.annotations.get(id);
        return undone && edit('undo', undone, null, undone.id);
      }
      case 'plant':
        plants.api = one.plant;
        if (one.who === 'both') plants.recorder = one.plant;
        return;
      case 'ask':
        await ask(one.by, one.at);
        return askDays();
      case 'part':
        return askPart(one.from, one.minutes);
      case 'record':
        return record();
      case 'away':
        state.away = !state.away;
        return;
      case 'wait':
        now += one.hours * HOUR;
        return;
      default:
    }
  };

  try {
    const base = Array.from({ length: 40 }, (_, index) =>
      report(MONDAY_8 + index * 31 * MINUTE, {
        state: index % 3 === 0 ? 'idle' : 'running',
        count: index * 100,
      }),
    );
    await Promise.all(base);
    for (const turn of played) {
      // A restart is one of both processes, alone; one asks at a time, so that answers have an order.
      const alone = turn.filter(({ do: what }) => what === 'restart' || what === 'plant');
      const asking = turn.filter((one) => one.do === 'ask' || one.do === 'part').slice(0, 1);
      const others = turn.filter(
        (one) => one.do !== 'restart' && one.do !== 'plant' && one.do !== 'ask' && one.do !== 'part',
      );
      await Promise.all([...others, ...asking].map(play));
      for (const one of alone) await play(one);
      if (alone.length > 0) await restart();
    }
    await readBack(told, () => api);
    state.away = false;
    plants.recorder = plants.api;
    await restart();
    await record();
    for (const by of ['hour', 'shift', 'day'] as const) await ask(by, 1);
    await readBack(told, () => api);
  } finally {
    await api.analysis[Symbol.asyncDispose]();
    await recorder.analysis[Symbol.asyncDispose]();
    api.registry.close();
    recorder.registry.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Every revision that was told of is listed with its cause, and says what it said; neighbours differ. */
async function readBack(
  told: ReadonlyMap<string, Told>,
  open: () => { readonly registry: Registry; readonly analysis: AnalysisWithEvidence },
): Promise<void> {
  const { analysis, registry } = open();
  const { revisions: listed } = await analysis.revisions({
    scope: '',
    from: 0,
    to: MONDAY_8 + 99 * DAY,
    limit: 100_000,
  });
  for (const [name, { digest, content }] of told) {
    if (name.startsWith('days')) {
      expect(await daysThen(analysis, listed, Number(name.split(' ')[2])), name).toBe(digest);
      continue;
    }
    const [grain, from, revision] = name.split(' ') as [Grain, string, string];
    const place = { machine: IMM_1, grain, from: Number(from) };
    const cell = await analysis.cellRevisions(place);
    const version = cell?.revisions.find((one) => one.revision === Number(revision));
    expect({ name, found: version && [rowDigest(version), sumsOf(version)] }).toEqual({
      name,
      found: [digest, content],
    });
    if (Number(revision) > 1) {
      const noted = listed.find(
        (one) => one.grain === grain && one.from === Number(from) && one.revision === Number(revision),
      );
      expect(noted?.causes.length, name).toBeGreaterThan(0);
      expect(noted?.previous, name).not.toBeNull();
    }
    const digests = cell?.revisions.map((one) => `${one.digest} ${one.flags}`) ?? [];
    for (const [index, one] of digests.entries()) expect(one, name).not.toBe(digests[index + 1]);
    expect(registry.ledgerRevisions.ofCell(place).map((one) => one.revision)).not.toContain(1);
  }
}

/** The digest of the row of two days at its revision: of its cells as they were after that many changes. */
async function daysThen(
  analysis: AnalysisWithEvidence,
  listed: Awaited<ReturnType<AnalysisWithEvidence['revisions']>>['revisions'],
  revision: number,
): Promise<string> {
  const days = [MONDAY_8 - DAY, MONDAY_8];
  const changes = listed
    .filter(({ grain, from }) => grain === 'day' && days.includes(from))
    .sort((a, b) => a.id - b.id)
    .slice(0, revision - 1);
  const cells = await Promise.all(
    days.map(async (from) => {
      const then = changes.findLast((one) => one.from === from)?.revision ?? 1;
      const cell = await analysis.cellRevisions({ machine: IMM_1, grain: 'day', from });
      return cell?.revisions.find((one) => one.revision === then);
    }),
  );
  return rowDigest(...cells.map((cell) => cell as NonNullable<typeof cell>));
}
