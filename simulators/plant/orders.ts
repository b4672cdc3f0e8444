import type { EpochMs } from '../../domain/time.ts';
import { minutesOf, shiftsFrom } from '../calendar.ts';
import type { OrderSaid } from '../event.ts';
import type { PieceKind, Product } from './kind.ts';
import type { MachineSpec } from './spec.ts';

/** A lot of one product that a machine is set up for. */
export interface Lot {
  /** From 1 on, since the run began. */
  readonly number: number;
  readonly since: EpochMs;
  readonly product: Product;
  /** What the machine will make of it before the next changeover. */
  readonly pieces: number;
}

/** Share of the time that planners reckon with: what is left when machines wait, break down and run slower than ideal. */
const PLANNED_SHARE = 0.78;
/** No order is for less of a lot than that, however late it begins. */
const LEAST_SHARE = 0.1;

/**
 * The orders that the plant's MES says for a machine's lots, one for each: named after the production day, the site and the machine, planned in
 * round numbers. `closesAt` says until when what is begun at an instant has to be done; what the machine can't make by then isn't planned.
 */
export function ordersOf(
  spec: MachineSpec & { readonly kind: PieceKind },
  closesAt?: (ts: EpochMs) => EpochMs,
): (lot: Lot) => OrderSaid {
  let said: { readonly lot: Lot; readonly order: OrderSaid } | undefined;
  return (lot) => {
    if (said?.lot !== lot) said = { lot, order: orderOf(spec, lot, closesAt) };
    return said.order;
  };
}

function orderOf(
  { path, site, kind }: MachineSpec & { readonly kind: PieceKind },
  { number, since, product, pieces }: Lot,
  closesAt?: (ts: EpochMs) => EpochMs,
): OrderSaid {
  const levels = path.split('/');
  // The production day: a night's orders are of the day on which it began.
  const day = Temporal.Instant.fromEpochMilliseconds(since)
    .toZonedDateTimeISO(site.zone)
    .subtract({ minutes: minutesOf(site.dayStart) })
    .toPlainDate()
    .toString();
  const name = [levels[1], levels.at(-1)?.replaceAll('-', '')].join('-').toUpperCase();
  const scrapShare = kind.rejects.usual * 1.5;
  const able = closesAt ? ableBy({ site, kind, product, since, until: closesAt(since) }) : pieces;
  const quantity = round(Math.max(Math.min(pieces, able), pieces * LEAST_SHARE) * (1 - scrapShare));
  return {
    id: `WO${day.replaceAll('-', '').slice(2)}-${name}-${number}`,
    quantity,
    scrap: Math.ceil(quantity * scrapShare),
  };
}

/** What planners expect of it. */
function ableBy({
  site,
  kind,
  product,
  since,
  until,
}: {
  readonly site: MachineSpec['site'];
  readonly kind: PieceKind;
  readonly product: Product;
  readonly since: EpochMs;
  readonly until: EpochMs;
}): number {
  const within = (from: EpochMs, to: EpochMs): number =>
    Math.max(0, Math.min(to, until) - Math.max(from, since));
  let workedMs = site.shifts.length === 0 ? until - since : 0;
  for (const { from, to, breaks } of shiftsFrom(site, since)) {
    if (from >= until) break;
    workedMs += within(from, to) - breaks.reduce((sum, pause) => sum + within(pause.from, pause.to), 0);
  }
  const [low, high] = kind.changeover.durationMs;
  const runMs = Math.max(product.cycleMs, workedMs * PLANNED_SHARE - (low + high) / 2);
  return Math.floor(runMs / product.cycleMs) * product.pieces;
}

/** Down to two digits that mean something; orders are written in round numbers. */
function round(pieces: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, pieces))) - 1);
  return Math.max(1, Math.floor(pieces / step) * step);
}
