import type { workZh } from './work-zh.ts';

/** English, of products and orders. */
export const workEn: typeof workZh = {
  work: {
    title: 'Products and orders',
    orders: 'Orders',
    ordersHint:
      'The orders that were worked on in this time, or are planned in it; pieces count from their begin.',
    groupBy: 'Group',
    perProduct: 'by product',
    perOrder: 'by order',
    order: 'Order',
    product: 'Product',
    noOrder: 'no order',
    noProduct: 'no product told',
    planned: 'Planned',
    good: 'Good',
    progress: 'Progress',
    plannedScrap: 'Planned scrap',
    start: 'Began',
    end: 'Ended',
    goesOn: 'goes on',
    notBegun: 'not begun',
    plannedAt: 'planned {time}',
    earlier: 'earlier',
    startedBefore: 'It began earlier: its first pieces are missing.',
    machines: 'Machines',
    allOrders: 'Progress of orders',
    noOrders: 'There is no order in this time.',
    noOrdersHint:
      'Machines, or an MES, tell the order with the signal order; what is planned is entered with POST /api/v1/orders.',
    moreOrders: 'Only the first {count} are listed; choose a shorter time.',
    weeks: 'Time',
    lastDays: 'last {days} days',
    lastDay: 'last day',
  },
};
