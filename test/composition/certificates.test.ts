import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificatesOf, certificatesOfIngest } from '../../composition/certificates.ts';
import { loadConfig } from '../../config.ts';
import { makeCertificate } from '../access/certificates.ts';

const configOf = (tls: object) =>
  loadConfig({
    environment: Object.fromEntries(Object.entries(tls).map(([name, value]) => [name, String(value)])),
  });

test('every certificate that the configuration names is looked at, also in a chain', () => {
  using one = makeCertificate();
  using other = makeCertificate();
  const chain = join(one.dir, 'chain.pem');
  writeFileSync(chain, `a comment\n${readFileSync(one.cert, 'utf8')}${readFileSync(other.cert, 'utf8')}`);
  const found = certificatesOf(
    configOf({
      KAIDONG__HTTP__TLS__CERT: one.cert,
      KAIDONG__HTTP__TLS__KEY: one.key,
      KAIDONG__MQTT__TLS__CA: chain,
      KAIDONG__SPARKPLUG__BROKERS: JSON.stringify([
        { url: 'mqtts://10.0.0.7:8883', tls: { ca: other.cert } },
      ]),
    }),
  );
  const endOf = (file: string): number => Date.parse(new X509Certificate(readFileSync(file)).validTo);
  expect(found).toEqual([
    { setting: 'http.tls.cert', expiresAt: endOf(one.cert) },
    { setting: 'mqtt.tls.ca', expiresAt: Math.max(endOf(one.cert), endOf(other.cert)) },
    { setting: 'sparkplug.brokers.0.tls.ca', expiresAt: endOf(other.cert) },
  ]);
});

test('a file that is gone, or holds no certificate, says nothing here: whoever needs it says so', () => {
  using one = makeCertificate();
  expect(
    certificatesOf(
      configOf({ KAIDONG__BROKER__TLS__CERT: one.key, KAIDONG__MQTT__TLS__CA: join(one.dir, 'none') }),
    ),
  ).toEqual([]);
  expect(certificatesOf(loadConfig({}))).toEqual([]);
});

test('a process without ingest tells of the certificates by which ingest connects, and of no others', () => {
  using one = makeCertificate();
  const config = configOf({
    KAIDONG__HTTP__TLS__CERT: one.cert,
    KAIDONG__HTTP__TLS__KEY: one.key,
    KAIDONG__MQTT__TLS__CERT: one.cert,
    KAIDONG__MQTT__TLS__KEY: one.key,
  });
  expect(certificatesOfIngest(config)).toEqual([
    { which: 'mqtt.tls.cert', expiresAt: expect.any(Number), problem: null },
  ]);
});
