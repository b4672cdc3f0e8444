import type { DatabaseSync } from 'node:sqlite';
import type { NewOrderEntry, NewProductEntry, OrderEntry, ProductEntry } from '../domain/orders/entry.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/**
 * Orders and ideal cycles as they were entered: only ever added to. What goes with an entry (marks for the recorder) is
 * written in the same transaction.
 */
export function openWork(db: DatabaseSync) {
  const products = db.prepare('SELECT * FROM product_entry ORDER BY id');
  const newestProduct = db.prepare('SELECT max(id) AS id FROM product_entry');
  const addProduct = db.prepare(
    `INSERT INTO product_entry (product, scope, from_ts, cycle_us, said_by, note, entered_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const entriesOf = db.prepare('SELECT * FROM order_entry WHERE work_order = ? ORDER BY id');
  const newestOrder = db.prepare('SELECT max(id) AS id FROM order_entry');
  const planned = db.prepare(
    `SELECT * FROM order_entry AS one WHERE id = (SELECT max(id) FROM order_entry WHERE work_order = one.work_order)
       AND work_order > ? AND planned_start < ? AND coalesce(planned_end, planned_start + 1) > ? ORDER BY work_order LIMIT ?`,
  );
  const addOrder = db.prepare(
    `INSERT INTO order_entry (work_order, scope, from_ts, product, planned_quantity, planned_scrap, planned_start, planned_end, counted_at, said_by, note, entered_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    /** In order of entry. */
    products: (): readonly ProductEntry[] => products.all().map(productOf),

    /** The newest ids: whoever keeps something in memory looks here whether it still holds. */
    newest: (): { readonly product: number; readonly order: number } => ({
      product: (newestProduct.get()?.id as number | null) ?? 0,
      order: (newestOrder.get()?.id as number | null) ?? 0,
    }),

    addProduct(entry: NewProductEntry, alongside: () => void): ProductEntry {
      return inTransaction(db, () => {
        const { lastInsertRowid } = addProduct.run(
          ...[entry.product, entry.scope, entry.from, entry.cycleUs],
          ...[entry.by, entry.note, entry.enteredAt],
        );
        alongside();
        return { id: Number(lastInsertRowid), ...entry };
      });
    },

    /** What was said of an order, in order of entry. */
    entriesOf: (order: string): readonly OrderEntry[] => entriesOf.all(order).map(orderOf),

    /** Orders that are planned in a span as they stand, by id: of those after one at most `limit`. */
    planned: ({
      from,
      to,
      after,
      limit,
    }: {
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly after: string;
      readonly limit: number;
    }): readonly OrderEntry[] => planned.all(after, to, from, limit).map(orderOf),

    addOrder(entry: NewOrderEntry, alongside: () => void): OrderEntry {
      return inTransaction(db, () => {
        const { lastInsertRowid } = addOrder.run(
          ...[entry.order, entry.scope, entry.from, entry.product],
          ...[
            entry.plannedQuantity,
            entry.plannedScrap,
            entry.plannedStart,
            entry.plannedEnd,
            entry.countedAt,
          ],
          ...[entry.by, entry.note, entry.enteredAt],
        );
        alongside();
        return { id: Number(lastInsertRowid), ...entry };
      });
    },
  };
}

const signed = (row: Record<string, unknown>) => ({
  id: row.id as number,
  by: row.said_by as string,
  note: row.note as string | null,
  enteredAt: row.entered_at as EpochMs,
});

const productOf = (row: Record<string, unknown>): ProductEntry => ({
  ...signed(row),
  product: row.product as string | null,
  scope: row.scope as string,
  from: row.from_ts as EpochMs,
  cycleUs: row.cycle_us as number | null,
});

const orderOf = (row: Record<string, unknown>): OrderEntry => ({
  ...signed(row),
  order: row.work_order as string,
  scope: row.scope as string,
  from: row.from_ts as EpochMs,
  product: row.product as string | null,
  plannedQuantity: row.planned_quantity as number | null,
  plannedScrap: row.planned_scrap as number | null,
  plannedStart: row.planned_start as EpochMs | null,
  plannedEnd: row.planned_end as EpochMs | null,
  countedAt: row.counted_at as string | null,
});
