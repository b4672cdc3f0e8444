import type { SignalValue } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { NewCorrection, StoredKind } from '../domain/values/correction.ts';
import { type Before, type Read, saysSomething, storedNotes } from '../domain/values/stored.ts';
import { LISTED_EACH_HOUR } from '../domain/values/words.ts';

const HOUR_MS = 3_600_000;

/** Where events about what is stored are listed. Every method is synchronous and durable on return. */
export interface StoredEvents {
  /**
   * A span, widened to whole hours and to the events that reach out of it: what has to be made anew where the values of the
   * span are others.
   */
  around(machine: MachinePath, span: Span): Span;
  /** Adds events; with spans, in place of those of the machines that began in them, also where these left the list. */
  putStored(
    events: readonly NewCorrection[],
    instead?: readonly (Span & { readonly machine: MachinePath })[],
  ): void;
}

/** What is remembered of a series. */
export interface SeriesEnd {
  /** Of the newest value. */
  ts: EpochMs;
  /** The newest value that says something. */
  before: Before | undefined;
}

type Draft = { -readonly [K in keyof NewCorrection]: NewCorrection[K] };

/** Gathers events, of which so many of a series and hour stand one by one; what follows is counted in the last. */
export function createDrafts(now: () => EpochMs) {
  let drafts: Draft[] = [];
  let open = new Map<string, { readonly hour: number; listed: number; last: Draft }>();

  return {
    add(
      place: { readonly machine: MachinePath; readonly signal: string; readonly ts: EpochMs },
      kind: StoredKind,
      { words, before, raw }: Pick<NewCorrection, 'words' | 'before' | 'raw'>,
    ): void {
      const { machine, signal, ts } = place;
      const key = `${machine}\n${signal}\n${kind}`;
      const hour = Math.floor(ts / HOUR_MS);
      const known = open.get(key);
      if (known?.hour === hour && known.listed >= (LISTED_EACH_HOUR[kind] ?? 1)) {
        const { last } = known;
        last.count++;
        last.to = ts;
        last.lastRaw = raw;
        return;
      }
      const draft: Draft = {
        ...{ machine, signal, kind, action: 'flagged', words, from: ts, to: ts, receivedAt: now() },
        ...{ count: 1, before, raw, result: raw, lastRaw: raw },
      };
      if (known?.hour === hour) {
        known.listed++;
        known.last = draft;
      } else open.set(key, { hour, listed: 1, last: draft });
      drafts.push(draft);
    },
    take(): readonly NewCorrection[] {
      const taken = drafts;
      drafts = [];
      open = new Map();
      return taken;
    },
    count: () => drafts.length,
  };
}

/** Judges the next value of a series, and remembers it. `isNew`: its events are wanted. */
export function judgeNext(
  { machine, signal, read }: { readonly machine: MachinePath; readonly signal: string; readonly read: Read },
  end: SeriesEnd | undefined,
  { ts, value, isNew }: { readonly ts: EpochMs; readonly value: SignalValue; readonly isNew: boolean },
  drafts: ReturnType<typeof createDrafts>,
): SeriesEnd {
  if (isNew) {
    for (const { kind, words, before } of storedNotes(read, end?.before, ts, value)) {
      drafts.add({ machine, signal, ts }, kind, { words, before, raw: value });
    }
  }
  const before = saysSomething(read, value) ? { ts, value } : end?.before;
  if (!end) return { ts, before };
  end.ts = ts;
  end.before = before;
  return end;
}
