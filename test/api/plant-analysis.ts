import type { Figure, LedgerRow, LiveEvent, MachineDetail, ReasonRow } from '../../analysis/answers.ts';
import { calendarOf } from '../../analysis/calendar.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { type Analysis, QuestionRefused } from '../../analysis/port.ts';
import type { ProvedRow } from '../../analysis/proof.ts';
import type { CellAnswer, RevisionAnswer } from '../../analysis/revisions.ts';
import { kpis } from '../../domain/kpi/index.ts';
import { zeroMs } from '../../domain/ledger-row.ts';
import { lineAt } from '../../domain/line/line.ts';
import type { OrderEntry } from '../../domain/orders/entry.ts';
import { machineAt, type Plant, type Site } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';

export const T0 = Date.UTC(2026, 2, 2);
export const HOUR = 3_600_000;
export const IMM = 'acme/zhoushan/moulding/line1/imm-01';
/** 2^53 + 1: the first integer that a double can't hold. */
export const BEYOND = 9_007_199_254_740_993n;

const SITE: Site = {
  ...{ path: 'acme/zhoushan', zone: 'Asia/Shanghai', dayStart: 480 },
  shifts: [
    { id: 'day', start: 480, end: 1200, days: [1], breaks: [{ start: 720, end: 765 }] },
    { id: 'night', start: 1200, end: 480, days: [1], breaks: [] },
  ],
  rotation: {
    anchor: '2026-01-01',
    days: [[{ shift: 'day', crew: 'A' }, { shift: 'night' }]],
  },
  maintenance: [{ from: T0, to: T0 + HOUR }],
};
const WEEKDAYS = [1, 2, 3, 4, 5];
const OFFICE: Site = {
  ...{ path: 'acme/zhoushan', zone: 'Asia/Shanghai', dayStart: 0, calendar: 'office' },
  shifts: [{ id: 'office', start: 510, end: 1050, days: WEEKDAYS, breaks: [] }],
  makeupAs: 5,
  holidays: {
    id: 'cn',
    years: [
      {
        ...{ year: 2026, source: { title: '通知', number: '7号', verification: 'verified' } },
        days: [
          { from: '2026-03-03', until: '2026-03-03', kind: 'closed', name: { zh: '节', en: 'Feast' } },
          { from: '2026-03-07', until: '2026-03-07', kind: 'workday', name: { zh: '节', en: 'Feast' } },
        ],
      },
    ],
  },
  versions: [{ from: '2026-03-09', dayStart: 0, shifts: [] }],
  exceptions: [{ from: '2026-03-04', until: '2026-03-04', shifts: [], why: '<b>停电' }],
};
/** Two calendars of one site: crews that rotate, and an office that keeps to holidays. */
const PLANNED: Plant = {
  ...{ sites: [SITE], machines: [] },
  calendars: [{ scope: 'acme/zhoushan/office', site: OFFICE }],
};

const detail: MachineDetail = {
  path: IMM,
  declared: true,
  state: 'down',
  reason: '换模',
  since: T0,
  lastHeard: T0 + 5,
  stale: false,
  source: IMM,
  signals: [
    { name: 'count', unit: '1', kind: 'counter', value: BEYOND, ts: T0 + 5 },
    { name: 'door', unit: null, kind: 'gauge', value: true, ts: T0 },
    { name: 'state', unit: null, kind: 'state', value: 'down', ts: T0 },
    { name: 'temperature', unit: '°C', kind: 'gauge', value: 212.5, ts: T0 },
  ],
  config: {
    ...machineAt({ sites: [], machines: [] }, IMM),
    zone: 'Asia/Shanghai',
    dayStart: 8 * 60,
    calendar: 'four-crews',
    declared: true,
    idealCycleUs: 12_500_125,
    productCycleUs: { P1: 11_800_000 },
    counters: { count: { rollover: 65_536 } },
    maintenance: [
      { days: [6], start: 14 * 60, end: 60 },
      { from: T0, to: T0 + HOUR },
    ],
    classes: [{ class: 'delay', states: ['idle'] }],
  },
};

const row: LedgerRow = {
  key: { machine: IMM, shift: null },
  from: T0,
  to: T0 + HOUR,
  ms: { ...zeroMs(), running: HOUR - 1000, unknown: 1000 },
  runningUs: { productive: BEYOND, rejectLoss: 0n, speedLoss: -BEYOND },
  counts: { produced: 10, good: 9, reject: 1, duringUnknown: 0, extra: 0 },
  quality: { rework: null, inspected: 10 },
  orders: { ms: HOUR, unknownMs: 1000, busyMs: HOUR - 1000, runningMs: HOUR - 1000, produced: 10 },
  failures: 2,
  energyWh: { planned: 1500, outside: 0, duringUnknown: 7 },
  revision: 3,
  digest: 'ab'.repeat(32),
  flags: ['effectiveness-above-1'],
};

