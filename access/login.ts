import { passwordCheck, secretCheck } from './password.ts';

/** A check of user name and password in constant time; `undefined` where none are configured. Throws for half of them. */
export function loginCheck({
  username,
  password,
  section,
}: {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Where they stand in the configuration, e.g. `broker`. */
  readonly section: string;
}): ((username: string | undefined, password: Uint8Array | undefined) => boolean) | undefined {
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    const missing = username === undefined ? 'username' : 'password';
    throw new Error(`${section}.${missing} is missing: set both ${section}.username and ${section}.password`);
  }
  const isUser = secretCheck(username);
  const isPassword = passwordCheck(password);
  return (givenName, givenPassword) => {
    const [user, pass] = [isUser(givenName ?? ''), isPassword(givenPassword ?? '')];
    return user && pass;
  };
}
