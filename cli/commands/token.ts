import { openRegistry } from '../../registry/registry.ts';
import { type Command, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const token: Command = {
  id: 'token',
  summary:
    'Creates, lists and revokes bearer tokens of the HTTP API. A token is shown once; only its hash is kept.',
  positionals: '<create|list|revoke>',
  options: {
    config: CONFIG_OPTION,
    name: { type: 'string', value: 'NAME', help: 'whom the token is for' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(invocation) {
    const [action] = invocation.positionals;
    const config = configOf(invocation);
    using registry = openRegistry({ dir: config.data.dir });
    const { tokens } = registry;
    const json = invocation.values.json === true;
    switch (action) {
      case 'create': {
        const name = text(invocation, 'name') ?? 'default';
        const secret = tokens.create(name);
        invocation.print(json ? JSON.stringify({ name, token: secret }) : secret);
        return 0;
      }
      case 'list':
        for (const entry of tokens.list()) invocation.print(json ? JSON.stringify(entry) : `${entry.name}`);
        return 0;
      case 'revoke': {
        const name = text(invocation, 'name');
        if (name === undefined) throw new UsageError('token revoke needs --name');
        if (tokens.revoke(name)) return 0;
        invocation.report(`there is no token named "${name}"`);
        return 1;
      }
      default:
        throw new UsageError(`token: say create, list or revoke, not "${action ?? ''}"`);
    }
  },
};
