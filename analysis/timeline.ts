import { earlierForFollowed } from '../domain/annotations/followed.ts';
import { settleMs } from '../domain/derived/rule.ts';
import type { MachineFacts } from '../domain/facts.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { timeline } from '../domain/timeline.ts';
import type { Store } from '../store/port.ts';
import type { TimelineAnswer } from './answers.ts';
import type { FactsRead } from './earlier-facts.ts';
import type { Member } from './members.ts';
import { earlierFacts, stateFacts } from './state-facts.ts';

/** One machine's states in a window, as far as `asOf`. */
export async function timelineOf({
  store,
  member,
  window,
  asOf,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly member: Member;
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<TimelineAnswer> {
  const { machine, site } = member;
  const { from } = window;
  const to = Math.min(window.to, asOf);
  const until = Math.min(asOf, to + settleMs(machine.derive));
  if (to <= from) return { machine: machine.path, ...window, asOf, intervals: [] };
  const read = async (since: EpochMs): Promise<MachineFacts> => {
    for await (const [, facts] of stateFacts(store, [member], { from: since, to: until })) return facts;
    return { machine: machine.path, series: [], silences: [] };
  };
  const entered = member.entered?.({ from, to });
  let facts = await read(from);
  let since: EpochMs | undefined = from;
  for (let again = false; ; again = true) {
    const readSoFar: FactsRead = { machine, facts, from: since, needed: from, until };
    since = earlierFacts(readSoFar, again) ?? earlierForFollowed({ ...readSoFar, entered });
    if (since === undefined) break;
    facts = await read(since);
  }
  return {
    machine: machine.path,
    ...window,
    asOf,
    intervals: timeline({ machine, facts, span: { from, to }, asOf: until, entered, tree: site.reasons }),
  };
}
