import { z } from 'zod';
import { text, wholeNumber, word } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { REFUSAL_CODES, refusalCode } from '../wire/refusal-code.ts';
import { refusalMessage } from '../wire/refusal-message.ts';
import { count, iso, time } from '../wire/scalars.ts';

const item = z
  .strictObject({
    id: z.int(),
    topic: z.string(),
    source: z.string(),
    receivedAt: time,
    code: refusalCode,
    detail: z.string(),
    message: bilingual.describe('what was wrong with this message'),
    payloadBase64: z
      .string()
      .describe('the payload, or its beginning where it is truncated or less was asked for'),
    keptBytes: count.describe(
      'size of what is kept of the payload; 0 of a larger one: it was dropped to make room',
    ),
    payloadBytes: count.describe('size of the whole payload'),
    sha256: z.string().describe('of the whole payload, hex'),
    truncated: z.boolean(),
  })
  .meta({ id: 'RefusedMessage' });

/** The messages in quarantine, each with its payload and the reason. */
export const refused = jsonRoute({
  id: 'refused',
  method: 'get',
  path: '/api/v1/ingest/refused',
  summary: { zh: '被拒收的消息及原因', en: 'Refused messages and why' },
  params: z.strictObject({
    limit: wholeNumber({ min: 1, max: 1000 }, 'At most so many messages; absent: 100').optional(),
    cursor: wholeNumber(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      '`next` of the answer before; absent: from the first page',
    ).optional(),
    payloadLimit: wholeNumber(
      { min: 0, max: 1024 * 1024 },
      'At most so many bytes of each payload; absent: all that is kept',
    ).optional(),
    code: word(REFUSAL_CODES, 'Only messages refused with this code').optional(),
    topic: text('Only messages of this topic, or with a last level `#` of those below it', [
      'kaidong/v1/acme/zhoushan/moulding/line1/imm-01',
    ]).optional(),
  }),
  answer: z
    .strictObject({
      items: z.array(item),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
    })
    .meta({ id: 'Refused' }),
  problems: ['ingest-elsewhere'],
  handler({ params }, services) {
    const { limit = 100, cursor, payloadLimit, code, topic } = params;
    const page = deskOf(services).refused({
      limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...(payloadLimit === undefined ? {} : { bodyBytes: payloadLimit }),
      ...(code === undefined ? {} : { code }),
      ...(topic === undefined ? {} : { topic }),
    });
    return {
      items: page.items.map(({ payload, receivedAt, ...rest }) => ({
        id: rest.id,
        topic: rest.topic,
        source: rest.source,
        receivedAt: iso(receivedAt),
        code: rest.code,
        detail: rest.detail,
        message: refusalMessage(rest),
        payloadBase64: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64'),
        keptBytes: rest.keptBytes,
        payloadBytes: rest.payloadBytes,
        sha256: rest.sha256,
        truncated: rest.truncated,
      })),
      next: page.next === null ? null : String(page.next),
    };
  },
});
