import { stringify } from 'yaml';
import type { Suggestion, SuggestionsAnswer } from '../api/ingest-desk.ts';
import { loadRules } from '../config/rules/load.ts';
import { readyFile, readyNames } from '../config/rules/ready.ts';
import { ruleSchema, useSchema } from '../config/rules/schema.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import { match, patternOf } from '../domain/mapping/pattern.ts';
import type { MappingRule } from '../domain/mapping/rule.ts';
import type { Plant } from '../domain/plant.ts';
import type { Discovered, SeenTopic } from '../ingest/discovery.ts';
import { messagesOf, proposalsFor } from '../ingest/suggest/proposal.ts';
import type { TopicFamily } from '../ingest/suggest/topic-families.ts';
import { type Tried, trialOf } from '../ingest/suggest/try-rule.ts';

const SAMPLE_TEXT = 2000;
const EXAMPLES = 3;

type Entry = Readonly<Record<string, unknown>>;

/** Rules for the topics that were seen and aren't mapped: ready ones where they fit, others made from the examples. */
export function suggestionsOf(discovered: Discovered, plant: Plant): SuggestionsAnswer {
  const [site] = plant.sites;
  const at = { path: site?.path ?? '-/-', zone: site?.zone ?? 'Asia/Shanghai' };
  const left = new Set(discovered.topics);
  const proposed: Proposed[] = [];
  for (const entry of left.size > 0 ? readyEntries(at.path) : []) {
    const rules = rulesOf(entry);
    const attempt = trialOf(rules);
    const fitting = [...left].filter(({ topic, samples }) =>
      samples.some((sample) => isWhole(attempt(topic, sample))),
    );
    if (fitting.length === 0) continue;
    for (const topic of fitting) left.delete(topic);
    proposed.push(proposedOf(entry, fitting));
  }
  for (const { family, rule } of proposalsFor({ topics: [...left] }, at)) {
    proposed.push(proposedOf(rule, family.topics, family));
  }
  proposed.sort((a, b) => b.suggestion.messages - a.suggestion.messages);
  const suggestions = asAsked(proposed).map(({ suggestion }) => suggestion);
  return { suggestions, topics: discovered.topics.length, others: discovered.others };
}

interface Proposed {
  readonly suggestion: Suggestion;
  readonly rules: readonly MappingRule[];
  readonly topics: readonly SeenTopic[];
}

/** The first rule whose topic matches counts, so a rule that would take the topics of another stands behind it. */
function asAsked(proposed: readonly Proposed[]): readonly Proposed[] {
  const ordered: Proposed[] = [];
  for (const one of proposed) {
    const taker = ordered.findIndex((earlier) => takesTopics(earlier, one));
    ordered.splice(taker === -1 ? ordered.length : taker, 0, one);
  }
  return ordered;
}

const takesTopics = ({ rules }: Proposed, { topics }: Proposed): boolean =>
  rules.some((rule) =>
    rule.topics.some((pattern) => topics.some(({ topic }) => match(pattern, topic.split('/')) !== undefined)),
  );

/** Ready rules with their usual topics; the machine is called as the topic calls the device. */
function readyEntries(site: string): readonly Entry[] {
  return readyNames().flatMap((use) => {
    const ready = readyFile(use);
    if (!ready) return [];
    const [rule] = ready.rules;
    const usual = (text: string): string =>
      text.replace(/\$\{(\w+)\}/g, (_, name) => ready.parameters[name]?.default ?? '');
    const topic = [rule?.topic].flat().map(String).map(usual)[0] ?? '';
    const pattern = patternOf(topic);
    const names =
      'fault' in pattern
        ? []
        : pattern.levels.flatMap((level) => (level.kind === 'one' && level.name ? [level.name] : []));
    const device = names.includes('machine') ? 'machine' : names[0];
    const needsMachine = 'machine' in ready.parameters;
    const line = device === 'machine' && names.includes('line') ? '{line}' : '-';
    if (needsMachine && device === undefined) return [];
    return [needsMachine ? { use, with: { machine: `${site}/-/${line}/{${device}}` } } : { use }];
  });
}

/** The rules that an entry of a configuration stands for; none where something is wrong with it. */
function rulesOf(entry: Entry): readonly MappingRule[] {
  const parsed = ('use' in entry ? useSchema : ruleSchema).safeParse(entry);
  if (!parsed.success) return [];
  const { rules, problems } = loadRules({
    entries: [parsed.data],
    file: undefined,
    placeOf: () => 'suggestion',
  });
  return problems.length > 0 ? [] : rules;
}

const isWhole = ({ observations, refused }: Tried): boolean =>
  observations.length > 0 && refused.length === 0;

function proposedOf(entry: Entry | null, topics: readonly SeenTopic[], family?: TopicFamily): Proposed {
  const rules = entry ? rulesOf(entry) : [];
  const attempt = trialOf(rules);
  const isMapped = ({ topic, samples }: SeenTopic): boolean =>
    samples.length > 0 && samples.every((sample) => attempt(topic, sample).observations.length > 0);
  const mapped = messagesOf({ topics: topics.filter(isMapped) });
  const [topic] = topics as [SeenTopic];
  const sample = topic.samples.at(-1);
  const tried: Tried = sample ? attempt(topic.topic, sample) : { observations: [], refused: [] };
  const isUseful = mapped > 0;
  const suggestion = {
    topics: family?.pattern ?? rules.flatMap((rule) => rule.topics.map(({ text }) => text)).join(', '),
    examples: topics.slice(0, EXAMPLES).map((one) => one.topic),
    topicCount: topics.length,
    messages: messagesOf({ topics }),
    mapped,
    sample: sample
      ? {
          topic: topic.topic,
          payload: Buffer.from(sample.payload).toString().slice(0, SAMPLE_TEXT),
          receivedAt: sample.receivedAt,
        }
      : null,
    yaml: entry && isUseful ? stringify({ rules: [entry] }, { lineWidth: 120 }) : null,
    reason: family && isUseful ? reasonOf(entry, family) : null,
    observations: isUseful ? tried.observations : [],
  };
  return { suggestion, rules, topics };
}

/** Where the payload names the machine, no level of the topic does. */
const reasonOf = (entry: Entry | null, { reason }: TopicFamily): Bilingual =>
  /\{\^?\/[^}]*\}$/.test(String(entry?.machine ?? ''))
    ? { zh: '消息内容中有机器的名称。', en: 'The payload names the machine.' }
    : reason;
