import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { SharedWork } from '../ingest/ports.ts';
import { holdLock, isHeld } from '../operation/lock.ts';
import { workerFolder, workersFolder, workersOf } from '../operation/workers.ts';
import { ALONE } from '../registry/books-shelf.ts';
import { openClaimedInstants } from '../registry/claimed-instants.ts';
import type { Registry } from '../registry/registry.ts';

/** Who writes to a journal holds this beside it; workers hold that of the data folder together. */
export const INGEST_LOCK = 'ingest';
/** An ingest without a name that leaves beside workers holds this instead. */
export const LEAVING_LOCK = 'leaving';

/** Which ingest of its data folder a process is: the only one, or one of several workers. */
export interface WorkerPlace {
  /** {@link ALONE}, or the worker's name. */
  readonly worker: string;
  /** Where it keeps its journal and the way in for other commands. */
  readonly dir: string;
  /** The configuration as this worker has it: with a session of its own at the broker. */
  readonly config: Config;
  /** It only takes what waits for it, and is gone for good then. */
  readonly leaves: boolean;
}

export function placeOf(config: Config, { leaves = false }: { readonly leaves?: boolean } = {}): WorkerPlace {
  const dataDir = resolve(config.data.dir);
  const { worker } = config.ingest;
  if (worker === undefined) return { worker: ALONE, dir: dataDir, config, leaves };
  const mqtt = { ...config.mqtt, clientId: `${config.mqtt.clientId}-${worker}` };
  return { worker, dir: workerFolder(dataDir, worker), config: { ...config, mqtt }, leaves };
}

/**
 * Holds the data folder as this ingest needs it: alone, or with other workers, each under its own name. Throws, saying what to
 * do, where another process is in the way.
 */
export function holdPlace({ worker, dir, config, leaves }: WorkerPlace): Disposable {
  const dataDir = resolve(config.data.dir);
  if (worker === ALONE && !leaves) return holdLock(dataDir, INGEST_LOCK);
  using holds = new DisposableStack();
  holds.use(holdShared(dataDir));
  // An ingest without a name that leaves does so beside the workers that take its place.
  holds.use(worker === ALONE ? holdLock(dataDir, LEAVING_LOCK) : holdOwn(dir, worker));
  if (leaves && !workersOf(dataDir).some((other) => other !== worker && lives(dataDir, other))) {
    throw new Error(
      'no other worker runs on this data.dir, so nobody would take what is published from now on: start one first',
    );
  }
  const kept = holds.move();
  return { [Symbol.dispose]: () => kept.dispose() };
}

function holdShared(dataDir: string): Disposable {
  try {
    return holdLock(dataDir, INGEST_LOCK, 'shared');
  } catch {
    throw new Error(
      `a process that shares with nobody uses ${dataDir}: stop it ("kaidong serve", a "kaidong ingest" without --worker, a backup), or give this worker another data.dir`,
    );
  }
}

function holdOwn(dir: string, worker: string): Disposable {
  try {
    return holdLock(dir, INGEST_LOCK);
  } catch {
    throw new Error(`worker ${worker} runs already (${dir}); stop it first, or give this one another name`);
  }
}

/** Whether a worker's process lives. */
export const lives = (dataDir: string, worker: string): boolean =>
  isHeld(worker === ALONE ? dataDir : workerFolder(dataDir, worker), INGEST_LOCK);

/** What a worker agrees on with the others; `null` for an ingest that is alone. */
export function sharedWorkOf(
  { worker, config, leaves }: WorkerPlace,
  { signalCatalogue }: Pick<Registry, 'signalCatalogue'>,
): (SharedWork & Disposable) | null {
  if (worker === ALONE && !leaves) return null;
  const instants = openClaimedInstants({ dir: workersFolder(resolve(config.data.dir)), now: Date.now });
  return {
    agree: signalCatalogue.agree,
    of: signalCatalogue.of,
    claim: instants.claim,
    claimAt: instants.claimAt,
    [Symbol.dispose]: () => instants[Symbol.dispose](),
  };
}

const HOST = 'host ';
const GROUP = 'group ';
/** A host without groups takes all of them. */
const ALL_GROUPS = `${GROUP}#`;

/**
 * Takes what only one worker may have: its Sparkplug host id and groups. Throws where another worker that lives has one of
 * them: two hosts with one id would declare one another dead, and a group must be seen whole and in order.
 */
export function takeSparkplug(
  { worker, config }: WorkerPlace,
  { workerHolds }: Pick<Registry, 'workerHolds'>,
): void {
  const { hostId, groups, brokers } = config.sparkplug;
  const isHost = hostId !== undefined || groups.length > 0 || brokers.length > 0;
  const things = [
    ...(hostId === undefined ? [] : [HOST + hostId]),
    ...groups.map((group) => GROUP + group),
    ...(isHost && groups.length === 0 ? [ALL_GROUPS] : []),
  ];
  const dataDir = resolve(config.data.dir);
  const taken = workerHolds.take(worker, things, { lives: (other) => lives(dataDir, other), clash });
  if (taken.length === 0) return;
  const list = taken.map(({ worker: other, what }) => `${what} (worker ${other})`).join(', ');
  throw new Error(
    `another worker has this of Sparkplug already: ${list}; give each its own sparkplug.hostId and sparkplug.groups`,
  );
}

const clash = (mine: string, theirs: string): boolean =>
  mine === theirs ||
  (mine.startsWith(GROUP) && theirs.startsWith(GROUP) && (mine === ALL_GROUPS || theirs === ALL_GROUPS));
