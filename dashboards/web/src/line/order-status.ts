import type { OrderStanding } from '../api.ts';

/**
 * How an order stands, most urgent first. `late`: it goes on after its planned end; `overdue`: it should have begun; `short`: it
 * ended with fewer good pieces than planned.
 */
export const ORDER_STATUSES = ['late', 'overdue', 'active', 'upcoming', 'short', 'done', 'ended'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export function statusOf(order: OrderStanding, now: number): OrderStatus {
  const { start, end, entry, progress } = order;
  const isPast = (instant: string | null | undefined): boolean =>
    instant !== null && instant !== undefined && Date.parse(instant) <= now;
  if (start === null) return isPast(entry?.plannedStart) ? 'overdue' : 'upcoming';
  if (end === null) {
    const isMade = progress !== null && progress.value >= 1;
    return isPast(entry?.plannedEnd) && !isMade ? 'late' : 'active';
  }
  if (progress === null) return 'ended';
  return progress.value >= 1 ? 'done' : 'short';
}

/** The most urgent first, then those that began last. */
export function byUrgency(orders: readonly OrderStanding[], now: number): readonly OrderStanding[] {
  const place = new Map(
    orders.map((order) => [order, ORDER_STATUSES.indexOf(statusOf(order, now))] as const),
  );
  const began = (order: OrderStanding): number =>
    Date.parse(order.start ?? order.entry?.plannedStart ?? '') || 0;
  // What is still to come: the next one first.
  const when = (order: OrderStanding): number => (order.start === null ? began(order) : -began(order));
  return orders.toSorted(
    (a, b) =>
      (place.get(a) as number) - (place.get(b) as number) ||
      when(a) - when(b) ||
      a.order.localeCompare(b.order),
  );
}
