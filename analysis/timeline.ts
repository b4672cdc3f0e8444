import type { MachineFacts } from '../domain/facts.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { timeline } from '../domain/timeline.ts';
import type { Store } from '../store/port.ts';
import type { TimelineAnswer } from './answers.ts';
import type { Member } from './members.ts';
import { doubtfulReason, stateFacts } from './state-facts.ts';

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
  const { machine } = member;
  const { from } = window;
  const to = Math.min(window.to, asOf);
  if (to <= from) return { machine: machine.path, ...window, asOf, intervals: [] };
  const read = async (since: EpochMs): Promise<MachineFacts> => {
    for await (const [, facts] of stateFacts(store, [member], { from: since, to })) return facts;
    return { machine: machine.path, series: [], silences: [] };
  };
  let facts = await read(from);
  const given = doubtfulReason(member, facts, from);
  if (given !== undefined) facts = await read(given);
  return {
    machine: machine.path,
    ...window,
    asOf,
    intervals: timeline({ machine, facts, span: { from, to } }),
  };
}