const reasonRow: ReasonRow = {
  key: { machine: IMM, shift: null },
  from: T0,
  to: T0 + HOUR,
  reasons: [
    { class: 'running', state: 'running', reason: null, ms: HOUR - 1000, stops: 2, longestMs: HOUR / 2 },
    { class: 'unknown', state: 'unknown', reason: 'unmapped', ms: 1000, stops: 1, longestMs: 1000 },
  ],
};

const side = {
  digest: 'ab'.repeat(32),
  figures: [{ kpi: 'oee', value: 0.5, numerator: `${BEYOND}`, denominator: '1', formulaVersion: 'oee/1' }],
};
const provedRow: ProvedRow = {
  ...{ key: {}, from: T0, to: T0 + HOUR, outcome: 'not-checked', because: 'removed', rawDataRemoved: true },
  ...{ served: { ...side, revision: 2 }, recomputed: side },
};

const revision: RevisionAnswer = {
  ...{
    id: 7,
    machine: IMM,
    grain: 'hour',
    from: T0,
    to: T0 + HOUR,
    revision: 3,
    previous: 2,
    at: T0 + 2 * HOUR,
  },
  ...{ causes: ['late-data', 'cycle'], afterFinal: true },
  settings: [{ name: 'machine.idealCycleUs', cause: 'cycle', before: null, after: BEYOND }],
  classes: [{ class: 'running', before: 0, after: HOUR }],
  counts: [{ count: 'produced', before: 1, after: 2 }],
  figures: [{ kpi: 'oee', before: null, after: 0.5 }],
};

const cellAnswer: CellAnswer = {
  ...{ machine: IMM, grain: 'hour', from: T0, to: T0 + HOUR },
  olderRemoved: false,
  revisions: [
    {
      ...{ ...row, machine: IMM, grain: 'hour', revision: 2, at: null, causes: [], current: false },
      kpis: { oee: { num: BEYOND, den: 2n * BEYOND } },
    },
    {
      ...{ ...row, machine: IMM, grain: 'hour', revision: 3, at: T0, causes: ['late-data'], current: true },
      kpis: {},
    },
  ],
};

const figure = (kpi: string): Figure => ({
  kpi,
  value: 0.5,
  low: 0.4,
  high: 0.6,
  coverage: 0.9,
  numerator: BEYOND,
  denominator: 2n * BEYOND,
  unit: '1',
  formulaVersion: '1',
  revision: 3,
  digest: 'cd'.repeat(32),
  inputs: { runningMs: BEYOND },
  flags: [],
  notAssessable: false,
});

const figuresOf = (kpis: readonly string[]) =>
  kpis.map((kpi) => ({ ...figure(kpi), finality: 'provisional' as const }));

/** An analysis with one machine and answers of known content, that notes what it was asked and can send live events. */
export interface PlantAnalysis extends Analysis {
  readonly asked: unknown[];
  send(event: LiveEvent): void;
  readonly listeners: number;
}

/** Orders and products of the plant: one of each that was entered. */
function noteWork(asked: unknown[], inScope: (scope: string) => void): Analysis['work'] {
  const signed = { by: '王工', note: null, enteredAt: T0 };
  const counts = { produced: 120, good: 118, reject: 2, duringUnknown: 0, extra: 0 };
  const entry: OrderEntry = {
    ...{ id: 4, order: 'WO-1', scope: '', from: T0, product: 'P1', plannedQuantity: 500, plannedScrap: 0 },
    ...{ plannedStart: T0, plannedEnd: null, countedAt: null, ...signed },
  };
  return {
    products: () => [{ id: 3, product: null, scope: 'acme', from: T0, cycleUs: 11_800_500, ...signed }],
    async enterProduct(said) {
      asked.push(said);
      return { id: 5, ...said, from: said.from ?? T0, enteredAt: T0 };
    },
    async enterOrder(said) {
      asked.push(said);
      return { id: 6, ...said, from: said.from ?? T0, enteredAt: T0 };
    },
    orderEntries: (order) => (order === 'WO-1' ? [entry] : []),
    async orders(question) {
      asked.push(question);
      inScope(question.scope);
      if (question.order !== undefined && question.order !== 'WO-1') {
        return { asOf: T0 + HOUR, orders: [], more: false };
      }
      const machine = { machine: IMM, start: T0, end: null, products: ['P1'], counts, runningMs: HOUR };
      const standing = {
        ...{ order: 'WO-1', entry, plannedQuantity: 500, plannedScrap: 0, start: T0, end: null, counts },
        ...{
          startedBefore: true,
          machines: [{ ...machine, counted: true, flags: [], revision: 2, digest: 'ab' }],
        },
      };
      return { asOf: T0 + HOUR, orders: [standing], more: false };
    },
  };
}

