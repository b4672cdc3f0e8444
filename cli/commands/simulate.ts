import {
  simulate as run,
  SIMULATE_OPTIONS,
  SimulateUsageError,
  simulateOptionsOf,
} from '../../simulators/simulate.ts';
import { type Command, type OptionSpec, UsageError } from '../command.ts';

const options: Record<string, OptionSpec> = Object.fromEntries(
  SIMULATE_OPTIONS.map((option) => [
    option.name,
    {
      type: option.value === undefined ? 'boolean' : 'string',
      ...(option.value === undefined ? {} : { value: option.value }),
      help: option.default === undefined ? option.does : `${option.does} (default: ${option.default})`,
    } satisfies OptionSpec,
  ]),
);

export const simulate: Command = {
  id: 'simulate',
  watchesSignal: true,
  summary:
    'A plant whose truth is known, or a recorded machine: publishes, and compares the platform with the truth.',
  options: { ...options, json: { type: 'boolean', help: 'print the result as JSON' } },
  async run(invocation) {
    const { json, ...flags } = invocation.values;
    const result = await asked(() =>
      run(simulateOptionsOf(flags as Record<string, string | boolean | undefined>), {
        signal: invocation.signal,
        progress: (progress) => {
          if (json !== true && process.stderr.isTTY)
            process.stderr.write(`\r${JSON.stringify(progress)}\u001b[K`);
        },
      }),
    );
    if (json === true) invocation.print(JSON.stringify(result));
    else {
      const { machines, published, acknowledged, seconds, verification } = result;
      invocation.print(
        `${machines} machines, ${published} published, ${acknowledged} acknowledged in ${seconds.toFixed(1)} s`,
      );
      if (result.log) invocation.print(`log: ${JSON.stringify(result.log)}`);
      for (const difference of verification?.differences.slice(0, 50) ?? [])
        invocation.report(`differs: ${JSON.stringify(difference)}`);
      if (verification) {
        const count = verification.differences.length;
        invocation.print(
          count === 0 ? 'verified: the platform equals the truth' : `${count} differences from the truth`,
        );
      }
    }
    return result.ok ? 0 : 1;
  },
};

/** Runs what was asked for; options that can't be used, alone or together, are wrong usage. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SimulateUsageError) throw new UsageError(error.message);
    throw error;
  }
}
