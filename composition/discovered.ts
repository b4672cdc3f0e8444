import type { Discovered, SeenTopic } from '../ingest/discovery.ts';

/** What was seen, as JSON carries it. */
export type DiscoveredOnWire = Omit<Discovered, 'topics'> & {
  readonly topics: readonly (Omit<SeenTopic, 'samples'> & {
    readonly samples: readonly { readonly payloadBase64: string; readonly receivedAt: number }[];
  })[];
};

const SAMPLES = 3;

export const onWire = ({ topics, others }: Discovered): DiscoveredOnWire => ({
  others,
  topics: topics.map(({ samples, ...topic }) => ({
    ...topic,
    samples: samples.map(({ payload, receivedAt }) => ({
      payloadBase64: Buffer.from(payload).toString('base64'),
      receivedAt,
    })),
  })),
});

/** What several processes saw, together: a broker gives each message to one of the workers. */
export function together(answers: readonly DiscoveredOnWire[]): Discovered {
  const topics = Map.groupBy(
    answers.flatMap((answer) => answer.topics),
    ({ topic }) => topic,
  );
  return {
    others: answers.reduce((sum, { others }) => sum + others, 0),
    topics: [...topics].map(([topic, parts]) => ({
      topic,
      messages: parts.reduce((sum, { messages }) => sum + messages, 0),
      firstAt: Math.min(...parts.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...parts.map(({ lastAt }) => lastAt)),
      samples: parts
        .flatMap(({ samples }) => samples)
        .slice(0, SAMPLES)
        .map(({ payloadBase64, receivedAt }) => ({
          payload: Buffer.from(payloadBase64, 'base64'),
          receivedAt,
        })),
    })),
  };
}
