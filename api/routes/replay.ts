import { z } from 'zod';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { refusalCode } from '../wire/refusal-code.ts';
import { count } from '../wire/scalars.ts';

const body = z
  .strictObject({
    ids: z.array(z.int().nonnegative()).min(1).max(10_000).optional(),
    code: refusalCode.optional(),
    topic: z.string().min(1).optional(),
  })
  .refine(({ ids, code, topic }) => (ids === undefined) !== (code === undefined && topic === undefined), {
    message: 'names either `ids`, or `code` or `topic` or both',
  })
  .meta({
    id: 'ReplaySelection',
    description: 'Either `ids`, or `code` or `topic` or both',
    examples: [{ ids: [17, 18] }, { code: 'no-rule', topic: 'plant/imm-01' }],
  });

/** Sends quarantined messages through ingest again, e.g. after a mapping was corrected. */
export const replay = jsonRoute({
  id: 'replay',
  method: 'post',
  path: '/api/v1/ingest/refused/replay',
  summary: { zh: '重新处理被拒收的消息', en: 'Send refused messages through ingest again' },
  params: z.strictObject({}),
  body,
  answer: z.strictObject({ replayed: count, stored: count, refused: count }).meta({ id: 'Replayed' }),
  problems: ['ingest-elsewhere', 'store-unavailable'],
  handler({ body: { ids, code, topic } }, services) {
    return deskOf(services).replay(
      ids ? { ids } : { ...(code === undefined ? {} : { code }), ...(topic === undefined ? {} : { topic }) },
    );
  },
});
