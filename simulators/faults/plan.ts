import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { day, parseDurationMs } from '../duration.ts';
import type { Fault, FaultName, FaultPlan } from './fault.ts';
import { FAULTS } from './index.ts';

/** A plan that can't be followed; the message says which part, and what to write instead. */
export class FaultPlanError extends Error {
  override name = 'FaultPlanError';
}

const EXAMPLE = 'duplicates=0.01,reorder=0.02:30s,delay=0.01:5m,loss=0.005:10m';

/**
 * Reads a plan: `fault=share[:duration]`, comma-separated, or the name of a YAML or JSON file with the faults as keys and
 * `share[:duration]`, a number or `{ share, within }` as values. Throws {@link FaultPlanError}.
 */
export function parseFaults(plan: string): FaultPlan {
  if (!plan.includes('=')) {
    if (!existsSync(plan)) {
      throw new FaultPlanError(
        `faults "${plan}": neither a plan nor an existing file; write for example ${EXAMPLE}`,
      );
    }
    return planOfFile(plan);
  }
  const parts = plan.split(',').map((part) => part.trim());
  return planOf(
    parts.map((part): [string, unknown] => {
      const at = part.indexOf('=');
      if (at < 0) throw new FaultPlanError(`faults: "${part}" has no share; write for example ${EXAMPLE}`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
    'faults',
  );
}

/** By how much a message may be late at most. */
export const latenessOf = ({ reorder, delay }: FaultPlan): number =>
  (reorder?.withinMs ?? 0) + (delay?.withinMs ?? 0);

/** By how much a machine's clock may be wrong at most after a time. */
export const clockErrorOf = ({ skew, drift }: FaultPlan, elapsedMs: number): number =>
  (skew?.withinMs ?? 0) + Math.ceil(((drift?.withinMs ?? 0) * elapsedMs) / day);

/** Whether not everything that happens is published. */
export const loses = ({ loss, dropouts, deaths }: FaultPlan): boolean =>
  [loss, dropouts, deaths].some((fault) => (fault?.share ?? 0) > 0);

/** Whether what is lost is announced, so that what really happened lies within the bounds. */
export const tellsLosses = ({ loss, dropouts }: FaultPlan): boolean =>
  !dropouts && (loss === undefined || loss.withinMs > 0);

function planOfFile(file: string): FaultPlan {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new FaultPlanError(`${file}: ${(error as Error).message}; correct the YAML there`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultPlanError(`${file}: holds no mapping; write for example "duplicates: 0.01"`);
  }
  return planOf(Object.entries(value), file);
}

function planOf(entries: readonly (readonly [string, unknown])[], where: string): FaultPlan {
  const plan: Partial<Record<FaultName, Fault>> = {};
  for (const [name, value] of entries) {
    const kind = FAULTS.find(({ id }) => id === name);
    if (!kind) {
      throw new FaultPlanError(
        `${where}: "${name}" is no fault; choose from ${FAULTS.map(({ id }) => id).join(', ')}`,
      );
    }
    if (plan[kind.id]) throw new FaultPlanError(`${where}: "${name}" is given twice; give it once`);
    plan[kind.id] = faultOf(kind, value, where);
  }
  return plan;
}

function faultOf(kind: (typeof FAULTS)[number], value: unknown, where: string): Fault {
  const { id, withinMs: usual, leastMs = 1 } = kind;
  const { share: shareText, within } = partsOf(value);
  const share = /^\d*\.?\d+(e-?\d+)?$/i.test(shareText) ? Number(shareText) : Number.NaN;
  if (!(share >= 0 && share < 1)) {
    throw new FaultPlanError(
      `${where}: ${id}: "${shareText}" is no share; write a number from 0 to below 1, for example ${id}=0.01`,
    );
  }
  if (usual === null) {
    if (within !== undefined) {
      throw new FaultPlanError(`${where}: ${id}: takes no duration; write ${id}=${share}`);
    }
    return { share, withinMs: 0 };
  }
  const withinMs = within === undefined ? usual : parseDurationMs(within);
  if (withinMs === undefined) {
    throw new FaultPlanError(`${where}: ${id}: "${within}" is no duration; write for example ${id}=0.01:30s`);
  }
  if (withinMs < leastMs) {
    throw new FaultPlanError(`${where}: ${id}: "${within}" is too short; write at least ${leastMs}ms`);
  }
  return { share, withinMs };
}

function partsOf(value: unknown): { share: string; within: string | undefined } {
  if (typeof value === 'object' && value !== null) {
    const { share, within } = value as { share?: unknown; within?: unknown };
    return { share: String(share ?? ''), within: within === undefined ? undefined : String(within) };
  }
  const [share = '', ...rest] = String(value).split(':');
  return { share, within: rest.length > 0 ? rest.join(':') : undefined };
}
