import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { callerName } from '../../cli/caller.ts';

test('who runs a command has the name of the user, or a number where no user has it', () => {
  expect(callerName()).toBe(userInfo().username);
  const nameless = () => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(callerName(nameless)).toBe(`uid ${process.getuid?.()}`);
});
