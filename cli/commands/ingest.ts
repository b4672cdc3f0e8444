import { WORKER_NAME, WORKER_NAME_RULE, workerProblems } from '../../config/worker.ts';
import type { Config } from '../../config.ts';
import { type Command, type Invocation, text, UsageError } from '../command.ts';
import { runService, SERVICE_OPTIONS } from '../service.ts';

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
  },
  watchesSignal: true,
  run: (invocation) =>
    runService(invocation, 'ingest', { config: (config) => withWorker(config, invocation) }),
};

function withWorker(config: Config, invocation: Invocation): Config {
  const worker = text(invocation, 'worker');
  if (worker === undefined) return config;
  if (!WORKER_NAME.test(worker)) throw new UsageError(`--worker ${worker}: ${WORKER_NAME_RULE}`);
  const named = { ...config, ingest: { ...config.ingest, worker } };
  const [problem] = workerProblems(named);
  if (problem) throw new UsageError(`--worker ${worker}: ${problem.message}`);
  return named;
}
