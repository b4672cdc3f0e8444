import { z } from 'zod';
import type { LedgerAnswer } from '../../analysis/answers.ts';
import { LEDGER_FLAGS, TIME_CLASSES } from '../../domain/ledger-row.ts';
import { exactInteger } from './exact-json.ts';
import { digest, finality, revision, rowKey } from './row.ts';
import { count, integer, spanFields, spanOf } from './scalars.ts';

export const ledgerRow = z
  .strictObject({
    key: rowKey,
    ...spanFields,
    ms: z.record(z.enum(TIME_CLASSES), count).describe('milliseconds by class; they sum to the known window'),
    runningUs: z
      .strictObject({ productive: integer, rejectLoss: integer, speedLoss: integer })
      .nullable()
      .describe('microseconds; null where any part has no ideal cycle time; speedLoss may be negative'),
    counts: z.strictObject({
      produced: count,
      good: count,
      reject: count,
      duringUnknown: count,
      extra: count,
    }),
    quality: z.strictObject({
      rework: count.nullable().describe('null where pieces were made and no rework count was ever heard'),
      inspected: count,
    }),
    orders: z
      .strictObject({ ms: count, unknownMs: count, busyMs: count, runningMs: count, produced: count })
      .describe('time and pieces while an order was active'),
    failures: count.describe('failures that began'),
    energyWh: z
      .strictObject({ planned: count, outside: count, duringUnknown: count })
      .nullable()
      .describe('watt-hours; null where any part ran and no energy meter was ever heard'),
    revision,
    digest,
    finality,
    flags: z.array(z.enum(LEDGER_FLAGS)),
  })
  .meta({ id: 'LedgerRow' });

export const ledgerRowOf = ({ key, ms, runningUs, ...rest }: LedgerAnswer['rows'][number]) => ({
  key,
  ...spanOf(rest),
  ms,
  runningUs: runningUs && {
    productive: exactInteger(runningUs.productive),
    rejectLoss: exactInteger(runningUs.rejectLoss),
    speedLoss: exactInteger(runningUs.speedLoss),
  },
  counts: rest.counts,
  quality: rest.quality,
  orders: rest.orders,
  failures: rest.failures,
  energyWh: rest.energyWh,
  revision: rest.revision,
  digest: rest.digest,
  finality: rest.finality,
  flags: rest.flags,
});
