import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { EpochMs } from '../domain/time.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The PEM files with certificates that a configuration names, and when each ends: a chain with its first certificate; a
 * file of authorities, which holds the old one and the new one while they change, with its last.
 */
export function certificatesOf(
  config: Pick<Config, 'http' | 'broker' | 'mqtt' | 'sparkplug'>,
): readonly { readonly setting: string; readonly expiresAt: EpochMs }[] {
  const { http, broker, mqtt, sparkplug } = config;
  const sections = [
    ...Object.entries({ http, broker, mqtt }),
    ...sparkplug.brokers.map((one, index) => [`sparkplug.brokers.${index}`, one] as const),
  ];
  return sections.flatMap(([section, { tls }]) =>
    (['cert', 'ca'] as const).flatMap((key) => {
      const expiresAt = tls[key] === undefined ? null : endOf(tls[key], key === 'ca' ? Math.max : Math.min);
      return expiresAt === null ? [] : [{ setting: `${section}.tls.${key}`, expiresAt }];
    }),
  );
}

/** Those by which ingest connects, for a process that shows how ingest does without being it. */
export const certificatesOfIngest = (config: Parameters<typeof certificatesOf>[0]) =>
  certificatesOf(config)
    .filter(({ setting }) => /^(?:mqtt|sparkplug)\./.test(setting))
    .map(({ setting, expiresAt }) => ({ which: setting, expiresAt, problem: null }));

/** `null`: the file can't be read, or holds none, which whoever needs it says. */
function endOf(file: string, which: (...ends: number[]) => number): EpochMs | null {
  try {
    const ends = [...readFileSync(file, 'utf8').matchAll(BLOCK)].map(([pem]) =>
      Date.parse(new X509Certificate(pem).validTo),
    );
    return ends.length === 0 ? null : which(...ends);
  } catch {
    return null;
  }
}
