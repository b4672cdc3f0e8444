import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLoopback, refuseOpenListener } from '../../access/listener.ts';
import { loginCheck } from '../../access/login.ts';
import { hashPassword, passwordCheck } from '../../access/password.ts';
import { loadClientTls, loadServerTls } from '../../access/tls.ts';
import { makeCertificate } from './certificates.ts';

test.each([
  ['plain', 'correct horse'],
  ['hashed', hashPassword('correct horse')],
])('a %s password lets the right one in, again and again, and no other', (_, configured) => {
  const check = passwordCheck(configured);
  const verdicts = ['wrong', 'correct horse', 'correct horse', '', 'correct hors'].map(check);
  expect(verdicts).toEqual([false, true, true, false, false]);
  expect(check(Buffer.from('correct horse'))).toBe(true);
});

test('two hashes of one password differ; a damaged one is refused at start', () => {
  expect(hashPassword('a')).not.toBe(hashPassword('a'));
  expect(() => passwordCheck('scrypt$16384$8$1$$')).toThrow(/damaged: write scrypt/);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4', false],
  ['127.0.0.1.example.org', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
  const start = (hasCredentials: boolean) =>
    refuseOpenListener({ what: 'the broker', host, hasCredentials, remedy: 'set broker.username' });
  expect(() => start(true)).not.toThrow();
  if (expected) expect(() => start(false)).not.toThrow();
  else
    expect(() => start(false)).toThrow(
      /the broker would listen on .* set broker\.username, or listen on 127/,
    );
});

test('TLS files are read, and each way to be wrong is named', () => {
  using one = makeCertificate();
  using other = makeCertificate();
  const garbage = join(one.dir, 'garbage.pem');
  writeFileSync(garbage, 'no pem');
  const { cert, key } = one;
  expect(loadServerTls({}, 'http.tls')).toBeUndefined();
  expect(loadServerTls({ cert, key }, 'http.tls')).toMatchObject({ requestCert: false });
  expect(loadServerTls({ cert, key, ca: other.cert }, 'http.tls')).toMatchObject({ requestCert: true });
  expect(loadClientTls({ ca: cert, rejectUnauthorized: true }, 'mqtt.tls')).toMatchObject({
    rejectUnauthorized: true,
  });
  expect(() => loadServerTls({ cert }, 'http.tls')).toThrow('http.tls.key is missing');
  expect(() => loadServerTls({ key }, 'http.tls')).toThrow('http.tls.cert is missing');
  expect(() => loadServerTls({ ca: cert }, 'http.tls')).toThrow('http.tls.ca alone encrypts nothing');
  expect(() => loadServerTls({ cert, key: other.key }, 'http.tls')).toThrow(
    'is not the key of the certificate',
  );
  expect(() => loadServerTls({ cert: garbage, key }, 'http.tls')).toThrow(
    'garbage.pem holds no PEM certificate',
  );
  expect(() => loadServerTls({ cert, key: garbage }, 'http.tls')).toThrow('no unencrypted PEM private key');
  expect(() => loadClientTls({ ca: `${cert}x` }, 'mqtt.tls')).toThrow(
    /mqtt\.tls\.ca: can't read .*\(ENOENT\)/,
  );
});

test('a login needs both halves, and both must fit', () => {
  expect(loginCheck({ section: 'broker' })).toBeUndefined();
  expect(() => loginCheck({ section: 'broker', username: 'edge' })).toThrow(
    'broker.password is missing: set both',
  );
  expect(() => loginCheck({ section: 'broker', password: 'x' })).toThrow(
    'broker.username is missing: set both',
  );
  const login = loginCheck({ section: 'broker', username: 'edge', password: 'secret' })!;
  const attempts: [string | undefined, string | undefined][] = [
    ['edge', 'secret'],
    ['edge', 'Secret'],
    ['other', 'secret'],
    ['edge', undefined],
    [undefined, undefined],
  ];
  const verdicts = attempts.map(([name, word]) => login(name, word === undefined ? word : Buffer.from(word)));
  expect(verdicts).toEqual([true, false, false, false, false]);
});
