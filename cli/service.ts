import type { Config } from '../config.ts';
import type { Platform, Role } from '../main.ts';
import { createLog, type Log, type LogLevel } from '../operation/log.ts';
import {
  type Command,
  type ExitCode,
  type Invocation,
  type OptionSpec,
  text,
  UsageError,
} from './command.ts';
import { CONFIG_OPTION, configOf } from './config-option.ts';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The options of every command that runs until it is stopped. */
export const SERVICE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: CONFIG_OPTION,
  json: { type: 'boolean', help: 'print one line of JSON when ready' },
  'log-level': { type: 'string', value: 'LEVEL', help: `${LEVELS.join(', ')}; default warn` },
};

/** What a command adds to running a role. */
export interface Preparation {
  config?(config: Config): Config;
  ready?(platform: Platform, config: Config): void;
  /** Before the platform drains. */
  draining?(): Promise<void>;
}

/** The log that an invocation asks for. Throws {@link UsageError}. */
export function logOf(invocation: Invocation): Log {
  const level = (text(invocation, 'log-level') ?? process.env.KAIDONG_LOG_LEVEL ?? 'warn') as
    | LogLevel
    | 'silent';
  if (!LEVELS.includes(level))
    throw new UsageError(`--log-level: "${level}" is not one of ${LEVELS.join(', ')}`);
  return createLog(level);
}

/** Starts the platform in a role, says when it is ready, runs until SIGTERM or SIGINT, and drains. */
export async function runService(
  invocation: Invocation,
  role: Role,
  prepare: Preparation = {},
): Promise<ExitCode> {
  const log = logOf(invocation);
  const reread = (): Config => {
    const given = configOf(invocation);
    return prepare.config?.(given) ?? given;
  };
  const config = reread();
  // Loaded only by what runs it, so that `--help` and the small commands answer at once.
  const { startPlatform } = await import('../main.ts');
  await using platform = await startPlatform({ config, reread, role, log });
  using _ = reloadOnHangup(platform, invocation);
  if (invocation.values.json === true) {
    invocation.print(
      JSON.stringify({ event: 'ready', role, http: platform.http, mqtt: platform.mqtt, pid: process.pid }),
    );
  } else {
    for (const note of platform.notes) invocation.print(note);
    if (platform.http) invocation.print(`Kaidong 开动  ${platform.http}`);
    if (platform.mqtt) invocation.print(`MQTT          ${platform.mqtt}`);
  }
  prepare.ready?.(platform, config);
  await stopped(invocation.signal);
  await prepare.draining?.();
  return 0;
}

/** SIGHUP means to read the configuration again, as of old, unless a terminal says with it that it is gone. */
function reloadOnHangup({ reload }: Platform, { report }: Invocation): Disposable {
  if (process.stdin.isTTY || process.stdout.isTTY) return { [Symbol.dispose]() {} };
  const onHangup = (): void => {
    const answer =
      reload?.() ?? Promise.reject(new Error('this role has nothing that can change; restart it'));
    answer.then(
      ({ applied, restart }) => {
        report(`reload: ${applied.length > 0 ? `${applied.join(', ')} changed` : 'nothing changed'}`);
        if (restart.length > 0) report(`reload: from the next start on: ${restart.join(', ')}`);
      },
      (error) => report(`reload: ${(error as Error).message}`),
    );
  };
  process.on('SIGHUP', onHangup);
  return { [Symbol.dispose]: () => void process.off('SIGHUP', onHangup) };
}

export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // A pending promise doesn't keep the process alive; a far timer does.
    const alive = setInterval(() => {}, 2 ** 30);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

/** A command that only runs a role. */
export function serviceCommand(role: Role, summary: string): Command {
  return {
    id: role,
    summary,
    options: SERVICE_OPTIONS,
    watchesSignal: true,
    run: (invocation) => runService(invocation, role),
  };
}
