import type { Demanded } from '../../ingest/sparkplug/rebirths.ts';
import { askAllRunning } from '../../operation/control.ts';
import { callerName } from '../caller.ts';
import { type Command, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

/** The most that any of the running processes did counts. */
const ORDER = ['asked', 'too-soon', 'unreachable', 'not-served'] as const;

export const rebirth: Command = {
  id: 'rebirth',
  summary:
    'Has the running Sparkplug host ask an edge node for its births (Node Control/Rebirth), the only thing that Kaidong writes to a plant; a node at most once in sparkplug.rebirthIntervalSeconds.',
  positionals: 'GROUP/NODE',
  options: {
    config: CONFIG_OPTION,
    by: {
      type: 'string',
      value: 'NAME',
      help: 'who wants it, for the log; default: the user of this computer',
    },
    json: { type: 'boolean', help: 'print what became of it as JSON' },
  },
  async run(invocation) {
    const [name, ...others] = invocation.positionals;
    const { group, node } = /^(?<group>[^/+#]+)\/(?<node>[^/+#]+)$/.exec(name ?? '')?.groups ?? {};
    if (!group || !node || others.length > 0) {
      throw new UsageError('rebirth: name one edge node as GROUP/NODE, without + and #');
    }
    const by = text(invocation, 'by') ?? callerName();
    const { dir } = configOf(invocation).data;
    const answers = (await askAllRunning(dir, 'rebirth', { group, node, by })) as Demanded[];
    const [answer] = answers.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
    if (!answer) throw new Error('no process answered');
    const said =
      answer.outcome === 'too-soon'
        ? { outcome: answer.outcome, retryAt: new Date(answer.retryAt).toISOString() }
        : answer;
    invocation.print(
      invocation.values.json === true ? JSON.stringify(said) : sentenceOf(answer, `${group}/${node}`),
    );
    return answer.outcome === 'asked' ? 0 : 1;
  },
};

function sentenceOf(answer: Demanded, node: string): string {
  switch (answer.outcome) {
    case 'asked':
      return `${node} was asked for its births`;
    case 'too-soon':
      return `${node} was asked just now; again from ${new Date(answer.retryAt).toISOString()} on`;
    case 'unreachable':
      return `${node} can't be asked: no Sparkplug broker is connected; see /readyz`;
    case 'not-served':
      return `${node}: no running process serves its group; see sparkplug.groups`;
  }
}
