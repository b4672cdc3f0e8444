import { writeFileSync } from 'node:fs';
import type { Span } from '../domain/time.ts';
import type { FaultName, FaultPlan } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';
import { latenessOf } from './faults/plan.ts';
import { playLog } from './log/play.ts';
import type { ShdrCounts } from './log/shdr.ts';
import { type MemoryReport, ownMemory, watchMemory } from './memory.ts';
import { DEFAULT_BROKER, type SimulateOptions, SimulateUsageError } from './options.ts';
import { playPlant } from './plant/play.ts';
import type { SpokenPlant } from './plant/spoken.ts';
import type { TruthsOfWindow } from './plant/truths.ts';
import { configText, type PlantConfig } from './plant-config.ts';
import { openSpeaker } from './publish/open-speaker.ts';
import { openPublisher, type Publisher } from './publish/publisher.ts';
import type { Speaker } from './publish/speaker.ts';
import { type Balance, booksOf, type PublishedMessages } from './verify/books.ts';
import { verifyFiles } from './verify/files.ts';
import { platformAt } from './verify/platform.ts';
import { rollingVerification } from './verify/rolling.ts';
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
  /** What each fault of the plan befell, and how it is accounted for. */
  readonly faults: readonly FaultReport[];
  /** What the log held, where one was played. */
  readonly log: (ShdrCounts & { readonly signals: number; readonly leftOut: number }) | null;
  readonly verification: (Verification & { readonly differencesInAll: number }) | null;
  /** What became of what was published; `null` unless a platform was asked. */
  readonly balance: Balance | null;
  /** Of a soak; `null` otherwise. */
  readonly soak: { readonly parts: number; readonly memory: MemoryReport } | null;
}

export interface FaultReport {
  readonly fault: FaultName;
  /** What is counted. */
  readonly counts: string;
  readonly befell: number;
  readonly accounts: string;
}

/** What was played: the window, and the truths that a verification needs. */
export interface Played extends TruthsOfWindow {
  readonly machines: number;
  readonly window: Span | null;
  /** The part of it that no checkpoint has reached. */
  readonly unverified: Span | null;
  readonly befallen: Readonly<Partial<Record<FaultName, number>>>;
  readonly log: SimulateResult['log'];
}

/** What a play is given. */
export interface Stage {
  /** `null`: nothing is published, only the truth is made. */
  readonly speaker: Speaker | null;
  /** For what is said word for word. */
  readonly publisher: Publisher | null;
  readonly keepTruth: boolean;
  readonly signal: AbortSignal;
  at(ts: number, to: number | null): void;
  /** The run is verified part by part, each when simulated time has gone on by so much. */
  readonly checkpoint: {
    readonly everyMs: number;
    reached(window: Span, truths: TruthsOfWindow): Promise<void>;
  } | null;
}

/** What plays a plant or a log. */
export interface Play {
  readonly config: PlantConfig;
  /** `null`: it speaks word for word. */
  readonly spoken: SpokenPlant | null;
  /** Simulated time at the beginning. */
  readonly start: number;
  run(stage: Stage): Promise<Played>;
}

const DRAIN_MS = 120_000;
/** After a stop, since whoever stops it waits. */
const DRAIN_STOPPED_MS = 8_000;
const PROGRESS_EVERY_MS = 500;
const MEMORY_EVERY_MS = 1_000;
const SOAK_PART_MS = 3_600_000;
/** semantics.md "Durable, and the books": duplicates are recognised so long. */
const COPIES_KNOWN_MS = 600_000;

/**
 * Simulates a plant, or plays a log: writes its configuration and truth, publishes its messages, and compares a platform
 * with the truth, each where asked for. Throws {@link SimulateUsageError} for options that don't fit together, and an
 * error with a remedy where the broker or the platform can't be reached.
 */
