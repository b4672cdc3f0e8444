import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { SaidEdit } from '../../analysis/annotations/said-edit.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { ROUTES } from '../../api/routes/index.ts';
import type { Reading } from '../../domain/observation.ts';
import type { Plant } from '../../domain/plant.ts';
import type { openRegistry } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, machineOf, shanghai } from '../analysis/plants.ts';
import { startApi } from './start-api.ts';

const LINE = 'acme/zhoushan/moulding/line1';
const SAW = `${LINE}/saw`;
const DAYS = 4;
const NOW = MONDAY_8 + DAYS * DAY + 3 * HOUR;
const plant: Plant = {
  sites: [shanghai],
  machines: [
    machineOf(IMM_1, { idealCycleUs: 12_500_000 }),
    machineOf(IMM_2, { idealCycleUs: 10_000_000, maxSilenceMs: null }),
    machineOf(SAW),
  ],
};

const signed = { by: '王工', note: null, takenAt: null, sentAt: null };
const said = (edit: Partial<SaidEdit> & Pick<SaidEdit, 'id' | 'kind' | 'from' | 'to'>): SaidEdit => ({
  ...{ machine: IMM_1, reason: undefined, class: null, ...signed },
  ...edit,
});

/** A line of three machines: the first fails, is set up and is silent for a while, the second waits for it, the third for that. */
async function history(store: Store): Promise<void> {
  const readings: Reading[] = [];
  for (let minute = 0; minute < DAYS * 24 * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE + (minute % 7);
    const turn = minute % 240;
    const [failed, waits] = [turn >= 60 && turn < 80, turn >= 65 && turn < 90];
    const say = (machine: string, values: Readonly<Record<string, string | number>>) =>
      readings.push({ machine, ts, signals: Object.keys(values), values: Object.values(values) });
    if (minute % 1000 < 900 || minute % 1000 > 940) {
      const state = failed ? 'down' : turn === 200 ? 'setup' : turn === 120 ? 'blocked' : 'running';
      const reason = failed && turn < 70 ? 'mould' : '';
      say(IMM_1, {
        state,
        count: minute,
        reason,
        ...(turn === 0 && { order: `WO-${minute}`, product: 'P1' }),
      });
    }
    say(IMM_2, { state: waits ? 'starved' : 'running', count: minute * 2, energy: minute / 10 });
    say(SAW, { state: waits || turn === 95 ? 'starved' : turn > 220 ? 'idle' : 'running' });
  }
  await store.write(readings);
}

const span = (from: number, to: number): string => `from=${from}&to=${to}`;
const whole = span(MONDAY_8, MONDAY_8 + DAYS * DAY);
/** Begins and ends within an hour, and a stop. */
const odd = span(MONDAY_8 + 62 * MINUTE, MONDAY_8 + 2 * DAY + 66 * MINUTE);
const BY = ['', 'machine', 'shift', 'day', 'hour', 'product', 'order,day', 'line,shift,day'];
const rowsOf = (route: string, more = ''): readonly string[] => [
  ...BY.map((by) => `${route}?${whole}&scope=${LINE}${by && `&by=${by}`}${more}`),
  `${route}?${span(MONDAY_8, MONDAY_8 + DAY)}&by=machine,day&zone=America/New_York${more}`,
];
const perMachine = (route: string, more = ''): readonly string[] =>
  [IMM_1, IMM_2, SAW].flatMap((machine) =>
    [whole, odd].map((some) => `${route}?machine=${machine}&${some}${more}`),
  );
const shift = (day: string, id: string): string => `/api/v1/shift-report?line=${LINE}&day=${day}${id}`;

/** What is asked for, by route. */
export const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  plant: ['/api/v1/plant'],
  machines: ['/api/v1/machines'],
  machine: [`/api/v1/machines/${IMM_1}`],
  timeline: perMachine('/api/v1/timeline'),
  ledger: rowsOf('/api/v1/ledger'),
  losses: rowsOf('/api/v1/losses'),
  reasons: [...rowsOf('/api/v1/reasons'), `/api/v1/reasons?${odd}&by=machine`],
  stops: perMachine('/api/v1/stops'),
  annotations: perMachine('/api/v1/annotations'),
  'line-stops': [whole, odd].map((some) => `/api/v1/line-stops?line=${LINE}&${some}`),
  'shift-report': [
    ...['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'].flatMap((day) =>
      ['', '&shift=day', '&shift=night'].map((id) => shift(day, id)),
    ),
  ],
  kpis: rowsOf('/api/v1/kpis'),
  revisions: [`/api/v1/revisions?${whole}`],
  'cell-revisions': [`/api/v1/revisions/cell?machine=${IMM_1}&grain=hour&from=${MONDAY_8}`],
  orders: [`/api/v1/orders?${whole}`, `/api/v1/orders?${span(MONDAY_8, MONDAY_8 + 5 * HOUR + 33 * MINUTE)}`],
  order: [`/api/v1/orders/WO-240?from=${MONDAY_8}`],
  products: ['/api/v1/products'],
  verify: rowsOf('/api/v1/verify'),
  'ledger-inputs': [`/api/v1/ledger/inputs?machine=${IMM_1}&${span(MONDAY_8, MONDAY_8 + HOUR)}`],
  'ledger-cells': rowsOf('/api/v1/ledger/cells'),
  plausibility: [`/api/v1/plausibility?${whole}`],
  signals: ['state', 'count'].map((signal) => `/api/v1/signals?machine=${IMM_1}&signal=${signal}&${whole}`),
  observations: [`/api/v1/observations?machine=${IMM_1}&${whole}&limit=5000`],
  calendar: [`/api/v1/calendar?site=acme/zhoushan&${whole}`],
  'reason-tree': ['/api/v1/reason-tree?site=acme/zhoushan'],
  catalogue: ['/api/v1/kpis/catalogue'],
};

