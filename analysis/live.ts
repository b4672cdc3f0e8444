import type { Reading } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { LiveEvent, MachineNow } from './answers.ts';
import type { Picture } from './now/picture.ts';
import type { Schedule } from './schedule.ts';

/** Readings that come close together make one look at the picture: after a pause, and the share of the time that looks may take. */
const SETTLE_MS: DurationMs = 10;
const LOOK_SHARE = 0.2;
const LONGEST_SETTLE_MS: DurationMs = 1_000;
/** How often the store is asked where nobody tells what it applied. */
const POLL_MS: DurationMs = 1_000;
/** The shortest time between two rounds of figures, and the share of the time that they may take. */
const FIGURES_MS: DurationMs = 5_000;
const FIGURES_SHARE = 0.2;
/** Machines whose figures are made in one round. */
const FIGURES_AT_ONCE = 200;

type FigureEvent = Extract<LiveEvent, { event: 'figure' }>;

export interface Live {
  listen(listener: (event: LiveEvent) => void): () => void;
  /** Tells that these machines have new data. */
  touched(readings: readonly Pick<Reading, 'machine'>[]): void;
  stop(): void;
}

/**
 * Sends each change of a machine's state and reason, also the silence that nobody reports, and the running period's
 * figures of machines that changed. Works only while someone listens.
 */
export function createLive({
  picture,
  figures,
  now,
  schedule,
  fed,
  log = () => {},
}: {
  readonly picture: Pick<Picture, 'read' | 'readChanged' | 'nextChange'>;
  /** The live figures of these machines as they stand. */
  readonly figures: (machines: readonly MachinePath[]) => Promise<readonly FigureEvent[]>;
  readonly now: () => EpochMs;
  readonly schedule: Schedule;
  /** Whether `touched` is called for all new data. */
  readonly fed: boolean;
  readonly log?: ((event: string, fields: Record<string, unknown>) => void) | undefined;
}): Live {
  const listeners = new Set<(event: LiveEvent) => void>();
  const shown = new Map<MachinePath, { readonly machine: MachineNow; readonly asOf: EpochMs }>();
  const sent = new Map<string, string>();
  const stale = new Set<MachinePath>();
  let next: { readonly at: EpochMs; readonly cancel: () => void } | undefined;
  let nextFigures: (() => void) | undefined;
  /** Whether the first look was taken: what is seen later for the first time is news. */
  let based = false;
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookTookMs: DurationMs = 0;
  let again = false;

  const emit = (event: LiveEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log('live-listener-failed', { error: String(error) });
      }
    }
  };

  const lookAt = (at: EpochMs): void => {
    if (listeners.size === 0 || (next && next.at <= at)) return;
    next?.cancel();
    next = { at, cancel: schedule(Math.max(0, at - now()), () => void look()) };
  };

  /** When the next look may be, which is soon after a pause; many readings with much to look at are looked at together. */
  const settled = (): EpochMs => {
    const rested = lookedAt + lookTookMs / LOOK_SHARE - now();
    return now() + Math.max(SETTLE_MS, Math.min(rested, LONGEST_SETTLE_MS));
  };

  const look = async (): Promise<void> => {
    next = undefined;
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    const began = performance.now();
    try {
      // The first look at all of them is what later ones are compared with.
      const { asOf, machines } = based && fed ? await picture.readChanged() : await picture.read();
      for (const machine of machines) show(machine, asOf);
      based = true;
    } catch (error) {
      log('live-look-failed', { error: String(error) });
      lookAt(now() + POLL_MS);
    } finally {
      looking = false;
      lookedAt = now();
      lookTookMs = performance.now() - began;
    }
    const due = Math.max(picture.nextChange(), settled());
    if (again) lookAt(settled());
    else if (!fed) lookAt(Math.min(due, now() + POLL_MS));
    else if (Number.isFinite(due)) lookAt(due);
    again = false;
    if (stale.size > 0) figuresAfter(FIGURES_MS);
  };

  const show = (machine: MachineNow, asOf: EpochMs): void => {
    const before = shown.get(machine.path);
    shown.set(machine.path, { machine, asOf });
    if (before && !changed(before.machine, machine, before.asOf)) {
      if (before.machine.lastHeard !== machine.lastHeard) stale.add(machine.path);
      return;
    }
    stale.add(machine.path);
    const { path, state, reason, since } = machine;
    if (based) emit({ event: 'state', data: { machine: path, state, reason, since } });
  };

  const figuresAfter = (delayMs: DurationMs): void => {
    if (listeners.size === 0) return;
    nextFigures ??= schedule(delayMs, () => void sendFigures());
  };

  const sendFigures = async (): Promise<void> => {
    const machines = [...stale].slice(0, FIGURES_AT_ONCE);
    for (const machine of machines) stale.delete(machine);
    const began = performance.now();
    try {
      for (const event of await figures(machines)) {
        const { key, kpi, value, low, high, notAssessable, revision } = event.data;
        const content = `${key.day} ${key.shift} ${value} ${low} ${high} ${notAssessable} ${revision}`;
        const name = `${key.machine} ${kpi}`;
        if (sent.get(name) !== content) emit(event);
        sent.set(name, content);
      }
    } catch (error) {
      log('live-figures-failed', { error: String(error) });
    }
    nextFigures = undefined;
    const tookMs = performance.now() - began;
    if (stale.size > 0) figuresAfter(Math.max(FIGURES_MS, tookMs / FIGURES_SHARE));
  };

  const stop = (): void => {
    next?.cancel();
    nextFigures?.();
    next = undefined;
    nextFigures = undefined;
    based = false;
    for (const memory of [shown, sent, stale]) memory.clear();
  };

  return {
    listen(listener) {
      const own = (event: LiveEvent): void => listener(event);
      listeners.add(own);
      if (listeners.size === 1) lookAt(now());
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) stop();
      };
    },
    touched(readings) {
      if (listeners.size === 0) return;
      for (const { machine } of readings) stale.add(machine);
      if (looking) again = true;
      else lookAt(settled());
    },
    stop() {
      listeners.clear();
      stop();
    },
  };
}

/** Late data that tells of an earlier past is no change; a state that began after the last look is one. */
const changed = (before: MachineNow, after: MachineNow, lookedAt: EpochMs): boolean =>
  before.state !== after.state ||
  before.reason !== after.reason ||
  (before.since !== after.since && after.since !== null && after.since >= lookedAt);
