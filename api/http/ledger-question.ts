import { z } from 'zod';
import { DIMENSIONS, type Dimension } from '../../analysis/answers.ts';
import type { LedgerQuestion } from '../../analysis/port.ts';
import { words } from './parameter.ts';
import { scope } from './places.ts';
import { asOf, spanParams, zone } from './times.ts';

const by = words<Dimension>(
  DIMENSIONS,
  'What the rows are grouped by, comma-separated; absent: one row with an empty key',
  ['machine', 'site,shift,day', 'line,product'],
).default([]);

/** The parameters that `/ledger` and `/kpis` share. */
export const ledgerParams = z.strictObject({ scope, ...spanParams, by, asOf, zone: zone.optional() });

export function ledgerQuestionOf(params: z.output<typeof ledgerParams>): LedgerQuestion {
  const { scope, from, to, by, asOf, zone } = params;
  return {
    scope,
    from,
    to,
    by,
    ...(asOf === undefined ? {} : { asOf }),
    ...(zone === undefined ? {} : { zone }),
  };
}
