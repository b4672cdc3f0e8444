import { z } from 'zod';
import type { CellsAnswer, ProofAnswer, Prover } from '../analysis/proof.ts';
import type { ControlActions } from '../operation/control.ts';
import { askProcess } from '../operation/control.ts';

const question = z.object({
  scope: z.string(),
  from: z.int(),
  to: z.int(),
  by: z.array(z.string()),
  asOf: z.int().optional(),
  zone: z.string().optional(),
});
const verifyInput = question.extend({ kpis: z.array(z.string()) });
const inputsInput = z.object({ machine: z.string(), from: z.int(), to: z.int(), asOf: z.int().optional() });

type Asked<K extends keyof Prover> = Parameters<Prover[K]>[0];

/** What `kaidong verify` and `kaidong inputs` ask of a running platform. */
export function proofActions(
  prover: () => Prover | null,
): Pick<ControlActions, 'proof-verify' | 'proof-inputs' | 'proof-cells'> {
  const here = (): Prover => {
    const one = prover();
    if (one) return one;
    throw new Error(
      'the process that runs here answers nothing, or not yet: ask one that runs "kaidong serve"',
    );
  };
  return {
    'proof-verify': (input) => here().verify(verifyInput.parse(input) as Asked<'verify'>),
    'proof-inputs': async (input) => {
      const inputs = await here().inputs(inputsInput.parse(input) as Asked<'inputs'>);
      return { base64: Buffer.from(inputs).toString('base64') };
    },
    'proof-cells': (input) => here().cells(question.parse(input) as Asked<'cells'>),
  };
}

/** The process that answers for a data folder. Its methods throw `NothingRunning` where there is none. */
export function runningProver(dir: string): Prover {
  const ask = (action: string, input: unknown): Promise<unknown> => askProcess(dir, action, input);
  return {
    verify: async (asked) => (await ask('proof-verify', asked)) as ProofAnswer,
    inputs: async (asked) =>
      Buffer.from(((await ask('proof-inputs', asked)) as { base64: string }).base64, 'base64'),
    cells: async (asked) => (await ask('proof-cells', asked)) as CellsAnswer,
  };
}
