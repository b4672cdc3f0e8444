import { MACHINE_DEFAULTS, type Plant } from '../../../domain/plant.ts';
import type { Facts, OracleMachine, OracleSite, Said } from './minutes.ts';
import { MINUTE } from './minutes.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const noon = [{ start: 720, end: 765 }];

/** Sites in zones whose clocks change, or stand half an hour off, with calendars that change and shifts that run into one another. */
const sitesFor = (change: string): readonly OracleSite[] => [
  {
    path: 'acme/berlin',
    zone: 'Europe/Berlin',
    dayStart: 360,
    shifts: [
      { id: 'early', start: 360, end: 840, days: WEEK, breaks: [{ start: 540, end: 555 }] },
      {
        id: 'night',
        start: 1320,
        end: 400,
        days: [5, 6, 7],
        breaks: [
          { start: 130, end: 190 },
          { start: 1425, end: 15 },
        ],
      },
    ],
    versions: [
      {
        from: change,
        dayStart: 300,
        shifts: [
          { id: 'early', start: 330, end: 900, days: WEEK, breaks: noon },
          { id: 'late', start: 900, end: 1380, days: WEEK, breaks: [] },
        ],
      },
    ],
    maintenance: [{ days: [6, 7], start: 660, end: 700 }],
  },
  {
    path: 'acme/pune',
    zone: 'Asia/Kolkata',
    dayStart: 480,
    shifts: [
      { id: 'day', start: 480, end: 1200, days: WEEK, breaks: noon },
      { id: 'night', start: 1200, end: 480, days: [1, 3, 5, 6], breaks: [] },
    ],
  },
  { path: 'acme/wuxi', zone: 'Asia/Shanghai', dayStart: 0, shifts: [] },
];

const machine = (path: string, more: Partial<OracleMachine> = {}): OracleMachine => ({
  ...{ path, idealCycleUs: 12_500_000, productCycleUs: { P1: 11_800_001 } },
  ...{ minorStopMs: 5 * MINUTE, maxSilenceMs: 40 * MINUTE },
  ...more,
});

const MACHINES: readonly OracleMachine[] = [
  machine('acme/berlin/press/l1/p1'),
  machine('acme/berlin/press/l1/p2', { maxSilenceMs: null, minorStopMs: 0, productCycleUs: { P2: 333_333 } }),
  machine('acme/berlin/paint/l2/c1', { idealCycleUs: null, productCycleUs: {} }),
  machine('acme/pune/press/l1/p1', { minorStopMs: 20 * MINUTE }),
  machine('acme/wuxi/press/l1/p1', { maxSilenceMs: 15 * MINUTE }),
];

/** Numbers that follow from a seed alone. */
function numbersFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

const WORDS = [
  'running',
  'running',
  'running',
  'down',
  'idle',
  'held',
  'setup',
  'starved',
  'blocked',
  'off',
  'planned-stop',
  'unknown',
  'brewing',
];

/** What a machine says, on whole minutes: counters that grow and now and then start again, silences, orders and products. */
function saidBy(seed: number, from: number, to: number, spare: readonly string[]): readonly Said[] {
  const next = numbersFrom(seed);
  const said: Said[] = [];
  const counters: Record<string, number> = {
    count: 1000,
    reject: 50,
    rework: 7,
    inspected: 900,
    energy: 12.5,
  };
  for (let ts = from; ts < to; ts += MINUTE * (next(40) === 0 ? 30 + next(150) : 1 + next(12))) {
    const values: Record<string, string | number> = {};
    if (ts === from || next(3) === 0) values.state = WORDS[next(WORDS.length)] as string;
    if (ts === from || next(2) === 0) {
      for (const signal of Object.keys(counters)) {
        if (spare.includes(signal)) continue;
        const grown =
          signal === 'count' || signal === 'inspected'
            ? next(40)
            : signal === 'energy'
              ? next(2000) / 1000
              : next(4);
        const value = next(60) === 0 ? next(9) : (counters[signal] as number) + grown;
        counters[signal] = Math.round(value * 1000) / 1000;
        if (signal === 'count' || next(3) > 0 || ts === from) values[signal] = counters[signal];
      }
    }
    if (next(12) === 0) values.product = ['P1', 'P2', ''][next(3)] as string;
    if (next(10) === 0) values.order = ['', 'O-1', 'O-2', 'O-3'][next(4)] as string;
    if (Object.keys(values).length === 0) values.temperature = next(90);
    said.push({ ts, values });
  }
  return said;
}

export interface OraclePlant {
  readonly plant: Plant;
  readonly facts: readonly Facts[];
}

/** A plant whose calendar changes on a date, and what its machines said in a span. */
export function plantFor({
  seed,
  change,
  from,
  to,
}: {
  readonly seed: number;
  readonly change: string;
  readonly from: number;
  readonly to: number;
}): OraclePlant {
  const sites = sitesFor(change);
  const facts = MACHINES.map((one, index): Facts => {
    const spare = index === 1 ? ['rework', 'inspected'] : index === 4 ? ['energy', 'inspected'] : [];
    const site = sites.find(({ path }) => one.path.startsWith(`${path}/`)) as OracleSite;
    return { site, machine: one, said: saidBy(seed * 31 + index, from, to, spare) };
  });
  const machines = MACHINES.map((one) => ({ ...MACHINE_DEFAULTS, declared: true, coverageFloor: 0, ...one }));
  return { plant: { sites, machines }, facts };
}