/** An analysis of one declared machine that was never heard. */
const standingPlant = () =>
  createAnalysis({
    store: openMemoryStore(),
    plant: {
      sites: [{ path: 'acme/zhoushan', zone: 'Asia/Shanghai', dayStart: 480, shifts: [] }],
      machines: [{ ...machineAt({ sites: [], machines: [] }, IMM), declared: true }],
    },
    now: () => T0 + HOUR,
    ledgerMarks: createMemoryMarks(),
  });

export function plantAnalysis(): PlantAnalysis {
  const listeners = new Set<(event: LiveEvent) => void>();
  const asked: unknown[] = [];
  const known = (machine: string): void => {
    if (machine !== IMM) throw new QuestionRefused('machine-not-found', 'machine', `no machine "${machine}"`);
  };
  const inScope = (scope: string): void => {
    if (!IMM.startsWith(scope))
      throw new QuestionRefused('scope-not-found', 'scope', `no machine in "${scope}"`);
  };
  return {
    catalogue: kpis,
    asked,
    get listeners() {
      return listeners.size;
    },
    send(event) {
      for (const listener of listeners) listener(event);
    },
    plant: async () => ({ asOf: T0 + 10, machines: [detail] }),
    async presence(question) {
      asked.push(question);
      const machine = {
        ...{ path: IMM, declared: true, presence: 'silent' as const, source: IMM },
        ...{ firstHeard: T0 - 1, lastHeard: T0 + 5, silentSince: T0 + 6 },
      } as const;
      const counts = { declared: 3, undeclared: 0, silent: 1, neverHeard: 2 };
      return { asOf: T0 + 10, counts, machines: [machine] };
    },
    async machine(path) {
      known(path);
      return detail;
    },
    async timeline({ machine, from, to, asOf = T0 + HOUR }) {
      asked.push({ machine, from, to, asOf });
      known(machine);
      const intervals = [
        { from, to: T0 + 5, state: 'unknown', raw: null, reason: null, source: 'never' },
        { from: T0 + 5, to, state: 'running', raw: 'ACTIVE', reason: null, source: 'observed' },
      ] as const;
      return { machine, from, to, asOf, keptSince: null, intervals };
    },
    async ledger(question) {
      asked.push(question);
      inScope(question.scope);
      if (question.by.includes('hour') && !question.zone) {
        throw new QuestionRefused('zone-needed', 'zone', 'the scope lies in Asia/Shanghai and Europe/Berlin');
      }
      return { from: question.from, to: question.to, asOf: T0 + HOUR, rows: [{ ...row, finality: 'final' }] };
    },
    async reasons(question) {
      asked.push(question);
      inScope(question.scope);
      const { from, to } = question;
      return { from, to, asOf: T0 + HOUR, keptSince: T0 - HOUR, rows: [reasonRow] };
    },
    async shift({ line, shift, day }) {
      inScope(line);
      if (shift === 'late')
        throw new QuestionRefused('shift-not-found', 'shift', 'no shift "late"; there are: day');
      return { line, shift, day, zone: 'Asia/Shanghai', from: T0, to: T0 + HOUR };
    },
    async shiftReport(question) {
      asked.push(question);
      const place = await this.shift(question);
      const { from, to } = place;
      const sums = {
        row: { ...row, finality: 'final' as const },
        figures: ['utilisation', 'oee'].map(figure),
      };
      const { line, ms, stops, byMachine } = await this.lineStops({ line: question.line, from, to });
      const part = {
        class: 'breakdown',
        state: 'down',
        reason: '<i>',
        ms: 5,
        stops: 1,
        longestMs: 5,
      } as const;
      return {
        ...{ place, asOf: T0 + HOUR, status: 'provisional', finalAt: T0 + 2 * HOUR, whole: sums, line },
        machines: [{ ...sums, machine: IMM, strip: [{ from, to, class: 'running' }] }],
        ...{ work: [sums], stops: [{ ...part, machine: IMM }], lineStops: { ms, stops, byMachine } },
        before: { ...sums, place: { ...place, day: '2026-03-01' } },
        remarks: [{ code: 'unknown-time', machine: IMM, ms: 1000 }],
      };
    },
    calendar(question) {
      asked.push(question);
      return calendarOf(PLANNED, question);
    },
    async lineStops(question) {
      asked.push(question);
      inScope(question.line);
      const { line: path, from, to } = question;
      const line = lineAt(undefined, path, [IMM, `${path}/imm-02`]);
      const cause = {
        machine: IMM,
        kind: 'own',
        state: 'down',
        reason: '<b>',
        because: null,
        inferred: true,
      } as const;
      const own = { machine: IMM, state: 'down', reason: '<b>', role: 'own', inferred: false } as const;
      const waits = {
        machine: `${path}/imm-02`,
        state: 'idle',
        reason: null,
        role: 'starved',
        inferred: true,
      } as const;
      const unknown = {
        machine: null,
        kind: 'unknown',
        state: null,
        reason: null,
        because: 'silent',
        inferred: false,
      } as const;
      return {
        ...{ line, from, to, asOf: T0 + HOUR, keptSince: null },
        ...{ ms: { running: HOUR - 7, stopped: 7, unknown: 0, outside: 0 } },
        stops: [
          { from, to: from + 5, cause, chain: [waits, own], continued: true, over: false },
          { from: from + 5, to: from + 7, cause: unknown, chain: [], continued: true, over: false },
        ],
        byMachine: [
          { machine: IMM, kind: 'own', ms: 5, stops: 1, longestMs: 5 },
          { machine: null, kind: 'unknown', ms: 2, stops: 1, longestMs: 2 },
        ],
      };
    },
    work: noteWork(asked, inScope),
    stops: standingPlant().stops,
    async kpis(question) {
      asked.push(question);
      inScope(question.scope);
      return {
        rows: [{ key: {}, from: question.from, to: question.to, figures: figuresOf(question.kpis) }],
      };
    },
    async revisions(question) {
      asked.push(question);
      inScope(question.scope);
      return { revisions: [revision], next: question.before === undefined ? revision.id : null };
    },
    async cellRevisions(cell) {
      asked.push(cell);
      known(cell.machine);
      return cell.from === T0 ? cellAnswer : null;
    },
    async plausibility(question) {
      asked.push(question);
      inScope(question.scope);
      const finding = {
        check: 'flat-line',
        from: T0,
        to: T0 + HOUR,
        evidence: { signal: 'temp', flatHours: 6 },
      };
      const { from, to } = question;
      const machines = [{ machine: IMM, grade: 'B' as const, findings: [finding] }];
      return { from, to, asOf: T0 + HOUR, keptSince: T0 - HOUR, machines };
    },
    proof: {
      async verify(question) {
        asked.push(question);
        inScope(question.scope);
        const { from, to, scope } = question;
        return { scope, from, to, asOf: T0 + HOUR, keptSince: T0 - HOUR, rows: [provedRow] };
      },
      async inputs({ machine, from, to }) {
        known(machine);
        return new TextEncoder().encode(`{"from":${from},"to":${to}}`);
      },
      async cells(question) {
        asked.push(question);
        inScope(question.scope);
        const { from, to } = question;
        const cells = [[IMM, from, to, 'ab'.repeat(32)] as const];
        return { from, to, asOf: T0 + HOUR, rows: [{ key: {}, from, to, digest: 'ef'.repeat(32), cells }] };
      },
    },
    async signals(question) {
      asked.push(question);
      known(question.machine);
      if (question.signal !== 'count') {
        throw new QuestionRefused('signal-not-found', 'signal', `no signal "${question.signal}"`);
      }
      return {
        keptSince: T0 - HOUR,
        points:
          question.everyMs === null
            ? [
                [T0, BEYOND],
                [T0 + 1, 'x'],
              ]
            : [[T0, 1, 1.5, 2, 2]],
      };
    },
    async observations(question) {
      asked.push(question);
      known(question.machine);
      return {
        keptSince: T0 - HOUR,
        observations: [
          { ts: T0, signal: 'count', value: BEYOND },
          { ts: T0, signal: 'state', value: '<script>' },
        ],
        next: { ts: T0, signal: 'a b' },
      };
    },
    live(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    record: async () => 0,
    async [Symbol.asyncDispose]() {},
  };
}
