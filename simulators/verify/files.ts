import { existsSync, readFileSync } from 'node:fs';
import { loses, tellsLosses } from '../faults/plan.ts';
import { type SimulateOptions, SimulateUsageError } from '../options.ts';
import { parseConfig } from '../plant-config.ts';
import type { SimulateRun } from '../simulate.ts';
import { readTruth } from '../truth/file.ts';
import { platformAt } from './platform.ts';
import { type Verification, verify } from './verify.ts';

/** Verifies what an earlier run published, from its two files alone. Throws {@link SimulateUsageError} where one is missing. */
export async function verifyFiles(
  options: SimulateOptions,
  { signal, progress }: SimulateRun,
): Promise<Verification> {
  const { verifyUrl, verifyToken, truth, configOut, faults = {}, verifyWaitMs } = options;
  for (const [name, file] of [
    ['truth', truth],
    ['config-out', configOut],
  ]) {
    if (file === undefined || !existsSync(file)) {
      throw new SimulateUsageError(
        `--verify without --mqtt compares with what an earlier run wrote: --${name} must name its file${file === undefined ? '' : ` (${file} doesn't exist)`}; or name the broker with --mqtt to publish first`,
      );
    }
  }
  const lost = loses(faults);
  if (lost && !tellsLosses(faults)) {
    throw new SimulateUsageError(
      '--faults: where something was lost that nothing tells of, the files alone bound nothing; verify as it is published, with --mqtt',
    );
  }
  const stop = signal ?? new AbortController().signal;
  const config = parseConfig(readFileSync(configOut as string, 'utf8'), configOut as string);
  const machines = await readTruth(truth as string);
  return verify({
    platform: platformAt({ url: verifyUrl as string, token: verifyToken, signal: stop }),
    config,
    // The file has the real truth, which a run with loss didn't publish.
    published: lost ? null : machines,
    real: lost ? machines : null,
    messages: null,
    waitMs: verifyWaitMs ?? 120_000,
    signal: stop,
    progress: (done, total) => progress?.({ stage: 'verify', done, total }),
  });
}
