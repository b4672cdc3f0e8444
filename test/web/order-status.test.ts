import { describe, expect, it } from 'vitest';
import type { OrderStanding } from '../../dashboards/web/src/api.ts';
import { byUrgency, statusOf } from '../../dashboards/web/src/line/order-status.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const at = (hour: number): string => new Date(NOW + hour * 3_600_000).toISOString();

function order(
  name: string,
  {
    start = null,
    end = null,
    planned = null,
    share = null,
  }: {
    start?: number | null;
    end?: number | null;
    planned?: readonly [start: number, end: number] | null;
    share?: number | null;
  },
): OrderStanding {
  return {
    order: name,
    entry: planned && { product: 'P', plannedStart: at(planned[0]), plannedEnd: at(planned[1]) },
    plannedQuantity: share === null ? null : 100,
    plannedScrap: null,
    start: start === null ? null : at(start),
    end: end === null ? null : at(end),
    startedBefore: false,
    counts: { produced: 0, good: 0, reject: 0 },
    progress: share === null ? null : { value: share, numerator: share * 100, denominator: 100 },
    machines: [],
  };
}

describe('how an order stands', () => {
  it.each([
    ['upcoming', order('a', { planned: [1, 5] })],
    ['overdue', order('a', { planned: [0, 5] })],
    ['upcoming', order('a', {})],
    ['active', order('a', { start: -1, planned: [-1, 5], share: 0.1 })],
    ['active', order('a', { start: -1 })],
    ['late', order('a', { start: -9, planned: [-9, 0], share: 0.99 })],
    ['active', order('a', { start: -9, planned: [-9, -1], share: 1 })],
    ['done', order('a', { start: -9, end: -1, share: 1 })],
    ['short', order('a', { start: -9, end: -1, share: 0.99 })],
    ['ended', order('a', { start: -9, end: -1 })],
  ] as const)('is %s', (status, standing) => {
    expect(statusOf(standing, NOW)).toBe(status);
  });

  it('is listed by urgency: what is late, what goes on newest first, what comes next first', () => {
    const orders = [
      order('done', { start: -9, end: -1, share: 1 }),
      order('tomorrow', { planned: [20, 25] }),
      order('next', { planned: [2, 5] }),
      order('long', { start: -8 }),
      order('late', { start: -9, planned: [-9, -1], share: 0.5 }),
      order('new', { start: -1 }),
    ];
    expect(byUrgency(orders, NOW).map((one) => one.order)).toEqual([
      'late',
      'new',
      'long',
      'next',
      'tomorrow',
      'done',
    ]);
  });
});
