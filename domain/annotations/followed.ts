import type { Entered } from '../entered.ts';
import type { MachineFacts } from '../facts.ts';
import { statesKnownSince } from '../ledger-context.ts';
import type { Machine } from '../plant.ts';
import { stateTape } from '../state-tape.ts';
import type { EpochMs } from '../time.ts';
import { LONGEST_FOLLOWED_MS, standingEdits } from './edit.ts';
import { stopStretches, stretchAt } from './stop-stretch.ts';

/**
 * From when on facts must be read again so that it is certain which edits still follow a stop where they are `needed`;
 * `undefined`: those read from `from` tell. A stop that ended before then took every edit that followed it or an earlier one with it.
 */
export function earlierForFollowed({
  machine,
  facts,
  entered,
  from,
  needed,
  until,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly entered: Entered | undefined;
  readonly from: EpochMs;
  readonly needed: EpochMs;
  readonly until: EpochMs;
}): EpochMs | undefined {
  const followers = standingEdits(entered?.edits ?? [])
    .filter(({ follows, to }) => follows && to < from && to + LONGEST_FOLLOWED_MS > needed)
    .sort((a, b) => b.to - a.to);
  if (followers.length === 0) return undefined;
  const stretches = stopStretches(stateTape({ machine, facts, until, reasons: false }), until);
  const held = stretchAt(stretches, from);
  if (!held || held.to <= needed) return undefined;
  return followers.find(
    ({ to }) => machine.derive || !statesKnownSince(machine, facts, { from: to, to: from }),
  )?.to;
}
