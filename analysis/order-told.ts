import type { MachineFacts } from '../domain/facts.ts';
import { ORDER_SIGNALS, type Told, toldIn } from '../domain/orders/told.ts';
import type { WorkedOn } from '../domain/orders/worked-on.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { keptTold, keptUntil } from './kept-work.ts';
import type { Member } from './members.ts';
import type { RowsQuestion } from './questions.ts';
import type { RawHorizons } from './raw-horizon.ts';

/** The planned pieces, and scrap, of an order. */
type Planned = Partial<Record<(typeof ORDER_SIGNALS)[number], number>>;

/** What machines told of their orders themselves, by order; of several that of the newest message. */
export async function toldOf({
  store,
  horizons,
  members,
  span,
  asked: { workOf, names },
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly members: readonly Member[];
  readonly span: Span;
  readonly asked: NonNullable<RowsQuestion['orders']>;
}): Promise<ReadonlyMap<string, Planned>> {
  if (members.length === 0) return new Map();
  const machines = members.map(({ machine: { path } }) => ({
    path,
    signals: ORDER_SIGNALS,
    silenceMs: null,
  }));
  const byPath = new Map(members.map((member) => [member.machine.path, member]));
  const newest = new Map<string, { ts: EpochMs; value: number }>();
  const told = new Map<string, Planned>();
  const breathe = createBreather();
  for await (const facts of store.facts({ ...span, machines, inAnyOrder: true })) {
    const member = byPath.get(facts.machine) as Member;
    const asked = workOf(member).filter(({ order }) => order !== null && names.has(order));
    for (const { order, signal, ts, value } of toldBy(member, { facts, asked, names, span, horizons })) {
      const name = `${signal}\n${order}`;
      if ((newest.get(name)?.ts ?? Number.NEGATIVE_INFINITY) > ts) continue;
      newest.set(name, { ts, value });
      told.set(order, { ...told.get(order), [signal]: value });
    }
    await breathe();
  }
  return told;
}

/** What one machine told: as it is kept where raw data was removed, then as its facts say. */
function toldBy(
  member: Member,
  {
    facts,
    asked,
    names,
    span: { from, to },
    horizons,
  }: {
    readonly facts: MachineFacts;
    readonly asked: readonly WorkedOn[];
    readonly names: ReadonlySet<string>;
    readonly span: Span;
    readonly horizons: RawHorizons;
  },
): readonly Told[] {
  const until = keptUntil(horizons, member);
  const found = toldIn(facts, asked).filter(({ ts }) => ts >= until);
  if (from >= until) return found;
  const kept = keptTold(horizons.work, member.machine.path, { from, to: Math.min(to, until) })
    .filter(({ order }) => names.has(order))
    .map(({ until: last, ...run }) => ({ ...run, ts: Math.min(last, to - 1) }));
  return [...kept, ...found];
}
