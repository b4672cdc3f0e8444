import type { ListedAlert, NotificationDesk } from '../../api/notification-desk.ts';
import { notificationDeskOf } from '../../composition/notification-desk.ts';
import { openRegistry } from '../../registry/registry.ts';
import { type Command, type ExitCode, type Invocation, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

const LISTED = 1000;
const LONGEST_SAID = 200;

export const notify: Command = {
  id: 'notify',
  summary:
    'Sends a test message to a channel of the configuration (test CHANNEL), lists the alerts that are open, each with its number (list), or takes one on (acknowledge NUMBER --by NAME).',
  positionals: '<test CHANNEL|list|acknowledge NUMBER>',
  options: {
    config: CONFIG_OPTION,
    by: { type: 'string', value: 'NAME', help: 'acknowledge: who takes care of it' },
    note: { type: 'string', value: 'TEXT', help: 'acknowledge: what is done' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(invocation) {
    const [action, what, ...more] = invocation.positionals;
    const config = configOf(invocation);
    using registry = openRegistry({ dir: config.data.dir });
    const desk = notificationDeskOf({ config, registry });
    if (more.length === 0) {
      if (action === 'list' && what === undefined) return list(desk, invocation);
      if (action === 'test' && what !== undefined) return test(desk, what, invocation);
      if (action === 'acknowledge' && what !== undefined) return acknowledge(desk, what, invocation);
    }
    throw new UsageError('notify: say "test CHANNEL", "list" or "acknowledge NUMBER --by NAME"');
  },
};

function list(desk: NotificationDesk, invocation: Invocation): ExitCode {
  const { items } = desk.list({ limit: LISTED, states: ['firing', 'acknowledged'] });
  for (const alert of items) print(alert, invocation);
  return 0;
}

function print(alert: ListedAlert, { values, print: line }: Invocation): void {
  const { id, since, severity, state, title, subject, text, acknowledgedBy: by } = alert;
  const parts = [
    ...[String(id), new Date(since).toISOString(), severity, state],
    `${title.en}: ${subject} ${text.en}`,
  ];
  line(values.json === true ? JSON.stringify(alert) : [...parts, ...(by ? [`(${by})`] : [])].join('  '));
}

async function test(desk: NotificationDesk, channel: string, invocation: Invocation): Promise<ExitCode> {
  const outcome = await desk.test(channel);
  if (outcome.is === 'unknown') {
    const known =
      outcome.channels.join(', ') ||
      'none; name the file that has them with --config, or write some under notify.channels';
    throw new UsageError(`notify test: there is no channel "${channel}"; known are: ${known}`);
  }
  const error = outcome.is === 'failed' ? outcome.error : null;
  if (invocation.values.json === true)
    invocation.print(JSON.stringify({ channel, delivered: error === null, error }));
  else if (error === null) invocation.print(`${channel}: delivered`);
  else invocation.report(`${channel}: not delivered: ${error}`);
  return error === null ? 0 : 1;
}

function acknowledge(desk: NotificationDesk, number: string, invocation: Invocation): ExitCode {
  const id = Number(number);
  if (!/^\d+$/.test(number) || id < 1 || !Number.isSafeInteger(id)) {
    throw new UsageError(
      `notify acknowledge: "${number}" is no number of an alert; "notify list" shows them`,
    );
  }
  const by = said('by', invocation);
  if (by === null) throw new UsageError('notify acknowledge: say with --by who takes care of it');
  const outcome = desk.acknowledge(id, { by, note: said('note', invocation) });
  if (outcome.is === 'unknown') {
    throw new UsageError(
      `notify acknowledge: there is no alert ${id}; "notify list" shows those that are open`,
    );
  }
  if (outcome.is === 'acknowledged') {
    print(outcome.alert, invocation);
    return 0;
  }
  const { state, acknowledgedBy } = outcome.alert;
  const taken = acknowledgedBy === null ? '' : ` by ${acknowledgedBy}`;
  invocation.report(`alert ${id} is ${state}${taken}; only a firing one can be acknowledged`);
  return 1;
}

/** A text for people, in one line. */
function said(option: 'by' | 'note', { values }: Invocation): string | null {
  const given = values[option];
  if (given === undefined) return null;
  const text = String(given).trim();
  const fault =
    text === ''
      ? 'is empty'
      : text.length > LONGEST_SAID
        ? `has ${text.length} characters; ${LONGEST_SAID} are the most`
        : /\p{Cc}/u.test(text) || !text.isWellFormed()
          ? 'has a control character, or half of a surrogate pair'
          : null;
  if (fault !== null) throw new UsageError(`notify acknowledge: --${option} ${fault}`);
  return text;
}
