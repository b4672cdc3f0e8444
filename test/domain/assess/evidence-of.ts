import {
  ASSESSMENT_SETTINGS,
  type AssessmentSettings,
  type Evidence,
  type MachineEvidence,
  type PinnedFigure,
  type WindowEvidence,
} from '../../../domain/assess/evidence.ts';
import { PINNED_KPIS } from '../../../domain/assess/pinned-kpis.ts';
import type { DeclaredFigure, Equipment, Pilot, Process } from '../../../domain/assess/register.ts';
import { GROUPS, type Group, type MeasureWindow } from '../../../domain/assess/rubric.ts';
import { figureOf } from '../../../domain/figure.ts';
import { type ClassMs, type LedgerSums, zeroMs, zeroSums } from '../../../domain/ledger-row.ts';
import { addSums, flagsOf } from '../../../domain/sums.ts';
import { pilot } from './pilot.ts';

const SITE = 'haida/zhoushan';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a machine did in a window, in the words that matter; what is left out is nothing, or 20 of 20 days. */
export interface MachineFacts {
  /** `never`: it was never heard at all, in this window or another. */
  readonly heard?: number | 'never';
  readonly scheduled?: number;
  readonly hours?: Partial<ClassMs>;
  readonly good?: number;
  readonly reject?: number;
  /** Ideal cycle in seconds; without it running time isn't split. */
  readonly cycleS?: number;
  readonly stopHours?: number;
  readonly reasonHours?: number;
  readonly signals?: readonly string[];
}

export interface EvidenceFacts {
  /** First and last day, in Shanghai. */
  readonly period?: readonly [string, string];
  readonly settings?: Partial<AssessmentSettings>;
  /** By id; `machine` is a short name of `machines`, and `is` lists the flags that are set. */
  readonly equipment?: Readonly<
    Record<string, { readonly machine?: string; readonly is?: readonly string[] } | null>
  >;
  readonly processes?: Readonly<Record<string, readonly string[]>>;
  readonly declared?: readonly DeclaredFigure[];
  readonly machines?: Readonly<Record<string, MachineFacts | null>>;
  /** Further windows: the last days, and what the machines did in them. */
  readonly lastDays?: Readonly<Record<string, Readonly<Record<string, MachineFacts | null>>>>;
  readonly coverageFloor?: number;
}

export const pathOf = (machine: string): string => `${SITE}/moulding/line1/${machine}`;

/** Evidence as a desk would gather it: figures are those of the ledger's sums, and a group's those of its machines. */
export function evidenceOf(facts: EvidenceFacts): Evidence {
  const [first, last] = facts.period ?? ['2026-03-01', '2026-03-31'];
  const from = startOf(first);
  const to = startOf(last) + DAY_MS;
  const registered: Pilot = pilot({
    sites: [SITE],
    equipment: Object.entries(facts.equipment ?? {}).map(([id, made]) => equipmentOf(id, made ?? {})),
    processes: Object.entries(facts.processes ?? {}).map(([id, is]) => processOf(id, is)),
    declared: facts.declared ?? [],
    answers: [],
  });
  const window = (
    asked: MeasureWindow,
    span: { from: number; to: number },
    machines: NonNullable<EvidenceFacts['machines']>,
  ): WindowEvidence =>
    windowOf({ asked, span, machines, pilot: registered, floor: facts.coverageFloor ?? 0.5 });
  return {
    pilot: registered,
    period: { from, to },
    zone: 'Asia/Shanghai',
    asOf: to + DAY_MS,
    settings: { ...ASSESSMENT_SETTINGS, ...facts.settings },
    windows: [
      window('period', { from, to }, facts.machines ?? {}),
      ...Object.entries(facts.lastDays ?? {}).map(([days, machines]) =>
        window({ lastDays: Number(days) }, { from: to - Number(days) * DAY_MS, to }, machines),
      ),
    ],
  };
}

