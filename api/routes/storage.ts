import { z } from 'zod';
import { STORAGE_KINDS } from '../../domain/storage-forecast.ts';
import { jsonRoute } from '../route.ts';
import { count, iso, isoOrNull, time } from '../wire/scalars.ts';

const days = (of: string) => z.int().positive().nullable().describe(`${of}; null: kept for good`);
const forecast = z
  .strictObject({
    bytes: count.nullable().describe("null: on another server's disk, which its own tools tell of"),
    perDay: z.int().nullable().describe('growth of the last week; null: watched for less than six hours'),
    steadyBytes: count
      .nullable()
      .describe(
        'its size when retention takes as much as comes, but for steadyPerDay; null: kept for good, or not known yet',
      ),
    steadyPerDay: count
      .nullable()
      .describe('growth that goes on from then, of what is kept for good; null with steadyBytes'),
  })
  .meta({ id: 'StorageKind' });

/** What lies on disk, how fast it grows, and when the disk is full. */
export const storage = jsonRoute({
  id: 'storage',
  method: 'get',
  path: '/api/v1/storage',
  summary: {
    zh: '磁盘：各类数据占用、增长、保留期与写满时间',
    en: 'Disk: what takes how much, how fast it grows, how long it is kept, when it is full',
  },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      asOf: time,
      store: z.enum(['embedded', 'memory', 'influxdb1', 'influxdb2']),
      disk: z.strictObject({ freeBytes: count, totalBytes: count }),
      retention: z.strictObject({
        rawDays: days('raw observations (`data.retentionDays`)'),
        ledgerDays: days('the longest kept cells of recorded ledgers'),
        hourDays: days('recorded hours (`ledger.hourDays`)'),
        shiftDays: days('recorded shifts (`ledger.shiftDays`)'),
        dayDays: days('recorded production days (`ledger.dayDays`)'),
        revisionDays: days('what cells were before they changed (`ledger.revisionDays`)'),
        evidenceDays: days('evidence of published assessments (`data.evidenceDays`); results stay'),
        quarantineDays: days('refused messages (`data.quarantineDays`)'),
      }),
      kinds: z.strictObject(
        Object.fromEntries(STORAGE_KINDS.map((kind) => [kind, forecast])) as Record<
          (typeof STORAGE_KINDS)[number],
          typeof forecast
        >,
      ),
      fullAt: time.nullable().describe('if all goes on like this; null: never, or not known yet'),
    })
    .meta({ id: 'Storage' }),
  problems: ['store-unavailable'],
  async handler(_question, services) {
    const { asOf, fullAt, ...rest } = await services.storage();
    return { asOf: iso(asOf), ...rest, fullAt: isoOrNull(fullAt) };
  },
});
