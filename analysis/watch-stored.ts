import type { MachineFacts } from '../domain/facts.ts';
import { byMachineNumber } from '../domain/machine-number.ts';
import type { Reading, SignalValue } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { NewCorrection } from '../domain/values/correction.ts';
import { type Read, readsOf } from '../domain/values/stored.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { createDrafts, judgeNext, type SeriesEnd, type StoredEvents } from './stored-events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Machines that are read in one question. */
const MACHINES_AT_ONCE = 200;
/** The longest stretch of a machine that is read at once. */
const STRETCH_MS = 7 * DAY_MS;
/** How far back a machine is read that nothing is recorded of, where nobody tells what came. */
const FIRST_LOOK_MS = 31 * DAY_MS;
/** What comes late can make another of the next value: so far behind it that one is sought. */
const NEXT_WITHIN_MS = DAY_MS;
/** Events that may wait for a list that takes none; what follows is read from the store again. */
const MOST_WAITING = 20_000;
/** Events that the list takes at once: more would hold up everybody else. */
const LISTED_AT_ONCE = 500;

const NONE: readonly never[] = [];

interface Watched {
  readonly path: MachinePath;
  readonly reads: ReadonlyMap<string, Read>;
  readonly ends: Map<string, SeriesEnd>;
  /** Signals of the last reading, and which of them are watched: the next reading most likely has the same. */
  signals: readonly string[];
  columns: readonly number[];
  /** `false`: what was stored before isn't known. */
  isKnown: boolean;
  /** What comes meanwhile may be read or not. */
  isRead: boolean;
  newest: EpochMs;
  /** To be read from the store; `null`: nothing is. */
  doubt: Span | null;
}

interface Wanted extends Span {
  readonly own: Watched;
  readonly ends: Map<string, SeriesEnd>;
}

/** Watches what is stored for values of which figures make something else than they say. */
export interface StoredWatch {
  /** Told what the store took. */
  heard(readings: readonly Reading[]): void;
  /** Lists what was found since, and reads again what has to be. Calls follow one another. */
  list(signal?: AbortSignal): Promise<void>;
  /** The same for what takes hardly any time: somebody waits. What fails is left to `list`, which says so. */
  listQuick(signal?: AbortSignal): Promise<void>;
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
}

/**
 * Judges every value of the signals that figures are made of against the one before it in source time: as it comes, where it
 * comes in order, else from the store. So the list is a function of what is stored, whoever brought it and in whatever order.
 * After a start it goes on from where the ledger is recorded; what changes behind that is marked, and judged again.
 */
