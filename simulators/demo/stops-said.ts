import type { EpochMs, Span } from '../../domain/time.ts';
import { day, minute } from '../duration.ts';
import type { SimulatedEvent } from '../event.ts';
import type { Floor } from '../floors/floor.ts';
import { between, oneOf, randomOf } from '../random.ts';
import { machineDays } from './days.ts';
import type { DemoMachine } from './plant.ts';

/** What an operator says of a stop. */
export interface SaidOfStop extends Span {
  /** The same whenever it is said again. */
  readonly id: string;
  readonly machine: string;
  /** Id in the site's tree. */
  readonly reason: string;
  readonly by: string;
  readonly note: string | null;
  readonly at: EpochMs;
}

/** Shorter stops aren't worth a tap. */
const SHORTEST_MS = 4 * minute;
/** Before so long, only what stood for longer is remembered well enough to be said. */
const RECENT_MS = 7 * day;
const SHORTEST_OLD_MS = 10 * minute;
/** Of the stops, so many get a reason. */
const SHARE = 0.72;
const HALF_DAY_MS = day / 2;
const SHARE_WITH_REMARK = 0.3;

/** What happens at a machine in a span, changes alone. */
export const changesAt = (
  span: Span & { readonly machine: DemoMachine; readonly seed: string | number },
): Generator<SimulatedEvent, void> => machineDays({ ...span, sampleInto: Number.MAX_SAFE_INTEGER });

/** What operators said of a machine's stops that end before `to`, oldest first; `now` says how long ago that is. */
export function* stopsSaid({
  path,
  happened,
  floor,
  seed,
  now,
  to,
}: {
  readonly path: string;
  readonly happened: Iterable<SimulatedEvent>;
  readonly floor: Floor;
  readonly seed: string | number;
  readonly now: EpochMs;
  readonly to: EpochMs;
}): Generator<SaidOfStop, void> {
  let since: EpochMs | null = null;
  let why: string | null = null;
  for (const event of happened) {
    if (event.kind !== 'report') continue;
    if (event.ts > to) return;
    const reason = event.state === 'running' ? null : event.reason;
    if (reason === why) continue;
    const known = why === null ? undefined : floor.knows[why];
    if (since !== null && known !== undefined && event.ts % day !== 0) {
      const said = saidOf({ path, floor, seed, reason: known, from: since, to: event.ts });
      const shortest = event.ts > now - RECENT_MS ? SHORTEST_MS : SHORTEST_OLD_MS;
      if (said && event.ts - since >= shortest) yield said;
    }
    since = event.ts;
    why = reason;
  }
}

function saidOf({
  path,
  floor,
  seed,
  reason,
  from,
  to,
}: Span & {
  readonly path: string;
  readonly floor: Floor;
  readonly seed: string | number;
  readonly reason: string;
}): SaidOfStop | null {
  const random = randomOf(seed, path, 'operators', from);
  if (random() > SHARE) return null;
  const remarks = floor.remarks[reason] ?? [];
  const note = random() < SHARE_WITH_REMARK && remarks.length > 0 ? oneOf(random, remarks) : null;
  const by = floor.operators[Math.floor(from / HALF_DAY_MS) % floor.operators.length] as string;
  const at = to + between(random, [minute, 9 * minute]);
  return { id: `demo:${path}:${from}`, machine: path, from, to, reason, by, note, at };
}
