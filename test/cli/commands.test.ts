import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Command, helpOf, parse, UsageError } from '../../cli/command.ts';
import { commandNamed } from '../../cli/command-named.ts';
import { COMMANDS } from '../../cli/commands/index.ts';

describe('the commands', () => {
  test('folder and list agree: one file a command, named by it', () => {
    const files = readdirSync(join(import.meta.dirname, '../../cli/commands')).filter(
      (name) => name !== 'index.ts',
    );
    expect(COMMANDS.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  });

  test('each is found by its name alone, and nothing else is', async () => {
    for (const command of COMMANDS) expect(await commandNamed(command.id)).toBe(command);
    for (const id of ['index', 'nothing', '../main', './serve', 'serve.ts', 'Serve', '', '-', '__proto__']) {
      expect(await commandNamed(id), id).toBeUndefined();
    }
  });

  test.each(COMMANDS.map((command) => [command.id, command] as const))(
    '%s explains itself and every option',
    (_, command) => {
      const help = helpOf(command);
      expect(help).toContain(`usage: kaidong ${command.id}`);
      for (const [name, option] of Object.entries(command.options)) {
        expect(help).toContain(`--${name}`);
        expect(option.help.length, name).toBeGreaterThan(5);
        expect(option.type === 'boolean', name).toBe(option.value === undefined);
      }
    },
  );
});

describe('arguments', () => {
  const command: Command = {
    id: 'x',
    summary: 'x',
    options: { size: { type: 'string', value: 'N', help: 'how large' } },
    run: async () => 0,
  };
  test('what nobody knows is wrong usage', () => {
    expect(() => parse(command, ['--nothing'])).toThrow(UsageError);
    expect(() => parse(command, ['stray'])).toThrow(UsageError);
    expect(() => parse(command, ['--size'])).toThrow(UsageError);
  });
  test('--help is always known', () => expect(parse(command, ['--help']).help).toBe(true));
});
