import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Rebuilder } from '../analysis/rebuild.ts';
import { askProcess, type ControlActions, NothingRunning, openControl } from '../operation/control.ts';

/** Held by whoever records the ledger of a data folder: two would write the same cells. */
export const RECORDER_LOCK = 'recorder';

/** Where the way in to `kaidong analysis` lies, whose data folder is another process's. */
export const analysisFolder = (dir: string): string => join(dir, 'analysis');

const planInput = z.object({ scope: z.string(), from: z.int().nullable(), to: z.int().nullable() });
const sliceInput = z.object({
  parts: z.array(z.object({ machine: z.string(), from: z.int(), to: z.int() })),
  check: z.boolean(),
});

/** What `kaidong rebuild` asks of a running platform: the plan, then slice after slice, so that it can stop at any. */
export function rebuildActions(
  rebuilder: () => Rebuilder | null,
): Pick<ControlActions, 'rebuild-plan' | 'rebuild'> {
  const here = (): Rebuilder => {
    const one = rebuilder();
    if (one) return one;
    throw new Error(
      'the process that runs here records no ledger, or not yet: ask again in a moment, or ask one that runs "kaidong serve"',
    );
  };
  return {
    'rebuild-plan': (input) => here().plan(planInput.parse(input)),
    rebuild: (input, signal) => here().rebuild({ ...sliceInput.parse(input), signal }),
  };
}

/**
 * The process that records a data folder: `kaidong analysis`, whose way in lies beside, else `kaidong serve`. Its methods
 * throw {@link NothingRunning} where there is neither.
 */
export function runningRebuilder(dir: string): Rebuilder {
  const ask = async (action: string, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    try {
      return await askProcess(analysisFolder(dir), action, input, signal);
    } catch (error) {
      if (!(error instanceof NothingRunning)) throw error;
      return askProcess(dir, action, input, signal);
    }
  };
  return {
    plan: async (scope) => (await ask('rebuild-plan', scope)) as Awaited<ReturnType<Rebuilder['plan']>>,
    rebuild: async ({ signal, ...slice }) =>
      (await ask('rebuild', slice, signal)) as Awaited<ReturnType<Rebuilder['rebuild']>>,
  };
}

/** The way in to a process that records and takes nothing; the folder is there as long as it runs. */
export async function openRecorderControl(dir: string, rebuilder: Rebuilder): Promise<AsyncDisposable> {
  const folder = analysisFolder(dir);
  mkdirSync(folder, { recursive: true });
  const control = await openControl(
    folder,
    rebuildActions(() => rebuilder),
  );
  return {
    async [Symbol.asyncDispose]() {
      await control[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
