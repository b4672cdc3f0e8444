import {
  FIGURE_FLAGS,
  type FigureFlag,
  type FormulaInputs,
  type Kpi,
  knownBusyMs,
  plannedBusyMs,
  type Ratio,
} from './formula.ts';
import type { LedgerFlag, LedgerSums } from './ledger-row.ts';
import { ratioOf } from './ratio.ts';

/** A KPI's value with its proof: `value` is `numerator / denominator`, the denominator being known time. */
export interface FigureResult {
  readonly kpi: string;
  readonly value: number | null;
  /** Bounds from the unknown time; `null` where none can be given. */
  readonly low: number | null;
  readonly high: number | null;
  /** (PBT − unknown) / PBT; `null` where nothing was planned. */
  readonly coverage: number | null;
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
  readonly inputs: FormulaInputs;
  readonly flags: readonly (LedgerFlag | FigureFlag)[];
  /** Coverage is below the machine's floor; the value stands, but is not to be judged by. */
  readonly notAssessable: boolean;
  readonly unit: string;
  readonly formulaVersion: string;
}

/** The two integers whose ratio is a figure's value: the denominator is known time. `null` where it can't be made. */
export function integersOf(
  kpi: Kpi,
  sums: LedgerSums,
): { readonly numerator: bigint; readonly denominator: bigint } | null {
  const parts = kpi.parts(sums);
  return parts.kind === 'missing' ? null : { numerator: parts.numerator, denominator: knownTime(parts) };
}

const knownTime = ({ denominator, unknown }: Ratio): bigint => denominator - (unknown ?? 0n);

/** A KPI of ledger sums (semantics "Figures"). `coverageFloor` is a share of planned busy time, 0 to 1. */
export function figureOf(
  kpi: Kpi,
  sums: LedgerSums,
  { coverageFloor }: { readonly coverageFloor: number },
): FigureResult {
  const parts = kpi.parts(sums);
  const coverage = ratioOf(BigInt(knownBusyMs(sums.ms)), BigInt(plannedBusyMs(sums.ms)));
  const notAssessable = coverage !== null && coverage < coverageFloor;
  const said = new Set<FigureFlag>();
  if (notAssessable) said.add('below-coverage-floor');
  const known = { kpi: kpi.id, unit: kpi.unit, formulaVersion: kpi.formulaVersion, coverage, notAssessable };
  const flags = () => [...sums.flags, ...FIGURE_FLAGS.filter((flag) => said.has(flag) && !isIn(sums, flag))];

  if (parts.kind === 'missing') {
    said.add(parts.flag);
    const nothing = { value: null, low: null, high: null, numerator: null, denominator: null };
    return { ...known, ...nothing, inputs: parts.inputs, flags: flags() };
  }
  const { numerator, inputs } = parts;
  const denominator = knownTime(parts);
  const value = ratioOf(numerator, denominator);
  if (value === null) said.add(parts.denominator === 0n ? parts.ifZero : 'no-known-time');
  const atLeast = value === null && parts.atLeast !== undefined ? ratioOf(parts.atLeast, 1n) : value;
  const bounds =
    parts.unknown !== null
      ? {
          low: ratioOf(numerator, parts.denominator),
          high: ratioOf(numerator + parts.unknown, parts.denominator),
        }
      : sums.ms.unknown > 0
        ? { low: null, high: null }
        : { low: atLeast, high: value };
  return { ...known, value, ...bounds, numerator, denominator, inputs, flags: flags() };
}

const isIn = (sums: LedgerSums, flag: FigureFlag): boolean =>
  (sums.flags as readonly string[]).includes(flag);
