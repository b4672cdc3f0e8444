import type { Discovered, SeenTopic } from '../discovery.ts';
import { proposedMachine, type Site } from './machine.ts';
import { arrayRule, lineRule, objectRule, textRule, type WrittenRule } from './payload-rules.ts';
import { type PayloadShape, shapeOfPayload } from './payload-shape.ts';
import { familiesOf, type TopicFamily } from './topic-families.ts';

/** A family of topics that nobody maps, and a rule for it as it could stand in a configuration. */
export interface Proposal {
  readonly family: TopicFamily;
  /** `null`: nobody can tell from the examples what their payloads are. */
  readonly rule: WrittenRule | null;
}

/** What is known of the plant beside its topics. */
export type { Site } from './machine.ts';

/** A rule for each family of topics that was seen, most messages first. What comes of it is for others to try. */
export function proposalsFor({ topics }: Pick<Discovered, 'topics'>, site: Site): readonly Proposal[] {
  const shapes = new Map<SeenTopic, readonly PayloadShape[]>(
    topics.map((topic) => [topic, topic.samples.map(({ payload }) => shapeOfPayload(payload))]),
  );
  const shapesOf = (topic: SeenTopic): readonly PayloadShape[] => shapes.get(topic) ?? [];
  return familiesOf(topics, (topic) => shapesOf(topic).at(-1)?.kind ?? 'unreadable')
    .map((family) => ({ family, rule: ruleFor(family, family.topics.flatMap(shapesOf), site) }))
    .sort((a, b) => messagesOf(b.family) - messagesOf(a.family));
}

export const messagesOf = ({ topics }: Pick<TopicFamily, 'topics'>): number =>
  topics.reduce((sum, { messages }) => sum + messages, 0);

function ruleFor(family: TopicFamily, shapes: readonly PayloadShape[], site: Site): WrittenRule | null {
  const first = shapes[0];
  const alike = shapes.filter(({ kind }) => kind === first?.kind);
  const named = proposedMachine(family, site);
  switch (first?.kind) {
    case 'object':
      return objectRule(family, alike as Extract<PayloadShape, { kind: 'object' }>[], named, site.zone);
    case 'array':
      return arrayRule(family, alike as Extract<PayloadShape, { kind: 'array' }>[], named, site.zone);
    case 'line-protocol':
      return lineRule(family, alike as Extract<PayloadShape, { kind: 'line-protocol' }>[], named);
    case 'text':
      return textRule(family, alike as Extract<PayloadShape, { kind: 'text' }>[], named);
    default:
      return null;
  }
}
