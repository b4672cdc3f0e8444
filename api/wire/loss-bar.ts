import { z } from 'zod';
import type { LedgerSums } from '../../domain/ledger-row.ts';
import { LOSS_VIEWS, type LossViewId, lossesOf } from '../../domain/losses.ts';
import { exactInteger } from './exact-json.ts';
import { integer } from './scalars.ts';

export const lossBar = z
  .strictObject({
    id: z.string().describe('a loss step of /kpis/catalogue'),
    us: integer.nullable().describe('microseconds; null: not known, for want of an ideal cycle or a count'),
    span: z
      .tuple([integer, integer])
      .nullable()
      .describe(
        'between which heights the bar of a waterfall stands, in µs; a negative loss hangs below zero',
      ),
    share: z.number().nullable().describe('of planned busy time; null: nothing was planned'),
  })
  .meta({ id: 'LossBar' });

/** The waterfall of ledger sums, top to bottom. */
export const lossBarsOf = (row: LedgerSums, view: LossViewId = 'iso') =>
  lossesOf(row, LOSS_VIEWS[view].steps).map(({ id, us, span, share }) => ({
    id,
    us: us === null ? null : exactInteger(us),
    span:
      span &&
      ([exactInteger(span[0]), exactInteger(span[1])] as [
        ReturnType<typeof exactInteger>,
        ReturnType<typeof exactInteger>,
      ]),
    share,
  }));
