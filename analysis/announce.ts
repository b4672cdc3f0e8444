import type { Site } from '../domain/plant.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { wholeCells } from './cells.ts';
import { keptConfigOf } from './config-document.ts';
import { firstHeard } from './first-heard.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Member, Members } from './members.ts';
import type { NothingClosed } from './nothing-closed.ts';
import type { RawHorizons } from './raw-horizon.ts';
import { closingMs, configOf, lookaheadMs } from './trust.ts';

const DAY_MS = 86_400_000;

/**
 * Marks what is to be recorded: cells that closed since, and everything where the configuration changed. The marks come
 * first and the bound moves before any fact is read, so that neither a crash nor a write that races with the recorder
 * leaves a stale cell without a mark.
 */
export async function announce({
  store,
  members,
  marks,
  horizons,
  now,
  nothingClosed,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly now: EpochMs;
  /** Kept from call to call. */
  readonly nothingClosed: NothingClosed;
}): Promise<void> {
  const heard = (await members.all()).filter(({ lastHeard }) => lastHeard !== null);
  const closedAt = createClosing(now);
  const due = heard.flatMap((member) => {
    const until = marks.recordedUntil(member.machine.path);
    const closed = closedAt(member);
    const next = closed + lookaheadMs(member.machine);
    const { path } = member.machine;
    if (until === null && nothingClosed.holds(path, closed, now)) return [];
    const same = marks.configOf(path) === configOf(member);
    return until !== null && same && next <= until ? [] : [{ member, until, closed, next, same }];
  });
  const anew = due.filter(({ until, same }) => until === null || !same);
  const first = await firstHeard({
    ...{ store, horizons },
    machines: anew.map((entry) => entry.member.machine.path),
    until: now,
  });

  const fresh: Omit<LedgerMark, 'id'>[] = [];
  const announced: typeof due = [];
  for (const entry of due) {
    const { member, until, closed, next, same } = entry;
    const path = member.machine.path;
    const begin = first.get(path);
    // Cells that end before the first observation hold nothing: the reach of the mark stops short of them.
    const anewFrom = begin === undefined ? undefined : begin + lookaheadMs(member.machine);
    const from = until === null || !same ? anewFrom : until;
    if (from === undefined || (until === null && (begin ?? closed) >= closed)) {
      nothingClosed.note(path, closed, now);
      continue;
    }
    const former = until === null || same ? null : marks.configOf(path);
    fresh.push({ machine: path, from, to: Math.max(from, until ?? next, next), former });
    announced.push(entry);
  }
  marks.mark(fresh);
  marks.setConfig(
    announced.map(({ member, same }) => {
      const kept = keptConfigOf(member);
      return { machine: member.machine.path, config: kept.hash, ...(same ? {} : { document: kept.text }) };
    }),
  );
  marks.setRecordedUntil(
    announced.map(({ member, until, next }) => ({
      machine: member.machine.path,
      until: Math.max(until ?? next, next),
    })),
  );
}

/** The end of the newest closed cell, whatever its grain, by calendar and closing time. */
function createClosing(now: EpochMs): (member: Member) => EpochMs {
  const known = new Map<Site, Map<EpochMs, EpochMs>>();
  return ({ machine, site }) => {
    const to = now - closingMs(machine);
    const ofSite = known.getOrInsertComputed(site, () => new Map<EpochMs, EpochMs>());
    return ofSite.getOrInsertComputed(to, () => {
      const cells = wholeCells(site, { from: to - DAY_MS, to });
      return Math.max(to - DAY_MS, ...[...cells.hour, ...cells.shift, ...cells.day].map((cell) => cell.to));
    });
  };
}
