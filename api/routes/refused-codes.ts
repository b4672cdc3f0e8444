import { z } from 'zod';
import { REFUSALS } from '../../domain/refusal.ts';
import { text } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { REFUSAL_CODES, refusalCode } from '../wire/refusal-code.ts';
import { count, isoOrNull, time } from '../wire/scalars.ts';

/** Every reason for a refusal, what it means and what to do, and how many messages rest in quarantine for it. */
export const refusedCodes = jsonRoute({
  id: 'refused-codes',
  method: 'get',
  path: '/api/v1/ingest/refused/codes',
  summary: {
    zh: '拒收原因及隔离区中的条数',
    en: 'The reasons for refusals, and how many rest in quarantine',
  },
  params: z.strictObject({
    topic: text('Only messages of this topic, or with a last level `#` of those below it', [
      'kaidong/v1/acme/zhoushan/#',
    ]).optional(),
  }),
  answer: z
    .strictObject({
      codes: z.array(
        z.strictObject({
          code: refusalCode,
          meaning: bilingual,
          remedy: bilingual,
          inQuarantine: count,
          newest: time.nullable().describe('when the newest of them was received'),
        }),
      ),
    })
    .meta({ id: 'RefusedCodes' }),
  problems: ['ingest-elsewhere'],
  handler({ params: { topic } }, services) {
    const counts = new Map(
      deskOf(services)
        .refusedByCode(topic === undefined ? {} : { topic })
        .map((entry) => [entry.code, entry]),
    );
    return {
      codes: REFUSAL_CODES.map((code) => ({
        code,
        ...REFUSALS[code],
        inQuarantine: counts.get(code)?.count ?? 0,
        newest: isoOrNull(counts.get(code)?.newest ?? null),
      })),
    };
  },
});
