import { z } from 'zod';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { iso, signalValue, time, wireValue } from '../wire/scalars.ts';

/** Proposes mapping rules for topics that were seen and that nobody maps. */
export const suggestions = jsonRoute({
  id: 'suggestions',
  method: 'get',
  path: '/api/v1/ingest/suggestions',
  summary: { zh: '为未映射的主题建议规则', en: 'Mapping rules for topics that nobody maps' },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      suggestions: z.array(
        z.strictObject({
          topics: z.string().describe('the topic pattern'),
          examples: z.array(z.string()).describe('some of the topics'),
          topicCount: z.int(),
          messages: z.int().describe('messages that were seen since the start'),
          mapped: z.int().describe('how many of them are of topics whose examples the rule reads'),
          sample: z
            .strictObject({ topic: z.string(), payload: z.string(), receivedAt: time })
            .nullable()
            .describe('null: its payloads are too large to keep'),
          yaml: z
            .string()
            .nullable()
            .describe('a rule as kaidong.yaml takes it; null: none can be told from the examples'),
          reason: bilingual
            .nullable()
            .describe(
              'why the rule takes this for the machine; null: there is no rule, or it is a ready one',
            ),
          observations: z
            .array(z.strictObject({ machine: z.string(), signal: z.string(), ts: time, value: signalValue }))
            .describe('what the rule makes of the sample'),
        }),
      ),
      topics: z.int().describe('topics that were seen under mqtt.discover and that no rule maps'),
      others: z.int().describe('messages of further topics, of which nothing else is known'),
    })
    .meta({ id: 'Suggestions' }),
  problems: ['ingest-elsewhere'],
  async handler(_, services) {
    const answer = await deskOf(services).suggestions();
    return {
      ...answer,
      suggestions: answer.suggestions.map(({ sample, observations, ...rest }) => ({
        ...rest,
        examples: [...rest.examples],
        sample: sample && { ...sample, receivedAt: iso(sample.receivedAt) },
        observations: observations.map(({ machine, signal, ts, value }) => ({
          machine,
          signal,
          ts: iso(ts),
          value: wireValue(value),
        })),
      })),
    };
  },
});
