import {
  simulate as run,
  SIMULATE_OPTIONS,
  type SimulateResult,
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
      const { verification } = result;
      for (const line of linesOf(result)) invocation.print(line);
      for (const difference of verification?.differences.slice(0, 50) ?? [])
        invocation.report(`differs: ${JSON.stringify(difference)}`);
      if (verification) {
        const count = verification.differencesInAll;
        invocation.print(
          count === 0 ? 'verified: the platform equals the truth' : `${count} differences from the truth`,
        );
      }
    }
    return result.ok ? 0 : 1;
  },
};

/** What a run came to, for people. */
function linesOf({ machines, published, acknowledged, seconds, ...result }: SimulateResult): string[] {
  const { faults, balance, soak, log } = result;
  const lines = [
    `${machines} machines, ${published} published, ${acknowledged} acknowledged in ${seconds.toFixed(1)} s`,
  ];
  if (log) lines.push(`log: ${JSON.stringify(log)}`);
  for (const { fault, befell, counts, accounts } of faults) {
    lines.push(`${fault}: ${befell} ${counts}; ${accounts}`);
  }
  if (balance) {
    const { received, ...fates } = balance.messages;
    const listed = Object.entries(fates).map(([fate, count]) => `${count} ${FATE_WORDS[fate] ?? fate}`);
    lines.push(
      `balance: ${published} published, ${acknowledged} acknowledged, ${received} received = ${listed.join(' + ')}`,
    );
    for (const { what, expected, atMost, found } of balance.expected) {
      if (expected > 0 || found > 0)
        lines.push(
          `balance: ${found} ${what}, the faults account for ${expected}${atMost === undefined ? '' : ` to ${atMost}`}`,
        );
    }
  }
  if (soak) {
    const { firstMb, lastMb, peakMb, slopeMbPerHour } = soak.memory;
    const slope =
      slopeMbPerHour === null ? 'too short for a slope' : `${slopeMbPerHour.toFixed(1)} MB an hour`;
    lines.push(
      `soak: ${soak.parts} parts verified; memory ${firstMb.toFixed(0)} MB at first, ${lastMb.toFixed(0)} MB at last, at most ${peakMb.toFixed(0)} MB, ${slope}`,
    );
  }
  return lines;
}

const FATE_WORDS: Readonly<Record<string, string>> = { inFlight: 'in flight' };

/** Runs what was asked for; options that can't be used, alone or together, are wrong usage. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SimulateUsageError) throw new UsageError(error.message);
    throw error;
  }
}
