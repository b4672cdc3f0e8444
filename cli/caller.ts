import { userInfo } from 'node:os';

/** Who runs a command; `look` throws where the system has no name for the user, as in a container that runs under any number. */
export function callerName(look: () => { readonly username: string } = userInfo): string {
  try {
    return look().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}