export function createStoredWatch({
  store,
  members,
  marks,
  events,
  removedUntil,
  fed,
  now,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: Members;
  readonly marks: Pick<LedgerMarks, 'recordedUntil' | 'pending' | 'touchedSince' | 'setWatchedUntil'>;
  readonly events: StoredEvents;
  /** What of a machine was stored before is gone. */
  readonly removedUntil: (machine: MachinePath) => EpochMs;
  /** Whether `heard` gets every reading that the store takes. */
  readonly fed: boolean;
  readonly now: () => EpochMs;
}): StoredWatch {
  const watched = new Map<MachinePath, Watched>();
  const drafts = createDrafts(now);
  const doubtful = new Set<Watched>();
  let started = false;
  let lastTouch = 0;
  let listing: Promise<void> = Promise.resolve();
  let isListing = false;

  function of(path: MachinePath): Watched {
    const known = watched.get(path);
    if (known) return known;
    const fresh: Watched = {
      ...{ path, reads: readsOf(members.at(path).machine), ends: new Map(), signals: NONE, columns: NONE },
      ...{ isKnown: false, isRead: false, newest: Number.NEGATIVE_INFINITY, doubt: null },
    };
    watched.set(path, fresh);
    return fresh;
  }

  const ofReading = byMachineNumber(of);

  function doubt(own: Watched, from: EpochMs, to: EpochMs): void {
    const { doubt: before } = own;
    own.doubt = before ? { from: Math.min(before.from, from), to: Math.max(before.to, to) } : { from, to };
    doubtful.add(own);
  }

  function hear(own: Watched, { ts, signals, values }: Reading): void {
    if (own.signals !== signals) {
      own.signals = signals;
      const columns = signals.flatMap((signal, index) => (own.reads.has(signal) ? [index] : []));
      own.columns = columns.length === 0 ? NONE : columns;
    }
    if (own.columns.length === 0) return;
    own.newest = Math.max(own.newest, ts);
    const isKnown = own.isKnown && !own.isRead && drafts.count() < MOST_WAITING;
    if (!isKnown) doubt(own, ts, ts);
    for (const index of own.columns) {
      const signal = signals[index] as string;
      const end = own.ends.get(signal);
      if (!isKnown || (end && ts <= end.ts)) {
        doubt(own, ts, ts);
        continue;
      }
      const read = own.reads.get(signal) as Read;
      const next = { ts, value: values[index] as SignalValue, isNew: true };
      const after = judgeNext({ machine: own.path, signal, read }, end, next, drafts);
      if (!end) own.ends.set(signal, after);
    }
  }

  /** What gives way goes with the first of what comes. */
  async function put(all: readonly NewCorrection[], instead: Parameters<StoredEvents['putStored']>[1] = []) {
    const breathe = createBreather();
    events.putStored(all.slice(0, LISTED_AT_ONCE), instead);
    for (let first = LISTED_AT_ONCE; first < all.length; first += LISTED_AT_ONCE) {
      await breathe();
      events.putStored(all.slice(first, first + LISTED_AT_ONCE));
    }
  }

  async function flush(): Promise<void> {
    const taken = drafts.take();
    if (taken.length === 0) return;
    try {
      await put(taken);
    } catch (error) {
      // They are found again in the store.
      for (const { machine, from, to } of taken) doubt(of(machine), from, to);
      throw error;
    }
  }

  /** What came behind what is recorded. */
  function changed(from: ReadonlyMap<MachinePath, EpochMs>): void {
    for (const [path, since] of from) {
      const own = of(path);
      if (since <= own.newest) doubt(own, since, own.newest);
    }
  }

  /** Where nobody tells what came, and once after the start. */
  async function look(): Promise<void> {
    const watching: { readonly machine: MachinePath; readonly until: EpochMs }[] = [];
    for (const { machine, lastHeard } of await members.all()) {
      if (lastHeard === null) continue;
      const own = of(machine.path);
      const from = own.isKnown
        ? own.newest + 1
        : (marks.recordedUntil(machine.path) ?? now() - FIRST_LOOK_MS);
      own.newest = Math.max(own.newest, lastHeard);
      if (lastHeard < from) continue;
      doubt(own, from, lastHeard);
      watching.push({ machine: machine.path, until: lastHeard });
    }
    if (!started) changed(marks.pending());
    if (fed) return;
    // Before anything is read: who stores something later finds it.
    marks.setWatchedUntil(watching);
    const { newest, from } = marks.touchedSince(lastTouch);
    lastTouch = newest;
    if (started && from) changed(from);
  }

  /** What of a machine has to be judged anew. */
  function wantedOf(own: Watched, span: Span): Wanted {
    const { from, to } = own.isKnown
      ? { from: span.from, to: Math.min(own.newest, span.to + NEXT_WITHIN_MS) + 1 }
      : { from: Math.min(span.from, marks.recordedUntil(own.path) ?? span.from), to: own.newest + 1 };
    const whole = events.around(own.path, { from, to });
    return { own, ends: new Map(), ...whole, from: Math.max(whole.from, removedUntil(own.path)) };
  }

  async function readAgain(wanted: readonly Wanted[], signal: AbortSignal | undefined): Promise<void> {
    const breathe = createBreather();
    const last = Math.max(...wanted.map(({ to }) => to));
    for (let at = Math.min(...wanted.map(({ from }) => from)); at < last; at += STRETCH_MS) {
      signal?.throwIfAborted();
      const stretch = { from: at, to: Math.min(at + STRETCH_MS, last) };
      const there = wanted.filter(({ from, to }) => from < stretch.to && to > stretch.from);
      if (there.length === 0) continue;
      const byPath = new Map(there.map((one) => [one.own.path, one]));
      const machines = there.map(({ own }) => ({
        ...{ path: own.path, signals: [...own.reads.keys()], silenceMs: null },
      }));
      const found = createDrafts(now);
      for await (const facts of store.facts({ ...stretch, machines, inAnyOrder: true })) {
        judge(byPath.get(facts.machine) as Wanted, facts, found);
        await breathe();
      }
      const instead = there.map(({ own, from, to }) => ({
        machine: own.path,
        from: Math.max(from, stretch.from),
        to: Math.min(to, stretch.to),
      }));
      await put(found.take(), instead);
    }
    for (const { own, ends } of wanted) {
      for (const [name, end] of ends) {
        const known = own.ends.get(name);
        if (!known || end.ts >= known.ts) own.ends.set(name, end);
      }
      own.isKnown = true;
    }
  }

  /** The first value of a series may be one from before, to go on from. */
  function judge(
    { own: { path, reads }, ends, from, to }: Wanted,
    { series }: MachineFacts,
    found: ReturnType<typeof createDrafts>,
  ): void {
    for (const { signal, ts, values } of series) {
      const read = reads.get(signal);
      if (!read) continue;
      let end = ends.get(signal);
      for (const [index, instant] of ts.entries()) {
        if (instant >= to) break;
        if (end && instant <= end.ts) continue;
        const next = { ts: instant, value: values[index] as SignalValue, isNew: instant >= from };
        end = judgeNext({ machine: path, signal, read }, end, next, found);
      }
      if (end) ends.set(signal, end);
    }
  }

  async function list(quick: boolean, signal?: AbortSignal): Promise<void> {
    if (quick && !(fed && started)) return;
    if (!fed || !started) await look();
    started = true;
    // What comes meanwhile as well: from here on it is read again, and would count twice.
    do await flush();
    while (drafts.count() > 0);
    const taken = [...doubtful]
      .map((own) => ({ own, span: own.doubt as Span }))
      .filter(({ own, span }) => !quick || (own.isKnown && own.newest - span.from <= HOUR_MS))
      .slice(0, quick ? MACHINES_AT_ONCE : doubtful.size);
    for (const { own } of taken) {
      doubtful.delete(own);
      own.doubt = null;
      own.isRead = true;
    }
    const wanted = taken.map(({ own, span }) => wantedOf(own, span));
    // Those that go back about as far go together.
    const alike = Map.groupBy(wanted, ({ from, to }) => Math.ceil(Math.log2((to - from) / HOUR_MS + 1)));
    const left = new Set(taken);
    try {
      for (const group of alike.values()) {
        const sorted = group.sort((a, b) => a.from - b.from);
        for (let first = 0; first < sorted.length; first += MACHINES_AT_ONCE) {
          const some = sorted.slice(first, first + MACHINES_AT_ONCE);
          await readAgain(some, signal);
          const done = new Set(some.map(({ own }) => own));
          for (const one of left) if (done.has(one.own)) left.delete(one);
        }
      }
    } catch (error) {
      for (const { own, span } of left) doubt(own, span.from, span.to);
      if (!signal?.aborted) throw error;
    } finally {
      for (const { own } of taken) own.isRead = false;
    }
  }

  return {
    heard(readings) {
      for (const reading of readings) hear(ofReading(reading), reading);
    },
    list(signal) {
      listing = listing
        .catch(() => undefined)
        .then(async () => {
          isListing = true;
          try {
            await list(false, signal);
          } finally {
            isListing = false;
          }
        });
      return listing;
    },
    listQuick(signal) {
      // What is under way may take long, and lists it as well.
      if (isListing) return Promise.resolve();
      listing = listing
        .catch(() => undefined)
        .then(() => list(true, signal))
        .catch(() => undefined);
      return listing;
    },
    idle: () => listing.catch(() => undefined),
  };
}
