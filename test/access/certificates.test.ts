import { X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createCertificates } from '../../access/certificates.ts';
import { makeAuthority } from './certificates.ts';

const DAY = 86_400_000;

function setting() {
  const authority = makeAuthority();
  onTestFinished(() => authority[Symbol.dispose]());
  const [one, two] = [authority.issue('one'), authority.issue('two')];
  const files = { cert: join(authority.dir, 'used.pem'), key: join(authority.dir, 'used.key') };
  const use = ({ cert, key }: { cert: string; key: string }): void => {
    copyFileSync(cert, files.cert);
    copyFileSync(key, files.key);
  };
  use(one);
  const clock = { now: Date.now() };
  const events: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const certificates = createCertificates({
    now: () => clock.now,
    log: (event, fields) => void events.push({ event, fields }),
  });
  return { authority, one, two, files, use, clock, events, certificates };
}

const named = (events: readonly { event: string }[]) => events.map(({ event }) => event);

test('a server gets renewed files when somebody looks, and keeps those before as long as the new ones are no pair', () => {
  const { one, two, files, use, events, certificates } = setting();
  const served: string[] = [];
  const server = certificates.server(files, 'http.tls');
  expect(String(server?.tls.cert)).toBe(readFileSync(one.cert, 'utf8'));
  server?.onRenewed(({ cert }) => served.push(String(cert)));
  certificates.look();
  expect(served).toEqual([]);
  copyFileSync(two.cert, files.cert);
  certificates.look();
  certificates.look();
  expect(served).toEqual([]);
  expect(certificates.standing()[0]?.problem).toContain('is not the key of the certificate');
  use(two);
  certificates.look();
  expect(served).toEqual([readFileSync(two.cert, 'utf8')]);
  expect(certificates.standing()[0]?.problem).toBeNull();
  const mine = events.filter(({ fields }) => fields.section === 'http.tls');
  expect(named(mine)).toEqual(['certificate-not-taken', 'certificate-taken', 'certificate-renewed']);
});

test('a client gets what the files hold at each connection, or what they held last', () => {
  const { authority, one, two, files, use, certificates } = setting();
  const tls = certificates.client({ ...files, ca: authority.cert }, 'mqtt.tls');
  expect(String(tls().cert)).toBe(readFileSync(one.cert, 'utf8'));
  use(two);
  expect(String(tls().cert)).toBe(readFileSync(two.cert, 'utf8'));
  writeFileSync(files.cert, 'half a cert');
  expect(String(tls().cert)).toBe(readFileSync(two.cert, 'utf8'));
  expect(certificates.standing().map(({ which }) => which)).toEqual(['mqtt.tls.cert', 'mqtt.tls.ca']);
});

test('what ends soon is said once, and again when it has ended; of a chain the first to end counts, of authorities the last', () => {
  const { authority, one, files, clock, events, certificates } = setting();
  const ends = Date.parse(new X509Certificate(readFileSync(one.cert)).validTo);
  writeFileSync(files.cert, readFileSync(one.cert, 'utf8') + readFileSync(authority.cert, 'utf8'));
  certificates.server(files, 'broker.tls');
  certificates.observe('mqtt.url', () => clock.now + 100 * DAY);
  certificates.observe('nobody', () => null);
  expect(certificates.standing()).toEqual([
    { which: 'broker.tls.cert', expiresAt: expect.any(Number), problem: null },
    { which: 'mqtt.url', expiresAt: clock.now + 100 * DAY, problem: null },
  ]);
  certificates.look();
  certificates.look();
  clock.now = ends + 1000;
  certificates.look();
  certificates.look();
  expect(events).toEqual([
    {
      event: 'certificate-expires-soon',
      fields: { which: 'broker.tls.cert', expiresAt: expect.any(String) },
    },
    { event: 'certificate-expired', fields: { which: 'broker.tls.cert', expiresAt: expect.any(String) } },
  ]);
});

test('plain text has no certificate', () => {
  const { certificates } = setting();
  expect(certificates.server({}, 'http.tls')).toBeUndefined();
  certificates.look();
  expect(certificates.standing()).toEqual([]);
});
