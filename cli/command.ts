import { parseArgs } from 'node:util';

/** One option of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
  readonly multiple?: boolean;
}

export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>;
  readonly positionals: readonly string[];
  /** Writes a line to standard output. */
  print(line: string): void;
  /** Writes to standard output as it is, without a line break; absent: only lines can be written. */
  write?(text: string): void;
  /** Writes a line to standard error. */
  report(line: string): void;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Ends of a command: 0 ok, 1 found a problem, 2 wrong usage, 3 could not tell: what it takes to check isn't there. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What it takes to tell isn't there: nothing is said against what was to be checked; the exit code is 3. */
export class NotChecked extends Error {
  override name = 'NotChecked';
}

/** One command of `kaidong`; the folder `commands/` lists them all. */
export interface Command {
  readonly id: string;
  readonly summary: string;
  readonly positionals?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** It ends by itself, in order, when `signal` aborts; the others are ended by the signal as usual. */
  readonly watchesSignal?: true;
  run(invocation: Invocation): Promise<ExitCode>;
}

/** Wrong usage: the message says what is allowed; the exit code is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const HELP: OptionSpec = { type: 'boolean', help: 'show this help' };

/** The text that `--help` prints. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, help: HELP }).map(([name, option]) => {
    const flag = `--${name}${option.value ? ` ${option.value}` : ''}`;
    return `  ${flag.padEnd(26)} ${option.help}`;
  });
  const usage = ['kaidong', command.id, command.positionals, '[options]'].filter(Boolean).join(' ');
  return [`usage: ${usage}`, '', command.summary, '', ...rows].join('\n');
}

/** Parses the arguments of a command. Throws {@link UsageError}. */
export function parse(
  command: Command,
  args: readonly string[],
): Pick<Invocation, 'values' | 'positionals'> & { help: boolean } {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: HELP }).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple ?? false },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: command.positionals !== undefined,
    });
    return { values: values as Invocation['values'], positionals, help: values.help === true };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The text value of an option, or `undefined`. */
export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The numeric value of an option. Throws {@link UsageError}. */
export function number(invocation: Invocation, name: string): number | undefined {
  const value = text(invocation, name);
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (value.trim() === '' || !Number.isFinite(parsed))
    throw new UsageError(`--${name}: "${value}" is no number`);
  return parsed;
}
