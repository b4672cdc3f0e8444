import { notificationDeskOf } from '../../composition/notification-desk.ts';
import { openRegistry } from '../../registry/registry.ts';
import { type Command, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

const LISTED = 1000;

export const notify: Command = {
  id: 'notify',
  summary:
    'Sends a test message to a channel of the configuration (test CHANNEL), or lists the alerts that are open (list).',
  positionals: '<test CHANNEL|list>',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(invocation) {
    const [action, id, ...more] = invocation.positionals;
    const json = invocation.values.json === true;
    const config = configOf(invocation);
    using registry = openRegistry({ dir: config.data.dir });
    const desk = notificationDeskOf({ config, registry });
    if (action === 'list' && id === undefined) {
      const { items } = desk.list({ limit: LISTED, states: ['firing', 'acknowledged'] });
      for (const alert of items) {
        const { since, severity, state, title, subject, text, acknowledgedBy: by } = alert;
        const line = [new Date(since).toISOString(), severity, state, `${title.en}: ${subject} ${text.en}`];
        invocation.print(json ? JSON.stringify(alert) : [...line, ...(by ? [`(${by})`] : [])].join('  '));
      }
      return 0;
    }
    if (action !== 'test' || id === undefined || more.length > 0)
      throw new UsageError('notify: say "test CHANNEL" or "list"');
    const outcome = await desk.test(id);
    if (outcome.is === 'unknown') {
      const known =
        outcome.channels.join(', ') ||
        'none; name the file that has them with --config, or write some under notify.channels';
      throw new UsageError(`notify test: there is no channel "${id}"; known are: ${known}`);
    }
    const error = outcome.is === 'failed' ? outcome.error : null;
    if (json) invocation.print(JSON.stringify({ channel: id, delivered: error === null, error }));
    else if (error === null) invocation.print(`${id}: delivered`);
    else invocation.report(`${id}: not delivered: ${error}`);
    return error === null ? 0 : 1;
  },
};
