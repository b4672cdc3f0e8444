import { readFileSync } from 'node:fs';
import { askRunning } from '../../operation/control.ts';
import { type Command, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const explain: Command = {
  id: 'explain',
  summary: 'Asks the running ingest what it would make of a message, and why. Stores nothing.',
  positionals: '<topic>',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'no difference: the answer is JSON' },
    payload: { type: 'string', value: 'TEXT', help: 'the payload' },
    file: { type: 'string', value: 'FILE', help: 'a file that holds the payload; - for standard input' },
  },
  async run(invocation) {
    const [topic] = invocation.positionals;
    const file = text(invocation, 'file');
    const payload = text(invocation, 'payload');
    if (topic === undefined || (file === undefined) === (payload === undefined)) {
      throw new UsageError('explain needs a topic, and either --payload or --file');
    }
    const bytes = file === undefined ? Buffer.from(payload ?? '') : readFileSync(file === '-' ? 0 : file);
    const { data } = configOf(invocation);
    const answer = await askRunning(data.dir, 'explain', { topic, payloadBase64: bytes.toString('base64') });
    invocation.print(JSON.stringify(answer, null, 2));
    return (answer as { refused: readonly unknown[] }).refused.length > 0 ? 1 : 0;
  },
};
