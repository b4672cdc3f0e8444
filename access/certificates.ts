import { X509Certificate } from 'node:crypto';
import type { EpochMs } from '../domain/time.ts';
import { loadClientTls, loadServerTls, type TlsFiles, type TlsMaterial } from './tls.ts';

/** A certificate that the platform depends on. */
export interface CertificateStanding {
  /** The setting that names it, e.g. `http.tls.cert`, or whose it is. */
  readonly which: string;
  readonly expiresAt: EpochMs;
  /** Why the files as they are now are not taken, and those before still serve; `null`: they are. */
  readonly problem: string | null;
}

export type ServerTls = NonNullable<ReturnType<typeof loadServerTls>>;

/** Where events go: a name and its fields. */
export type CertificateLog = (event: string, fields: Readonly<Record<string, unknown>>) => void;

interface Held {
  readonly section: string;
  tls: TlsMaterial;
  problem: string | null;
  /** Reads the files anew; throws where they can't be taken. */
  readonly load: () => TlsMaterial | undefined;
  /** Told of each change; `null`: whoever uses them asks. */
  renewed: ((tls: TlsMaterial) => void) | null;
}

/** From when on a certificate that ends is worth a warning. */
export const EXPIRES_SOON_MS = 30 * 86_400_000;

/**
 * The certificates of a process. Renewed files are taken without a restart: those of a client at its next connection,
 * those of a server when `look` is called. Files that can't be taken, e.g. half renewed ones, leave those before in place.
 */
export function createCertificates({
  now,
  log,
}: {
  readonly now: () => EpochMs;
  readonly log: CertificateLog;
}) {
  const held: Held[] = [];
  const observed: { readonly which: string; readonly expiresAt: () => EpochMs | null }[] = [];
  const said = new Map<string, string>();

  function renew(one: Held): void {
    try {
      const tls = one.load();
      if (!tls) throw new Error(`${one.section} names no files any more`);
      if (one.problem !== null) log('certificate-taken', { section: one.section });
      one.problem = null;
      if (same(tls, one.tls)) return;
      one.tls = tls;
      log('certificate-renewed', { section: one.section });
      one.renewed?.(tls);
    } catch (error) {
      const { message } = error as Error;
      if (one.problem !== message) log('certificate-not-taken', { section: one.section, error: message });
      one.problem = message;
    }
  }

  function standing(): CertificateStanding[] {
    const files = held.flatMap(({ section, tls: { cert, ca }, problem }) => [
      ...(cert ? [{ which: `${section}.cert`, expiresAt: Math.min(...endsOf(cert)), problem }] : []),
      // While authorities change, the file holds the old one and the new one.
      ...(ca ? [{ which: `${section}.ca`, expiresAt: Math.max(...endsOf(ca)), problem }] : []),
    ]);
    const others = observed.flatMap(({ which, expiresAt }) => {
      const at = expiresAt();
      return at === null ? [] : [{ which, expiresAt: at, problem: null }];
    });
    return [...files, ...others];
  }

  /** Says once of each certificate that it will end soon, and that it has ended. */
  function warn(): void {
    for (const { which, expiresAt } of standing()) {
      const leftMs = expiresAt - now();
      const event = leftMs <= 0 ? 'certificate-expired' : 'certificate-expires-soon';
      if (leftMs > EXPIRES_SOON_MS) said.delete(which);
      else if (said.get(which) !== event) {
        said.set(which, event);
        log(event, { which, expiresAt: new Date(expiresAt).toISOString() });
      }
    }
  }

  return {
    /** A client's files; throws as {@link loadClientTls} does. What it gives is to be called before each connection. */
    client(files: TlsFiles, section: string): () => TlsMaterial {
      const load = (): TlsMaterial => loadClientTls(files, section);
      // Several connections may share their files.
      const known = held.find((other) => other.section === section);
      const one: Held = known ?? { section, tls: load(), problem: null, load, renewed: null };
      if (!known) held.push(one);
      return () => {
        renew(one);
        return one.tls;
      };
    },

    /** A server's files, and how it hears of new ones; `undefined`: it speaks plain text. Throws as {@link loadServerTls} does. */
    server(
      files: TlsFiles,
      section: string,
    ): { tls: ServerTls; onRenewed(take: (tls: TlsMaterial) => void): void } | undefined {
      const load = (): ServerTls | undefined => loadServerTls(files, section);
      const tls = load();
      if (!tls) return undefined;
      const one: Held = { section, tls, problem: null, load, renewed: null };
      held.push(one);
      return {
        tls,
        onRenewed(take) {
          one.renewed = take;
        },
      };
    },

    /** A certificate of someone else, known while there is a connection. */
    observe(which: string, expiresAt: () => EpochMs | null): void {
      observed.push({ which, expiresAt });
    },

    /** To be called now and then: takes what was renewed for servers, and says what ends soon. */
    look(): void {
      for (const one of held) if (one.renewed) renew(one);
      warn();
    },

    standing,
  };
}

export type Certificates = ReturnType<typeof createCertificates>;

const KEYS = ['cert', 'key', 'ca'] as const;

const same = (one: TlsMaterial, other: TlsMaterial): boolean =>
  KEYS.every((key) => (one[key]?.toString('latin1') ?? '') === (other[key]?.toString('latin1') ?? ''));

/** When each certificate of a PEM file ends. */
function endsOf(pem: Buffer): EpochMs[] {
  const blocks =
    pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return (blocks.length > 0 ? blocks : [pem]).map((block) => Date.parse(new X509Certificate(block).validTo));
}
