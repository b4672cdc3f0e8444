import { z } from 'zod';
import { HEARINGS } from '../../domain/hearing.ts';
import { REFUSALS } from '../../domain/refusal.ts';
import { CORRECTION_ACTIONS, CORRECTION_KINDS } from '../../domain/values/correction.ts';
import { instantInBody } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { refusalCode } from '../wire/refusal-code.ts';
import { refusalMessage } from '../wire/refusal-message.ts';
import { iso, signalValue, time, wireValue } from '../wire/scalars.ts';

const body = z
  .strictObject({
    topic: z.string().describe('the topic that the message would be published to'),
    payload: z
      .unknown()
      .optional()
      .describe('a text is the payload itself; any other value is written as JSON'),
    payloadBase64: z.base64().optional().describe('the bytes of the payload'),
    receivedAt: instantInBody('when it was received, of a message that was; absent: now').optional(),
  })
  .refine(({ payload, payloadBase64 }) => (payload === undefined) !== (payloadBase64 === undefined), {
    message: 'names either `payload` or `payloadBase64`',
  })
  .meta({
    id: 'ExplainMessage',
    examples: [{ topic: 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01', payload: { state: 'running' } }],
  });

/** Says what ingest would make of a message, without taking it. */
export const explain = jsonRoute({
  id: 'explain',
  method: 'post',
  path: '/api/v1/ingest/explain',
  summary: { zh: '解释一条消息会如何处理', en: 'What ingest would make of a message' },
  params: z.strictObject({}),
  body,
  answer: z
    .strictObject({
      rule: z
        .string()
        .nullable()
        .describe(
          'the rule that matched; discovered: it is only looked at; unasked: it only came along; null: none',
        ),
      place: z
        .string()
        .nullable()
        .describe('file and line of the mapping rule; null: it is built in, or there is none'),
      observations: z.array(
        z.strictObject({
          machine: z.string(),
          signal: z.string(),
          ts: time,
          sourceTs: time.optional().describe("what the source's clock said, where `clocks` corrected it"),
          value: signalValue,
        }),
      ),
      refused: z.array(
        z.strictObject({ code: refusalCode, detail: z.string(), message: bilingual, remedy: bilingual }),
      ),
      corrections: z
        .array(
          z.strictObject({
            machine: z.string(),
            signal: z.string(),
            ts: time,
            kind: z.enum(CORRECTION_KINDS),
            action: z.enum(CORRECTION_ACTIONS),
            rule: z.string(),
            words: bilingual.describe('the rule in words'),
            detail: z.string(),
          }),
        )
        .describe('what would be done to values; a jump or a dead band as of the newest value'),
      skipped: z
        .array(z.strictObject({ signal: z.string(), at: z.string() }))
        .describe('optional values that are not there, and members that are no plain value'),
      notes: z
        .array(
          z.strictObject({
            code: z.enum(HEARINGS),
            machine: z.string(),
            signal: z.string().nullable(),
            message: bilingual,
          }),
        )
        .describe('what analysis will make of the observations'),
    })
    .meta({ id: 'Explanation' }),
  problems: ['ingest-elsewhere'],
  async handler({ body }, services) {
    const { rule, place, observations, refused, corrections, skipped, notes } = await deskOf(
      services,
    ).explain({
      topic: body.topic,
      payload: payloadOf(body),
      ...(body.receivedAt === undefined ? {} : { receivedAt: body.receivedAt }),
    });
    return {
      rule,
      place,
      observations: observations.map(({ machine, signal, ts, sourceTs, value }) => ({
        machine,
        signal,
        ts: iso(ts),
        ...(sourceTs === undefined ? {} : { sourceTs: iso(sourceTs) }),
        value: wireValue(value),
      })),
      refused: refused.map((refusal) => ({
        ...refusal,
        message: refusalMessage(refusal),
        remedy: REFUSALS[refusal.code].remedy,
      })),
      corrections: corrections.map((one) => ({ ...one, rule: one.words.en, ts: iso(one.ts) })),
      skipped,
      notes,
    };
  },
});

function payloadOf({ payload, payloadBase64 }: z.output<typeof body>): Uint8Array {
  if (payloadBase64 !== undefined) return Buffer.from(payloadBase64, 'base64');
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}
