import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseDurationMs } from '../duration.ts';

/** A fault that befalls a share of the messages; what `withinMs` bounds depends on the fault. */
export interface Fault {
  readonly share: number;
  readonly withinMs: number;
}

export type FaultName = 'duplicates' | 'reorder' | 'delay' | 'loss';
export type FaultPlan = Readonly<Partial<Record<FaultName, Fault>>>;

/** What each fault does, and how long it may take where the plan doesn't say. */
export const FAULTS: Readonly<Record<FaultName, { readonly does: string; readonly withinMs: number }>> = {
  duplicates: { does: 'the message is published a second time within the duration', withinMs: 5_000 },
  reorder: { does: 'the message is overtaken by others within the duration', withinMs: 30_000 },
  delay: { does: 'the message is late by up to the duration', withinMs: 300_000 },
  loss: {
    does: 'connections fail for about the duration each: the messages of that time are not published, and the broker publishes the last will (state unknown, reason offline). With :0s single messages vanish and nothing says so',
    withinMs: 600_000,
  },
};

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
    if (!Object.hasOwn(FAULTS, name)) {
      throw new FaultPlanError(
        `${where}: "${name}" is no fault; choose from ${Object.keys(FAULTS).join(', ')}`,
      );
    }
    if (plan[name as FaultName]) throw new FaultPlanError(`${where}: "${name}" is given twice; give it once`);
    plan[name as FaultName] = faultOf(name as FaultName, value, where);
  }
  return plan;
}

function faultOf(name: FaultName, value: unknown, where: string): Fault {
  const { share: shareText, within } = partsOf(value);
  const share = /^\d*\.?\d+(e-?\d+)?$/i.test(shareText) ? Number(shareText) : Number.NaN;
  if (!(share >= 0 && share < 1)) {
    throw new FaultPlanError(
      `${where}: ${name}: "${shareText}" is no share; write a number from 0 to below 1, for example ${name}=0.01`,
    );
  }
  const withinMs = within === undefined ? FAULTS[name].withinMs : parseDurationMs(within);
  if (withinMs === undefined || (withinMs === 0 && name !== 'loss')) {
    throw new FaultPlanError(
      `${where}: ${name}: "${within}" is no duration; write for example ${name}=0.01:30s`,
    );
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
