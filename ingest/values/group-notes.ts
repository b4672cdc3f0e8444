import type { EpochMs } from '../../domain/time.ts';
import type { CorrectionKind, NewCorrection } from '../../domain/values/correction.ts';
import { LISTED_EACH_HOUR } from '../../domain/values/words.ts';

/** Of other kinds: in a minute. What is left out is no exception, and only counted. */
const LISTED_EACH_MINUTE = 10;

/** So many events of a series and kind stand one by one, of an hour or a minute; those that follow are counted in the last. */
export const mostListed = (kind: CorrectionKind): number =>
  kind === 'thinned' ? 1 : (LISTED_EACH_HOUR[kind] ?? LISTED_EACH_MINUTE);

/** What happened to one value. */
export interface CorrectionNote
  extends Pick<
    NewCorrection,
    'machine' | 'signal' | 'kind' | 'action' | 'words' | 'before' | 'raw' | 'result' | 'receivedAt'
  > {
  readonly ts: EpochMs;
}

export type Draft = { -readonly [K in keyof NewCorrection]: NewCorrection[K] };

export const keyOf = ({ machine, signal, kind, action }: CorrectionNote | NewCorrection): string =>
  `${machine}\n${signal}\n${kind}\n${action}`;

/** Counts more of the same in an event. */
export function countOn(
  last: Draft,
  more: Pick<NewCorrection, 'from' | 'to' | 'receivedAt' | 'count' | 'lastRaw'>,
): void {
  last.count += more.count;
  last.from = Math.min(last.from, more.from);
  last.to = Math.max(last.to, more.to);
  last.receivedAt = more.receivedAt;
  last.lastRaw = more.lastRaw;
}

/** Gathers what happened to the values of one group of messages: it becomes durable with them. */
export function createGroupNotes() {
  const drafts: Draft[] = [];
  const open = new Map<string, { listed: number; last: Draft }>();
  return {
    drafts: drafts as readonly NewCorrection[],
    add({ ts, ...note }: CorrectionNote): void {
      const key = keyOf({ ts, ...note });
      const known = open.get(key);
      const draft: Draft = { ...note, from: ts, to: ts, count: 1, lastRaw: note.raw };
      if (known && known.listed >= mostListed(note.kind)) {
        countOn(known.last, draft);
        return;
      }
      drafts.push(draft);
      open.set(key, { listed: (known?.listed ?? 0) + 1, last: draft });
    },
  };
}

export type GroupNotes = Pick<ReturnType<typeof createGroupNotes>, 'add'>;
