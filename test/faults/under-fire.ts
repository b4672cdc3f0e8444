import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulateOptions, type SimulateResult, simulate } from '../../simulators/simulate.ts';
import { type Started, startKaidong } from '../bench/measure.ts';

/** The full counts of `npm run test:long`, or CI's sample. */
export const LONG = process.env.KAIDONG_TEST_LONG !== undefined;

/** Reproducible choices of when to strike. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A platform that keeps the ports of its first start, and can be killed and started again on the same data. */
export interface Target extends AsyncDisposable {
  readonly http: string;
  /** Where machines publish. */
  readonly mqtt: string;
  readonly pid: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  books(): Promise<Record<string, number>>;
}

/** Starts a platform for the simulator's plant; `environment` names an outside broker and store. */
export async function startTarget(options: {
  readonly load: SimulateOptions;
  readonly environment?: Readonly<Record<string, string>>;
  readonly mqtt?: string;
}): Promise<Target> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-faults-'));
  const config = join(dir, 'plant.yaml');
  await simulate({ ...options.load, configOut: config });
  // Nobody can be quicker with ports that the system gives.
  const ports = { http: '0', mqtt: '0' };
  let platform: Started;
  const start = async (): Promise<void> => {
    platform = await startKaidong(['serve', '--config', config], {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: ports.http,
      KAIDONG__BROKER__PORT: ports.mqtt,
      ...options.environment,
    });
  };
  await start();
  const { http, mqtt: broker } = platform!.ready;
  const address = http as string;
  ports.http = new URL(address).port;
  // `null`: machines publish to an outside one.
  if (broker) ports.mqtt = new URL(broker).port;
  return {
    http: address,
    mqtt: (options.mqtt ?? broker) as string,
    get pid() {
      return platform.pid;
    },
    start,
    async kill() {
      const ended = once(platform.child, 'exit');
      platform.child.kill('SIGKILL');
      await ended;
    },
    async books() {
      const body = (await (await fetch(`${address}/api/v1/ingest/books`)).json()) as {
        messages: Record<string, number>;
      };
      return body.messages;
    },
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** How long the load goes on after the last blow. */
const AFTERMATH_MS = 1000;

/**
 * Plays the load against the target for as long as `strike` does its worst and a moment longer, so that every blow falls
 * under load; then compares ledger, timeline and books with the truth.
 */
export async function playUnderFire(options: {
  readonly target: Target;
  readonly load: SimulateOptions;
  readonly strike: () => Promise<void>;
}): Promise<SimulateResult> {
  const { target, load, strike } = options;
  const over = new AbortController();
  const began = Promise.withResolvers<void>();
  const playing = simulate(
    { ...load, mqtt: { url: target.mqtt }, verifyUrl: target.http },
    { signal: over.signal, progress: () => began.resolve() },
  );
  const striking = began.promise
    .then(strike)
    .then(() => wait(AFTERMATH_MS))
    .finally(() => over.abort());
  const [result] = await Promise.all([playing, striking]);
  return result;
}
