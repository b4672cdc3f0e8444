import { ConfigError } from '../config.ts';
import { type ExitCode, helpOf, type Invocation, NotChecked, parse, UsageError } from './command.ts';
import { commandNamed } from './command-named.ts';
import { stopAt } from './stop-at.ts';

async function overview(): Promise<string> {
  const { COMMANDS } = await import('./commands/index.ts');
  return [
    'usage: kaidong <command> [options]',
    '',
    ...COMMANDS.map((command) => `  ${command.id.padEnd(14)} ${command.summary}`),
    '',
    'kaidong <command> --help tells more.',
  ].join('\n');
}

async function main([id, ...args]: readonly string[]): Promise<ExitCode> {
  if (id === undefined || id === '--help' || id === 'help') {
    console.log(await overview());
    return id === undefined ? 2 : 0;
  }
  const command = await commandNamed(id);
  if (!command) throw new UsageError(`there is no command "${id}"\n\n${await overview()}`);
  const { help, ...parsed } = parse(command, args);
  if (help) {
    console.log(helpOf(command));
    return 0;
  }
  const stop = new AbortController();
  if (command.watchesSignal) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) stopAt(signal, stop);
  }
  const invocation: Invocation = {
    ...parsed,
    print: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    report: (line) => process.stderr.write(`${line}\n`),
    signal: stop.signal,
  };
  return await command.run(invocation);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError || error instanceof ConfigError;
  process.stderr.write(`kaidong: ${(error as Error).message}\n`);
  if (!usage && process.env.KAIDONG_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : error instanceof NotChecked ? 3 : 1;
}
