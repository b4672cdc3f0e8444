import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** OWASP's minimum for scrypt: N = 2^17, r = 8, p = 1 needs 128 MB; this needs 16 MB, enough for a machine's login. */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$key` in base64url, for a configuration file that shall not hold the password itself. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, KEY_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * A check against one configured password, plain or from {@link hashPassword}, in constant time. A password that passed
 * once is remembered by its digest, so that thousands of machines that reconnect at once cost one scrypt.
 */
export function passwordCheck(configured: string): (given: string | Uint8Array) => boolean {
  const hashed = parseHash(configured);
  if (!hashed) return secretCheck(configured);
  let known: Buffer | undefined;
  return (given) => {
    const candidate = digest(given);
    if (known) return timingSafeEqual(known, candidate);
    if (!timingSafeEqual(scryptSync(given, hashed.salt, KEY_BYTES, hashed), hashed.key)) return false;
    known = candidate;
    return true;
  };
}

/** A check against one plain secret, in constant time. */
export function secretCheck(configured: string): (given: string | Uint8Array) => boolean {
  const expected = digest(configured);
  return (given) => timingSafeEqual(expected, digest(given));
}

function digest(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}

function parseHash(configured: string) {
  if (!configured.startsWith('scrypt$')) return undefined;
  const [, N, r, p, salt, key] = configured.split('$');
  const parsed = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt ?? '', 'base64url'),
    key: Buffer.from(key ?? '', 'base64url'),
  };
  const whole = Number.isInteger(parsed.N) && Number.isInteger(parsed.r) && Number.isInteger(parsed.p);
  if (!whole || parsed.salt.length === 0 || parsed.key.length !== KEY_BYTES) {
    throw new Error('the hashed password is damaged: write scrypt$N$r$p$salt$key as hashPassword gives it');
  }
  return parsed;
}
