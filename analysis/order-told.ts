import type { ORDER_SIGNALS, Told } from '../domain/orders/told.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { keptTold, keptUntil } from './kept-work.ts';
import type { Member } from './members.ts';
import type { Worked } from './orders-worked.ts';
import type { RawHorizons } from './raw-horizon.ts';

/** The planned pieces, and scrap, of an order. */
type Planned = Partial<Record<(typeof ORDER_SIGNALS)[number], number>>;

/**
 * What machines told of their orders themselves, by order; of several that of the newest message, of several
 * of one instant that of the last machine.
 */
export function toldOf({
  horizons,
  members,
  span,
  worked,
  names,
}: {
  readonly horizons: RawHorizons;
  readonly members: readonly Member[];
  readonly span: Span;
  readonly worked: (member: Member) => Worked;
  readonly names: ReadonlySet<string>;
}): ReadonlyMap<string, Planned> {
  const newest = new Map<string, EpochMs>();
  const told = new Map<string, Planned>();
  for (const member of members) {
    for (const { order, signal, ts, value } of [
      ...keptOf(member, { horizons, span }),
      ...worked(member).told,
    ]) {
      if (!names.has(order)) continue;
      const name = `${signal}\n${order}`;
      if ((newest.get(name) ?? Number.NEGATIVE_INFINITY) > ts) continue;
      newest.set(name, ts);
      told.set(order, { ...told.get(order), [signal]: value });
    }
  }
  return told;
}

/** What one machine told, as it is kept where raw data was removed. */
function keptOf(
  member: Member,
  { horizons, span: { from, to } }: { readonly horizons: RawHorizons; readonly span: Span },
): readonly Told[] {
  const until = keptUntil(horizons, member);
  if (from >= until) return [];
  return keptTold(horizons.work, member.machine.path, { from, to: Math.min(to, until) }).map(
    ({ until: last, ...run }) => ({ ...run, ts: Math.min(last, to - 1) }),
  );
}
