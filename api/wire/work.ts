import { z } from 'zod';
import type { OrderStanding } from '../../analysis/order-standings.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import type { OrderEntry, ProductEntry } from '../../domain/orders/entry.ts';
import { digest, revision } from './row.ts';
import { count, iso, isoOrNull, time } from './scalars.ts';

const signed = {
  id: z.int().describe('rises with each entry'),
  from: time.describe('from when on it holds'),
  by: z.string().describe('who said so'),
  note: z.string().nullable().describe('why'),
  enteredAt: time,
};
const signedOf = ({ id, from, by, note, enteredAt }: OrderEntry | ProductEntry) => ({
  ...{ id, from: iso(from), by, note },
  enteredAt: iso(enteredAt),
});

export const productEntry = z
  .strictObject({
    product: z.string().nullable().describe('null: of whatever product has no cycle of its own'),
    scope: z.string().describe('the machines that it holds for; empty: all'),
    idealCycleMs: z.number().nullable().describe('null: from then on this scope says none'),
    ...signed,
  })
  .meta({ id: 'ProductEntry', description: 'An ideal cycle as it was entered; never changed' });

export const productEntryOf = (entry: ProductEntry): z.output<typeof productEntry> => ({
  product: entry.product,
  scope: entry.scope,
  idealCycleMs: entry.cycleUs === null ? null : entry.cycleUs / 1000,
  ...signedOf(entry),
});

export const orderEntry = z
  .strictObject({
    order: z.string(),
    scope: z.string().describe('where it is to be made; empty: anywhere'),
    product: z.string().nullable().describe('counts on machines that name none themselves'),
    plannedQuantity: count.nullable(),
    plannedScrap: count.nullable(),
    plannedStart: time.nullable(),
    plannedEnd: time.nullable(),
    countedAt: z
      .string()
      .nullable()
      .describe('whose pieces are the order’s, as the last machine of a line; null: of all that work on it'),
    ...signed,
  })
  .meta({ id: 'OrderEntry', description: 'What was said of an order; never changed, the last entry counts' });

export const orderEntryOf = (entry: OrderEntry): z.output<typeof orderEntry> => ({
  order: entry.order,
  scope: entry.scope,
  product: entry.product,
  plannedQuantity: entry.plannedQuantity,
  plannedScrap: entry.plannedScrap,
  plannedStart: isoOrNull(entry.plannedStart),
  plannedEnd: isoOrNull(entry.plannedEnd),
  countedAt: entry.countedAt,
  ...signedOf(entry),
});

const counts = z.strictObject({
  produced: count,
  good: z.int(),
  reject: count,
  duringUnknown: count,
  extra: count,
});

const ratio = z
  .strictObject({ value: z.number(), numerator: z.int(), denominator: z.int() })
  .nullable()
  .describe('null: nothing is planned, or nobody said');

export const order = z
  .strictObject({
    order: z.string(),
    entry: orderEntry.nullable().describe('what was entered last; null: known from machines alone'),
    plannedQuantity: count
      .nullable()
      .describe('entered, or else told by a machine with the signal `orderQuantity`'),
    plannedScrap: count.nullable().describe('entered, or else told with the signal `orderScrap`'),
    start: time.nullable().describe('when the first machine began; null: none has'),
    end: time.nullable().describe('when the last machine ended; null: not begun, or goes on'),
    startedBefore: z.boolean().describe('it began earlier than was looked: its first pieces are missing'),
    counts: counts.describe('of the machines that are counted, as /ledger?by=order has them'),
    progress: ratio.describe('good pieces / planned quantity; never capped'),
    scrapRatio: ratio.describe('actual to planned scrap: rejects / planned scrap (ISO 22400-2)'),
    machines: z.array(
      z.strictObject({
        machine: z.string(),
        start: time,
        end: time.nullable().describe('null: it still works on it'),
        products: z.array(z.string()),
        counts,
        runningMs: count,
        counted: z.boolean(),
        flags: z
          .array(z.enum(LEDGER_FLAGS))
          .describe(
            'as /ledger has them; with raw-data-removed, what was made in a part of an hour at the end of the span is unknown',
          ),
        revision,
        digest,
      }),
    ),
  })
  .meta({ id: 'OrderStanding', description: 'How an order stands' });

export const orderOf = (standing: OrderStanding): z.output<typeof order> => ({
  order: standing.order,
  entry: standing.entry && orderEntryOf(standing.entry),
  plannedQuantity: standing.plannedQuantity,
  plannedScrap: standing.plannedScrap,
  start: isoOrNull(standing.start),
  end: isoOrNull(standing.end),
  startedBefore: standing.startedBefore,
  counts: countsOf(standing.counts),
  progress: ratioOf(standing.counts.good, standing.plannedQuantity),
  scrapRatio: ratioOf(standing.counts.reject, standing.plannedScrap),
  machines: standing.machines.map(({ start, end, products, counts: own, ...one }) => ({
    machine: one.machine,
    start: iso(start),
    end: isoOrNull(end),
    products: [...products],
    counts: countsOf(own),
    runningMs: one.runningMs,
    counted: one.counted,
    flags: [...one.flags],
    revision: one.revision,
    digest: one.digest,
  })),
});

const countsOf = ({ produced, good, reject, duringUnknown, extra }: OrderStanding['counts']) => ({
  ...{ produced, good, reject, duringUnknown, extra },
});

const ratioOf = (numerator: number, denominator: number | null): z.output<typeof ratio> =>
  denominator === null || denominator === 0
    ? null
    : { value: numerator / denominator, numerator, denominator };
