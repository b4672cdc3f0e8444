import { REFUSALS } from '../../domain/refusal.ts';
import { askRunning } from '../../operation/control.ts';
import { type Command, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const replay: Command = {
  id: 'replay',
  summary:
    'Has the running ingest decode quarantined messages again, after the reason for their refusal was mended.',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'no difference: the answer is JSON' },
    ids: { type: 'string', value: 'N,N…', help: 'the messages with these ids' },
    code: { type: 'string', value: 'CODE', help: 'those refused with this code' },
    topic: { type: 'string', value: 'TOPIC', help: 'those of this topic' },
    all: { type: 'boolean', help: 'all of them' },
  },
  async run(invocation) {
    const ids = text(invocation, 'ids')?.split(',').map(Number);
    const code = text(invocation, 'code');
    const topic = text(invocation, 'topic');
    if (ids?.some((id) => !Number.isInteger(id)))
      throw new UsageError('--ids: write whole numbers, parted by commas');
    if (code !== undefined && !(code in REFUSALS))
      throw new UsageError(`--code ${code}: say one of ${Object.keys(REFUSALS).join(', ')}`);
    if (!ids && !code && !topic && invocation.values.all !== true) {
      throw new UsageError('replay: say which messages: --ids, --code, --topic or --all');
    }
    const selection = ids ? { ids } : { ...(code ? { code } : {}), ...(topic ? { topic } : {}) };
    const result = (await askRunning(configOf(invocation).data.dir, 'replay', selection)) as {
      refused: number;
    };
    invocation.print(JSON.stringify(result));
    return result.refused > 0 ? 1 : 0;
  },
};
