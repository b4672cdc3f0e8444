import { earlierForFollowed } from '../domain/annotations/followed.ts';
import { settleMs } from '../domain/derived/rule.ts';
import type { MachineFacts } from '../domain/facts.ts';
import { type EpochMs, gapsIn, type Span } from '../domain/time.ts';
import { contiguous, intervalOf, type TimelineInterval, timeline } from '../domain/timeline.ts';
import type { TimelineAnswer } from './answers.ts';
import type { PiecesSource } from './class-pieces.ts';
import type { FactsRead } from './earlier-facts.ts';
import { keptPieces, tracksUntil } from './kept-tracks.ts';
import type { Member } from './members.ts';
import { earlierFacts, stateFacts } from './state-facts.ts';

/** One machine's states in a window, as far as `asOf`: as they are kept where raw data was removed, then as facts tell them. */
export async function timelineOf({
  horizons,
  member,
  window,
  asOf,
  store,
}: PiecesSource & {
  readonly member: Member;
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<Omit<TimelineAnswer, 'keptSince'>> {
  const { path } = member.machine;
  const to = Math.min(window.to, asOf);
  const answer = { machine: path, ...window, asOf };
  if (to <= window.from) return { ...answer, intervals: [] };
  const until = tracksUntil(member, horizons.all().get(path));
  const kept = keptPieces(horizons, path, { from: window.from, to: Math.min(to, until) });
  const intervals = kept.map(intervalOf);
  for (const gap of gapsIn(kept, { from: window.from, to }))
    intervals.push(...(await intervalsOfFacts({ store, member, span: gap, asOf })));
  return { ...answer, intervals: contiguous(intervals.sort((a, b) => a.from - b.from)) };
}

async function intervalsOfFacts({
  store,
  member,
  span,
  asOf,
}: Pick<PiecesSource, 'store'> & {
  readonly member: Member;
  readonly span: Span;
  readonly asOf: EpochMs;
}): Promise<readonly TimelineInterval[]> {
  const { machine, site } = member;
  const { from } = span;
  const until = Math.min(asOf, span.to + settleMs(machine.derive));
  const read = async (since: EpochMs): Promise<MachineFacts> => {
    for await (const [, facts] of stateFacts(store, [member], { from: since, to: until })) return facts;
    return { machine: machine.path, series: [], silences: [] };
  };
  const entered = member.entered?.(span);
  let facts = await read(from);
  let since: EpochMs | undefined = from;
  for (let again = false; ; again = true) {
    const readSoFar: FactsRead = { machine, facts, from: since, needed: from, until };
    since = earlierFacts(readSoFar, again) ?? earlierForFollowed({ ...readSoFar, entered });
    if (since === undefined) break;
    facts = await read(since);
  }
  return timeline({ machine, facts, span, asOf: until, entered, tree: site.reasons });
}
