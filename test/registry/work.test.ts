import { expect, test } from 'vitest';
import type { NewOrderEntry, NewProductEntry } from '../../domain/orders/entry.ts';
import { openForTest, tempDir } from './open.ts';

const product = (more: Partial<NewProductEntry> = {}): NewProductEntry => ({
  ...{ product: 'P1', scope: 'acme/zhoushan', from: 1000, cycleUs: 11_800_000 },
  ...{ by: '王工', note: null, enteredAt: 2000, ...more },
});
const order = (more: Partial<NewOrderEntry> = {}): NewOrderEntry => ({
  ...{ order: 'WO-1', scope: '', from: 1000, product: 'P1', plannedQuantity: 500, plannedScrap: null },
  ...{
    plannedStart: 5000,
    plannedEnd: 9000,
    countedAt: null,
    by: '王工',
    note: '急单',
    enteredAt: 2000,
    ...more,
  },
});
const nothing = () => {};

test('entries are added, never changed, and outlive a restart', () => {
  const dir = tempDir();
  const registry = openForTest({ dir });
  registry.work.addProduct(product(), nothing);
  registry.work.addProduct(product({ product: null, cycleUs: null, note: '换模具' }), nothing);
  registry.work.addOrder(order(), nothing);
  registry.work.addOrder(order({ plannedQuantity: 600 }), nothing);
  registry.close();
  const { work } = openForTest({ dir });
  expect(work.products()).toEqual([
    { id: 1, ...product() },
    { id: 2, ...product({ product: null, cycleUs: null, note: '换模具' }) },
  ]);
  expect(work.entriesOf('WO-1')).toEqual([
    { id: 1, ...order() },
    { id: 2, ...order({ plannedQuantity: 600 }) },
  ]);
  expect(work.entriesOf('WO-2')).toEqual([]);
  expect(work.newest()).toEqual({ product: 2, order: 2 });
});

test('what goes with an entry is written with it, or neither is', () => {
  const { work, ledgerMarks } = openForTest();
  const mark = () => ledgerMarks.mark([{ machine: 'a/b/c/d/e', from: 1, to: 2 }]);
  work.addProduct(product(), mark);
  expect(ledgerMarks.takeMarks(9)).toHaveLength(1);
  expect(() =>
    work.addProduct(product(), () => {
      mark();
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(ledgerMarks.takeMarks(9)).toHaveLength(1);
  expect(work.products()).toHaveLength(1);
});

test('an order is planned where its newest entry says', () => {
  const { work } = openForTest();
  work.addOrder(order(), nothing);
  work.addOrder(order({ order: 'WO-2', plannedStart: null, plannedEnd: null }), nothing);
  work.addOrder(order({ order: 'WO-3', plannedStart: 8999, plannedEnd: null }), nothing);
  const planned = (from: number, to: number, limit = 9, after = '') =>
    work.planned({ from, to, after, limit }).map((one) => one.order);
  expect(planned(8000, 9500)).toEqual(['WO-1', 'WO-3']);
  expect(planned(8000, 9500, 1)).toEqual(['WO-1']);
  expect(planned(8000, 9500, 1, 'WO-1')).toEqual(['WO-3']);
  expect(planned(8000, 9500, 1, 'WO-3')).toEqual([]);
  expect(planned(9000, 9500)).toEqual([]);
  work.addOrder(order({ plannedStart: 20_000, plannedEnd: 30_000 }), nothing);
  expect(planned(8000, 9500)).toEqual(['WO-3']);
  expect(planned(0, 40_000)).toEqual(['WO-1', 'WO-3']);
});
