import { z } from 'zod';
import { CORRECTION_ACTIONS, CORRECTION_KINDS } from '../../domain/values/correction.ts';
import { text, wholeNumber, word } from '../http/parameter.ts';
import { machinePath } from '../http/places.ts';
import { instant } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { count, iso, signalValue, time, wireValue } from '../wire/scalars.ts';

const kind = z
  .enum(CORRECTION_KINDS)
  .describe(
    'out-of-range, jump, thinned: by a rule for values; coerced: to the type of the series; replaced: another value for the same instant; clock: the time of the source put right; reset, rollover: a counter went back; implausible: more than it can have counted; unusable: figures take nothing of it; read-as: figures read it as another; unmapped: a state that the vocabulary lacks',
  );
const action = z
  .enum(CORRECTION_ACTIONS)
  .describe(
    'refused: into quarantine; flagged: stored as it came; thinned: left out, as nothing had changed; converted: stored in the type of the series; replaced: stored in place of another; moved: stored at another time',
  );

const item = z
  .strictObject({
    id: z.int(),
    machine: z.string(),
    signal: z.string().describe('`ts` where the time was put right'),
    kind,
    action,
    rule: z.string().describe('the rule in words'),
    words: bilingual.describe('the same in both languages'),
    from: time.describe('source time of the first value'),
    to: time.describe('source time of the last one'),
    receivedAt: time.describe('when the last one was received, or found'),
    count: count.describe('how many values of the minute or hour this stands for'),
    before: signalValue
      .nullable()
      .describe('what the first one jumped or fell from, or replaced; null: none, or nobody knows'),
    raw: signalValue.describe('the first value as it came'),
    result: signalValue.nullable().describe('what is stored for it; null: nothing is'),
    lastRaw: signalValue.describe('the last value as it came'),
  })
  .meta({ id: 'Correction' });

const total = z
  .strictObject({
    kind,
    action,
    count: count.describe('values, since the data folder was made'),
    listed: count.describe('how many of them the list still has'),
  })
  .meta({ id: 'CorrectionTotal' });

/** What happened to values beside being stored as they came and meant, newest first. */
export const corrections = jsonRoute({
  id: 'corrections',
  method: 'get',
  path: '/api/v1/ingest/corrections',
  summary: { zh: '对数值的每次处理', en: 'What happened to values' },
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
      totals: z.array(total).describe('of all machines and times, whatever was asked for'),
    })
    .meta({ id: 'Corrections' }),
  problems: ['ingest-elsewhere'],
  async handler({ params }, services) {
    const { limit = 100, ...filter } = params;
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const page = await deskOf(services).corrections({ limit, ...given });
    return {
      items: page.items.map(({ from, to, receivedAt, before, raw, result, lastRaw, ...rest }) => ({
        ...rest,
        rule: rest.words.en,
        from: iso(from),
        to: iso(to),
        receivedAt: iso(receivedAt),
        before: before === null ? null : wireValue(before),
        raw: wireValue(raw),
        result: result === null ? null : wireValue(result),
        lastRaw: wireValue(lastRaw),
      })),
      next: page.next === null ? null : String(page.next),
      totals: page.totals.map((one) => ({ ...one })),
    };
  },
});
