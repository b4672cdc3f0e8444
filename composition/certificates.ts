import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { EpochMs } from '../domain/time.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The PEM files with certificates that a configuration names, and when the first certificate in each ends. */
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
      const expiresAt = tls[key] === undefined ? null : firstEnd(tls[key]);
      return expiresAt === null ? [] : [{ setting: `${section}.tls.${key}`, expiresAt }];
    }),
  );
}

/** `null`: the file can't be read, or holds none, which whoever needs it says. */
function firstEnd(file: string): EpochMs | null {
  try {
    const ends = [...readFileSync(file, 'utf8').matchAll(BLOCK)].map(([pem]) =>
      Date.parse(new X509Certificate(pem).validTo),
    );
    return ends.length === 0 ? null : Math.min(...ends);
  } catch {
    return null;
  }
}
