import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Sample } from '../discovery.ts';
import type { Explained } from '../explain.ts';
import { ruleDecoder } from '../mapping/rule-decoder.ts';

/** What rules make of a message that was seen. */
export interface Tried {
  readonly observations: Explained['observations'];
  readonly refused: readonly Refusal[];
}

/** Tries rules at examples, as if they were alone; the guards of names, times and types aren't asked. */
export function trialOf(rules: readonly MappingRule[]): (topic: string, sample: Sample) => Tried {
  const decoders = rules.map(ruleDecoder);
  return (topic, { payload, receivedAt }) => {
    for (const decoder of decoders) {
      const binding = decoder.bind(topic);
      if (binding === undefined) continue;
      if ('code' in binding) return { observations: [], refused: [binding] };
      const message = { topic, payload, receivedAt, retain: false, delivery: null };
      const { readings, refused } = decoder.decode(binding, payload, { number: 0, message, replay: null });
      return {
        observations: readings.flatMap(({ machine, ts, signals, values }) =>
          signals.map((signal, index) => ({
            machine,
            signal,
            ts: ts ?? receivedAt,
            value: values[index] as (typeof values)[number],
          })),
        ),
        refused,
      };
    }
    return { observations: [], refused: [] };
  };
}
