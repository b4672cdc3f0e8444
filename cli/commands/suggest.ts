import { type DiscoveredOnWire, together } from '../../composition/discovered.ts';
import { suggestionsOf } from '../../composition/suggest.ts';
import { askAllRunning } from '../../operation/control.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';
import { suggestedRules } from '../suggested-rules.ts';

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
    if (answer.suggestions.length > 0 || answer.others > 0) invocation.print(suggestedRules(answer));
    return 0;
  },
};