const startOf = (date: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime('Asia/Shanghai').epochMilliseconds;

const equipmentOf = (
  id: string,
  { machine, is = [] }: { readonly machine?: string; readonly is?: readonly string[] },
): Equipment => ({
  id,
  name: id,
  machine: machine === undefined ? null : pathOf(machine),
  process: null,
  key: is.includes('key'),
  numericallyControlled: is.includes('numericallyControlled'),
  digital: is.includes('digital'),
  shouldBeNetworked: is.includes('shouldBeNetworked'),
});

const processOf = (id: string, is: readonly string[]): Process => ({
  id,
  name: id,
  key: is.includes('key'),
  numericallyControlled: is.includes('numericallyControlled'),
});

function windowOf(of: {
  readonly asked: MeasureWindow;
  readonly span: { readonly from: number; readonly to: number };
  readonly machines: NonNullable<EvidenceFacts['machines']>;
  readonly pilot: Pilot;
  readonly floor: number;
}): WindowEvidence {
  const sums = new Map(
    Object.entries(of.machines).map(([name, made]) => [pathOf(name), sumsOf(made ?? {})] as const),
  );
  const machines = Object.entries(of.machines).map(([name, made]) =>
    machineOf({
      name,
      facts: made ?? {},
      sums: sums.get(pathOf(name)) as LedgerSums,
      span: of.span,
      floor: of.floor,
    }),
  );
  const paths = new Set(machines.map(({ path }) => path));
  const named = (fits: (equipment: Equipment) => boolean): string[] =>
    of.pilot.equipment.flatMap((equipment) =>
      fits(equipment) && equipment.machine ? [equipment.machine] : [],
    );
  const members: Readonly<Record<Group, readonly string[]>> = {
    registered: [...paths],
    key: named(({ key }) => key),
    'should-be-networked': named(({ shouldBeNetworked }) => shouldBeNetworked),
    heard: machines.filter(({ heardDays }) => heardDays > 0).map(({ path }) => path),
  };
  return {
    window: of.asked,
    ...of.span,
    machines: machines.sort((a, b) => (a.path < b.path ? -1 : 1)),
    groups: GROUPS.map((group) => {
      const list = [...new Set(members[group])].filter((path) => paths.has(path)).sort();
      const all = addSums(list.map((path) => sums.get(path) as LedgerSums));
      return { group, machines: list, figures: list.length > 0 ? figuresOf(all, of.floor) : [] };
    }),
  };
}

function sumsOf({ hours = {}, good = 0, reject = 0, cycleS }: MachineFacts): LedgerSums {
  const ms = zeroMs();
  for (const [key, value] of Object.entries(hours)) ms[key as keyof ClassMs] = value * HOUR_MS;
  const us = (pieces: number) => BigInt((cycleS ?? 0) * 1_000_000) * BigInt(pieces);
  const runningUs =
    cycleS === undefined
      ? null
      : {
          productive: us(good),
          rejectLoss: us(reject),
          speedLoss: BigInt(ms.running) * 1000n - us(good + reject),
        };
  const counts = { produced: good + reject, good, reject, duringUnknown: 0, extra: 0 };
  const sums = { ...zeroSums(), ms, runningUs, counts };
  return { ...sums, flags: flagsOf(new Set(), sums) };
}

function machineOf(of: {
  readonly name: string;
  readonly facts: MachineFacts;
  readonly sums: LedgerSums;
  readonly span: { readonly from: number; readonly to: number };
  readonly floor: number;
}): MachineEvidence {
  const { heard = 20, scheduled = 20, stopHours = 0, reasonHours = 0, signals = ['state'] } = of.facts;
  return {
    path: pathOf(of.name),
    declared: true,
    lastHeard: heard === 'never' ? null : heard === 0 ? of.span.from - DAY_MS : of.span.to - HOUR_MS,
    scheduledDays: scheduled,
    heardDays: heard === 'never' ? 0 : heard,
    ms: of.sums.ms,
    counts: of.sums.counts,
    stops: { ms: stopHours * HOUR_MS, withReasonMs: reasonHours * HOUR_MS },
    signals: heard === 'never' ? [] : signals,
    figures: figuresOf(of.sums, of.floor),
  };
}

/** The digest stands for the cells behind it: other sums, another digest. */
const figuresOf = (sums: LedgerSums, coverageFloor: number): PinnedFigure[] =>
  PINNED_KPIS.map((kpi) => ({
    ...figureOf(kpi, sums, { coverageFloor }),
    revision: 1,
    digest: `digest of ${Object.values(sums.ms).join(' ')}`,
  }));
