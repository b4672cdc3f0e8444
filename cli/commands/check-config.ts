import { isLoopback } from '../../access/listener.ts';
import { refusalsAtStart } from '../../composition/start-checks.ts';
import { notesOnHolidays } from '../../config/holidays/notes.ts';
import { notesOn } from '../../config/notes.ts';
import { loadPilots } from '../../config/pilots/load.ts';
import { notesOnPilots } from '../../config/pilots/notes.ts';
import { loadRubrics, SHIPPED_RUBRICS } from '../../config/rubrics/load.ts';
import { loadConfig } from '../../config.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configFileOf } from '../config-option.ts';

export const checkConfig: Command = {
  id: 'check-config',
  summary:
    'Checks kaidong.yaml, the pilots and rubrics beside it and the environment, and says what is wrong, where, and what to do.',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print the whole configuration, secrets hidden, as JSON' },
  },
  async run(invocation) {
    const file = configFileOf(invocation);
    const config = loadConfig({ file, environment: process.env });
    const pilots = loadPilots(config.pilots.folders);
    const rubrics = loadRubrics({ folders: [SHIPPED_RUBRICS, ...config.rubrics.folders], measures });
    const refusals = refusalsAtStart(config);
    if (refusals.length > 0) throw new Error(refusals.join('\n'));
    if (invocation.values.json === true) {
      const secret = /^(password|token)$/;
      invocation.print(
        JSON.stringify(
          config,
          (key, value) => {
            if (key === 'rules') return config.rules.map(summaryOf);
            return secret.test(key) && value !== undefined ? '(set)' : value;
          },
          2,
        ),
      );
    } else {
      if (file === undefined)
        invocation.print(
          'note: no file was named, so only defaults and environment are checked; --config kaidong.yaml names one',
        );
      const today = Temporal.Now.plainDateISO();
      const notes = [...notesOn(config), ...notesOnHolidays(config.plant, today), ...notesOnPilots(pilots)];
      if (!isLoopback(config.http.host) && config.http.token === undefined)
        notes.push(
          `HTTP listens on ${config.http.host}, open to the network: it starts only once "kaidong token create" has made a token, or with http.token.`,
        );
      for (const note of notes) invocation.print(`note: ${note}`);
      const { sites, machines } = config.plant;
      invocation.print(
        `ok: ${sites.length} sites, ${machines.length} machines, ${pilots.length} pilots, ${rubrics.length} rubrics, ${config.rules.length} mapping rules`,
      );
    }
    return 0;
  },
};

/** A rule is compiled by now; its place leads to how it is written. */
const summaryOf = ({ id, place, topics, format, machine }: MappingRule) => ({
  id,
  place,
  topics: topics.map(({ text }) => text),
  format,
  machine: machine.text,
});