export async function simulate(options: SimulateOptions, run: SimulateRun = {}): Promise<SimulateResult> {
  const { signal = new AbortController().signal, progress, now = Date.now } = run;
  const filesOnly = Boolean(options.configOut || options.truth || options.verifyUrl);
  const broker = options.mqtt ?? (filesOnly ? undefined : { url: DEFAULT_BROKER });
  if (options.verifyUrl && !broker) return fromFiles(options, run);
  if (options.soak && options.log !== undefined) {
    throw new SimulateUsageError('--soak plays a plant: leave --log out');
  }
  const play = options.log === undefined ? playPlant(options, now()) : playLog(options, now());
  if (options.configOut) writeFileSync(options.configOut, configText(play.config));

  const stopped = new AbortController().signal;
  const platform =
    options.verifyUrl === undefined
      ? null
      : platformAt({ url: options.verifyUrl, token: options.verifyToken, signal: stopped });
  const { spoken } = play;
  const ours = spoken?.sources ?? new Set(play.config.machines.map(({ path }) => path));
  const before = platform && booksOf(await platform.books(), ours);

  const began = performance.now();
  const memory = watchMemory(ownMemory, MEMORY_EVERY_MS);
  const parts = rollingVerification();
  let mouth: Pick<Speaker, 'counts' | 'drain'> & { readonly expected: Speaker['expected'] | null } = {
    counts: { published: 0, acknowledged: 0, reconnects: 0 },
    expected: null,
    drain: async () => true,
  };
  const messages = (): PublishedMessages | null =>
    before && options.qos !== 0
      ? {
          ...mouth.counts,
          expected: mouth.expected,
          copiesKnown: copiesAreKnown(options.faults ?? {}),
          booksAreOurs: spoken?.booksAreOurs ?? true,
          before,
        }
      : null;
  const compare = (truths: TruthsOfWindow, window: Span | undefined): Promise<Verification> =>
    verify({
      platform: platform as NonNullable<typeof platform>,
      config: play.config,
      published: truths.published,
      real: truths.real,
      window,
      sources: ours,
      messages: messages(),
      waitMs: options.verifyWaitMs ?? 120_000,
      signal: stopped,
      progress: (done, total) => progress?.({ stage: 'verify', done, total }),
    });

  let told = began;
  const stage = (publisher: Publisher | null, speaker: Speaker | null): Stage => ({
    publisher,
    speaker,
    keepTruth: platform !== null,
    signal,
    at: (ts, to) => {
      if (performance.now() - told < PROGRESS_EVERY_MS) return;
      told = performance.now();
      if (options.soak) memory.look();
      const { published, acknowledged } = mouth.counts;
      progress?.({ stage: 'publish', published, acknowledged, at: ts, to });
    },
    checkpoint:
      options.soak && platform
        ? {
            everyMs: options.verifyEveryMs ?? SOAK_PART_MS,
            async reached(window, truths) {
              await mouth.drain(DRAIN_MS);
              parts.add(await compare(truths, window));
            },
          }
        : null,
  });
  let played!: Played;
  let drained = true;
  const finish = async (mouthpiece: typeof mouth, given: Stage): Promise<void> => {
    mouth = mouthpiece;
    played = await play.run(given);
    drained = await mouth.drain(signal.aborted ? DRAIN_STOPPED_MS : DRAIN_MS);
  };
  const connections = Math.min(options.connections ?? 4, play.config.machines.length);
  if (broker && spoken) {
    const { qos, primaryHostId = null } = options;
    await using speaker = await openSpeaker({
      ...{ broker, spoken, qos, connections, primaryHostId },
      start: play.start,
    });
    await finish(speaker, stage(null, speaker));
  } else if (broker) {
    await using publisher = await openPublisher({ ...broker, qos: options.qos ?? 1, connections });
    await finish({ ...publisher, expected: null }, stage(publisher, null));
  } else {
    await finish(mouth, stage(null, null));
  }
  const seconds = (performance.now() - began) / 1000;
  if (platform) parts.add(await compare(played, played.unverified ?? undefined));
  const verification = parts.sum();
  const { published, acknowledged, reconnects } = mouth.counts;
  return {
    ok: drained && (verification === null || verification.differencesInAll === 0),
    machines: played.machines,
    window: played.window,
    ...{ published, acknowledged, reconnects },
    seconds,
    faults: reportOf(options.faults ?? {}, played.befallen),
    log: played.log,
    verification,
    balance: verification?.balance ?? null,
    soak: options.soak ? { parts: parts.parts, memory: memory.report() } : null,
  };
}

/** Whether each second message comes while the first one can still be remembered. */
const copiesAreKnown = (plan: FaultPlan): boolean =>
  latenessOf(plan) + (plan.duplicates?.withinMs ?? 0) < COPIES_KNOWN_MS;

const reportOf = (plan: FaultPlan, befallen: Played['befallen']): FaultReport[] =>
  FAULTS.filter(({ id }) => plan[id]).map(({ id, counts, accounts }) => ({
    fault: id,
    counts,
    befell: befallen[id] ?? 0,
    accounts,
  }));

/** Verifies what an earlier run published, from its files alone. */
async function fromFiles(options: SimulateOptions, run: SimulateRun): Promise<SimulateResult> {
  const verification = await verifyFiles(options, run);
  return {
    ok: verification.differences.length === 0,
    machines: verification.machines,
    window: null,
    ...{ published: 0, acknowledged: 0, reconnects: 0 },
    seconds: 0,
    faults: [],
    log: null,
    verification: { ...verification, differencesInAll: verification.differences.length },
    balance: null,
    soak: null,
  };
}