/** Where raw data is removed, one after the other: at 08:00 in Shanghai. */
export const BORDERS = [MONDAY_8 + DAY, MONDAY_8 + 2 * DAY];

interface Answered {
  readonly route: string;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly json: any;
}
type Answers = ReadonlyMap<string, Answered>;

const ISO = /^2026-01-/;

/** Routes that lose something, and how their answers say so. */
export const LOST: Readonly<Record<string, (after: Answered) => void>> = {
  verify: ({ json }) => {
    const outcomes = json.rows.map((row: { outcome: string }) => row.outcome);
    expect(outcomes).toContain('not-checked');
    expect(outcomes).not.toContain('differs');
  },
  'ledger-inputs': ({ status, json }) => expect([status, json.code]).toEqual([410, 'raw-data-removed']),
  plausibility: ({ json }) => expect(json.keptSince).toMatch(ISO),
  // Of a span that ends within an hour the last pieces are unknown.
  orders: ({ json }) => {
    for (const { machines } of json.orders)
      for (const { flags } of machines) expect(flags).toContain('raw-data-removed');
  },
  signals: ({ json }) => expect(json.keptSince).toMatch(ISO),
  observations: ({ json }) => expect(json.keptSince).toMatch(ISO),
};

/** Without what says that raw data is gone. */
const plain = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json), (name, value) => {
    if (name === 'flags') return value.filter((flag: string) => flag !== 'raw-data-removed');
    if (name === 'remarks')
      return value.filter(
        ({ code }: { code: string }) => !['facts-removed', 'raw-data-removed'].includes(code),
      );
    return ['keptSince', 'editableSince'].includes(name) ? null : value;
  });

/** The answers that aren't what they were. */
export const changesOf = (before: Answers, after: Answers) =>
  [...before].flatMap(([question, one]) => {
    const two = after.get(question) as Answered;
    const isSame = one.status === two.status && isDeepStrictEqual(plain(one.json), plain(two.json));
    return isSame ? [] : [{ question, route: one.route, after: two }];
  });

export async function plantIn(store: Store, registry: ReturnType<typeof openRegistry>) {
  let keptSince = Number.NEGATIVE_INFINITY;
  const open = () =>
    createAnalysis({
      ...{ store, plant, now: () => NOW, ledgerMarks: registry.ledgerMarks, keptSince: () => keptSince },
      ...{ workShelf: registry.work, editLog: registry.annotations, rawHorizons: registry.rawHorizons },
      ...{
        streamPrints: registry.streamPrints,
        keptChecks: registry.keptChecks,
        revisions: registry.ledgerRevisions,
      },
    });
  await history(store);
  const analysis = open();
  const at = (day: number, minute: number): number => MONDAY_8 + day * DAY + minute * MINUTE;
  const { stops } = analysis;
  await stops.say(said({ id: 'a', kind: 'annotate', from: at(0, 60), to: at(0, 80), reason: 'tooling' }));
  await stops.say(
    said({ id: 'b', kind: 'reclassify', from: at(0, 300), to: at(0, 320), class: 'plannedStop' }),
  );
  await stops.say(said({ id: 'c', kind: 'split', from: at(0, 545), to: at(0, 545) }));
  await stops.say(said({ id: 'd', kind: 'merge', from: at(1, 60), to: at(1, 130), reason: 'other' }));
  await stops.say(said({ id: 'e', kind: 'annotate', from: at(1, 300), to: null, reason: 'mechanical' }));
  await stops.undo('e', { id: 'f', ...signed });
  await analysis.record();
  return {
    analysis,
    async remove(before: number) {
      keptSince = before;
      const removal = await analysis.removeRaw(before);
      if (removal.outcome !== 'removed') throw new Error(JSON.stringify(removal));
    },
    /** What every question of every route is answered, by its address. */
    async answers(): Promise<Answers> {
      await using api = await startApi({ analysis: open(), now: () => NOW });
      const found = new Map<string, Answered>();
      for (const { id: route } of ROUTES) {
        for (const question of QUESTIONS[route] ?? []) {
          const { status, json } = await api.ask(`GET ${question}`);
          found.set(question, { route, status, json });
        }
      }
      return found;
    },
  };
}
