import { z } from 'zod';
import { CORRECTION_KINDS } from '../../domain/values/rule.ts';
import { text, wholeNumber, word } from '../http/parameter.ts';
import { machinePath } from '../http/places.ts';
import { instant } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { count, iso, signalValue, time, wireValue } from '../wire/scalars.ts';

const item = z
  .strictObject({
    id: z.int(),
    machine: z.string(),
    signal: z.string(),
    kind: z.enum(CORRECTION_KINDS),
    action: z
      .enum(['refused', 'flagged', 'thinned'])
      .describe(
        'refused: into quarantine; flagged: stored as it came; thinned: left out, as nothing had changed',
      ),
    rule: z.string().describe('the rule in words'),
    from: time.describe('source time of the first value'),
    to: time.describe('source time of the last one'),
    receivedAt: time.describe('when the last one was received'),
    count: count.describe('how many values of the minute this stands for'),
    raw: signalValue.describe('the first value as it came'),
    result: signalValue.nullable().describe('what is stored for it; null: nothing is'),
    lastRaw: signalValue.describe('the last value as it came'),
  })
  .meta({ id: 'Correction' });

/** What the rules for values did, newest first. */
export const corrections = jsonRoute({
  id: 'corrections',
  method: 'get',
  path: '/api/v1/ingest/corrections',
  summary: { zh: '取值规则的每次处理', en: 'What the rules for values did' },
  params: z.strictObject({
    limit: wholeNumber({ min: 1, max: 1000 }, 'At most so many events; absent: 100').optional(),
    cursor: wholeNumber(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      '`next` of the answer before; absent: from the newest',
    ).optional(),
    machine: machinePath('Only those of this machine').optional(),
    signal: text('Only those of this signal', ['temperature']).optional(),
    kind: word(CORRECTION_KINDS, 'Only those of this kind').optional(),
    from: instant('Only those with a source time at or after it').optional(),
    to: instant('Only those with a source time before it').optional(),
  }),
  answer: z
    .strictObject({
      items: z.array(item),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
    })
    .meta({ id: 'Corrections' }),
  problems: ['ingest-elsewhere'],
  handler({ params }, services) {
    const { limit = 100, ...filter } = params;
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const page = deskOf(services).corrections({ limit, ...given });
    return {
      items: page.items.map(({ from, to, receivedAt, raw, result, lastRaw, ...rest }) => ({
        ...rest,
        from: iso(from),
        to: iso(to),
        receivedAt: iso(receivedAt),
        raw: wireValue(raw),
        result: result === null ? null : wireValue(result),
        lastRaw: wireValue(lastRaw),
      })),
      next: page.next === null ? null : String(page.next),
    };
  },
});
