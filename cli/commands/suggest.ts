import { type DiscoveredOnWire, together } from '../../composition/discovered.ts';
import { suggestionsOf } from '../../composition/suggest.ts';
import { askAllRunning } from '../../operation/control.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const suggest: Command = {
  id: 'suggest',
  summary:
    'Proposes mapping rules for the topics that the running ingest saw under mqtt.discover and that no rule maps.',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print the proposals, with samples and what comes of them, as JSON' },
  },
  async run(invocation) {
    const config = configOf(invocation);
    const answers = (await askAllRunning(config.data.dir, 'discovered', null)) as DiscoveredOnWire[];
    const answer = suggestionsOf(together(answers), config.plant);
    if (invocation.values.json === true) {
      const plain = (_: string, value: unknown): unknown =>
        typeof value === 'bigint' ? String(value) : value;
      invocation.print(JSON.stringify(answer, plain, 2));
      return 0;
    }
    if (answer.suggestions.length === 0) {
      const filters = config.mqtt.discover;
      invocation.print(
        filters.length === 0
          ? '# nothing is looked at; name topic filters under mqtt.discover, e.g. discover: ["factory/#"], and kaidong reload'
          : `# nothing that isn't mapped was seen under ${filters.join(', ')} since the start`,
      );
    }
    for (const { topics, topicCount, messages, mapped, sample, yaml, observations } of answer.suggestions) {
      invocation.print(
        `# ${topics}: ${messages} messages of ${topicCount} topics; the rule reads ${mapped} of them`,
      );
      if (sample)
        invocation.print(`# ${sample.topic}  ${sample.payload.replaceAll('\n', '\\n').slice(0, 200)}`);
      for (const { machine, signal, value } of observations.slice(0, 5))
        invocation.print(`#   → ${machine}  ${signal} = ${String(value)}`);
      invocation.print(
        yaml ?? '# no rule can be told from the examples; see the refusals of kaidong explain\n',
      );
    }
    if (answer.others > 0) invocation.print(`# and ${answer.others} messages of further topics`);
    return 0;
  },
};
