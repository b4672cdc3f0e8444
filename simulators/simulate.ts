import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Span } from '../domain/time.ts';
import { playLog } from './log/play.ts';
import type { ShdrCounts } from './log/shdr.ts';
import { DEFAULT_BROKER, type SimulateOptions, SimulateUsageError } from './options.ts';
import { playPlant } from './plant/play.ts';
import { configText, type PlantConfig, parseConfig } from './plant-config.ts';
import { openPublisher, type Publisher } from './publish/publisher.ts';
import { readTruth } from './truth/file.ts';
import type { MachineTruth } from './truth/memory.ts';
import { booksOf } from './verify/books.ts';
import { platformAt } from './verify/platform.ts';
import { type Verification, verify } from './verify/verify.ts';

export { parseFaults } from './faults/plan.ts';
export { simulateOptionsOf } from './flags.ts';
export { SIMULATE_OPTIONS, type SimulateOptions, SimulateUsageError } from './options.ts';

/** How far a run is. */
export type SimulateProgress =
  | {
      readonly stage: 'publish';
      readonly published: number;
      readonly acknowledged: number;
      /** Simulated time reached, and where it ends; `null`: it doesn't. */
      readonly at: number;
      readonly to: number | null;
    }
  | { readonly stage: 'verify'; readonly done: number; readonly total: number };

export interface SimulateRun {
  /** Ends the run early: what is in flight is still acknowledged, and the truth ends there. */
  readonly signal?: AbortSignal;
  progress?(progress: SimulateProgress): void;
  /** Wall clock. */
  now?(): number;
}

export interface SimulateResult {
  /** Everything was acknowledged, and nothing that was verified differs. */
  readonly ok: boolean;
  readonly machines: number;
  /** Simulated; `null` for an empty log. */
  readonly window: Span | null;
  readonly published: number;
  readonly acknowledged: number;
  readonly reconnects: number;
  /** Wall-clock time of publishing. */
  readonly seconds: number;
  /** What the log held, where one was played. */
  readonly log: (ShdrCounts & { readonly signals: number; readonly leftOut: number }) | null;
  readonly verification: Verification | null;
}

/** What was played: the window, and the truths that a verification needs. */
export interface Played {
  readonly machines: number;
  readonly window: Span | null;
  /** Of what was published; `null` unless it was to be kept. */
  readonly published: ReadonlyMap<string, MachineTruth> | null;
  /** Of what happened, where it differs from what was published. */
  readonly real: ReadonlyMap<string, MachineTruth> | null;
  readonly log: SimulateResult['log'];
}

/** What plays a plant or a log. */
export interface Play {
  readonly config: PlantConfig;
  run(stage: {
    /** `null`: nothing is published, only the truth is made. */
    readonly publisher: Publisher | null;
    readonly keepTruth: boolean;
    readonly signal: AbortSignal;
    at(ts: number, to: number | null): void;
  }): Promise<Played>;
}

const DRAIN_MS = 120_000;
/** After a stop, since whoever stops it waits. */
const DRAIN_STOPPED_MS = 8_000;
const PROGRESS_EVERY_MS = 500;

/**
 * Simulates a plant, or plays a log: writes its configuration and truth, publishes its messages, and compares a platform
 * with the truth, each where asked for. Throws {@link SimulateUsageError} for options that don't fit together, and an
 * error with a remedy where the broker or the platform can't be reached.
 */
export async function simulate(options: SimulateOptions, run: SimulateRun = {}): Promise<SimulateResult> {
  const { signal = new AbortController().signal, progress, now = Date.now } = run;
  const filesOnly = Boolean(options.configOut || options.truth || options.verifyUrl);
  const broker = options.mqtt ?? (filesOnly ? undefined : { url: DEFAULT_BROKER });
  if (options.verifyUrl && !broker) return verifyFiles(options, run);
  const play = options.log === undefined ? playPlant(options, now()) : playLog(options, now());
  if (options.configOut) writeFileSync(options.configOut, configText(play.config));

  const platform =
    options.verifyUrl === undefined
      ? null
      : platformAt({
          url: options.verifyUrl,
          token: options.verifyToken,
          signal: new AbortController().signal,
        });
  const ours = new Set(play.config.machines.map(({ path }) => path));
  const before = platform && booksOf(await platform.books(), ours);

  const began = performance.now();
  let counts: Publisher['counts'] = { published: 0, acknowledged: 0, reconnects: 0 };
  let played: Played;
  let drained = true;
  let told = began;
  const stage = (publisher: Publisher | null) => ({
    publisher,
    keepTruth: platform !== null,
    signal,
    at: (ts: number, to: number | null): void => {
      if (performance.now() - told < PROGRESS_EVERY_MS) return;
      told = performance.now();
      const { published, acknowledged } = counts;
      progress?.({ stage: 'publish', published, acknowledged, at: ts, to });
    },
  });
  if (broker) {
    await using publisher = await openPublisher({
      ...broker,
      qos: options.qos ?? 1,
      connections: Math.min(options.connections ?? 4, ours.size),
    });
    counts = publisher.counts;
    played = await play.run(stage(publisher));
    drained = await publisher.drain(signal.aborted ? DRAIN_STOPPED_MS : DRAIN_MS);
  } else {
    played = await play.run(stage(null));
  }
  const seconds = (performance.now() - began) / 1000;

  const verification =
    platform && before
      ? await verify({
          platform,
          config: play.config,
          published: played.published,
          real: played.real,
          messages: options.qos === 0 ? null : { ...counts, before },
          waitMs: options.verifyWaitMs ?? 120_000,
          signal: new AbortController().signal,
          progress: (done, total) => progress?.({ stage: 'verify', done, total }),
        })
      : null;
  return {
    ok: drained && (verification === null || verification.differences.length === 0),
    machines: played.machines,
    window: played.window,
    ...counts,
    seconds,
    log: played.log,
    verification,
  };
}

/** Verifies what an earlier run published, from its two files alone. */
async function verifyFiles(
  options: SimulateOptions,
  { signal, progress }: SimulateRun,
): Promise<SimulateResult> {
  const { verifyUrl, verifyToken, truth, configOut, faults, verifyWaitMs } = options;
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
  const stop = signal ?? new AbortController().signal;
  const config = parseConfig(readFileSync(configOut as string, 'utf8'), configOut as string);
  const machines = await readTruth(truth as string);
  const lost = (faults?.loss?.share ?? 0) > 0;
  const verification = await verify({
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
  return {
    ok: verification.differences.length === 0,
    machines: machines.size,
    window: null,
    published: 0,
    acknowledged: 0,
    reconnects: 0,
    seconds: 0,
    log: null,
    verification,
  };
}
