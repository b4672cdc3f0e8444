import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WORKER_NAME, WORKER_NAME_RULE, workerProblems } from '../../config/worker.ts';
import type { Config } from '../../config.ts';
import { type Command, type ExitCode, type Invocation, text, UsageError } from '../command.ts';
import { configOf } from '../config-option.ts';
import { logOf, runService, SERVICE_OPTIONS } from '../service.ts';

export const ingest: Command = {
  id: 'ingest',
  summary: 'Runs ingest alone: MQTT into the store.',
  options: {
    ...SERVICE_OPTIONS,
    worker: {
      type: 'string',
      value: 'NAME',
      help: 'one of several that share the work, e.g. w1; the same name at every start',
    },
    leave: {
      type: 'boolean',
      help: 'take what waits at the broker, end the session there, and end: for a worker that is not needed any more',
    },
  },
  watchesSignal: true,
  run: (invocation) =>
    invocation.values.leave === true
      ? leave(invocation)
      : runService(invocation, 'ingest', { config: (config) => withWorker(config, invocation) }),
};

const LOOK_EVERY_MS = 50;

/** Takes what waits, stores it, and is gone; what isn't done by a signal stays as it is, at the broker or in the journal. */
async function leave(invocation: Invocation): Promise<ExitCode> {
  const { signal } = invocation;
  const config = withWorker(configOf(invocation), invocation);
  if (config.mqtt.url === undefined) {
    throw new UsageError('--leave: only a session at an outside broker can be left (mqtt.url)');
  }
  const { startPlatform } = await import('../../main.ts');
  await using platform = await startPlatform({
    ...{ config, role: 'ingest', log: logOf(invocation), leave: true },
    reread: () => config,
  });
  let told: string | null = null;
  for (let state = platform.leaving(); state && !state.dry; state = platform.leaving()) {
    if (state.hopeless) throw new Error(state.error ?? 'the session cannot be left');
    if (state.error !== null && state.error !== told) invocation.report(`waiting: ${state.error}`);
    told = state.error;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return unfinished(invocation);
  }
  invocation.report('nothing waits at the broker any more; bringing what is left into the store');
  const ended = new AbortController();
  const settled = platform.settled().finally(() => ended.abort());
  // After a signal nobody waits for it any more, nor for its failure.
  settled.catch(() => {});
  await Promise.race([settled, once(signal, 'abort', { signal: ended.signal }).catch(() => {})]);
  if ((platform.ingest?.status().spooledBytes ?? 0) > 0) return unfinished(invocation);
  const { received = 0 } = platform.ingest?.books().messages ?? {};
  const name =
    config.ingest.worker === undefined
      ? 'the ingest without a worker name'
      : `worker ${config.ingest.worker}`;
  invocation.print(
    invocation.values.json === true
      ? JSON.stringify({ event: 'left', worker: config.ingest.worker ?? null, received })
      : `${name} has left; its books (${received} messages) count on`,
  );
  return 0;
}

function unfinished(invocation: Invocation): ExitCode {
  invocation.report('not finished: run the same command again, or start the worker as before');
  return 1;
}

function withWorker(config: Config, invocation: Invocation): Config {
  const worker = text(invocation, 'worker');
  if (worker === undefined) return config;
  if (!WORKER_NAME.test(worker)) throw new UsageError(`--worker ${worker}: ${WORKER_NAME_RULE}`);
  const named = { ...config, ingest: { ...config.ingest, worker } };
  const [problem] = workerProblems(named);
  if (problem) throw new UsageError(`--worker ${worker}: ${problem.message}`);
  return named;
}
