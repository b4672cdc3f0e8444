import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Paths of PEM files, and for a client whether the server's certificate is checked. */
export interface TlsFiles {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly ca?: string | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
}

/** What `node:tls` takes. */
export interface TlsMaterial {
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly ca?: Buffer;
  readonly rejectUnauthorized?: boolean;
}

/**
 * Reads a client's TLS files. `section` names the place in the configuration, e.g. `mqtt.tls`. Throws, naming key and
 * file, where one can't be read, is no PEM, or certificate and key don't belong together.
 */
export function loadClientTls(files: TlsFiles, section: string): TlsMaterial {
  if ((files.cert === undefined) !== (files.key === undefined)) {
    const missing = files.cert === undefined ? 'cert' : 'key';
    throw new Error(`${section}.${missing} is missing: certificate and key are needed together`);
  }
  const cert = files.cert === undefined ? undefined : read(files.cert, `${section}.cert`);
  const key = files.key === undefined ? undefined : read(files.key, `${section}.key`);
  const ca = files.ca === undefined ? undefined : read(files.ca, `${section}.ca`);
  if (ca) certificateOf(ca, `${section}.ca: ${files.ca}`);
  if (cert && key) checkPair(cert, key, files, section);
  return {
    ...(cert && { cert }),
    ...(key && { key }),
    ...(ca && { ca }),
    ...(files.rejectUnauthorized !== undefined && { rejectUnauthorized: files.rejectUnauthorized }),
  };
}

/**
 * Reads a server's TLS files; `undefined` where none is set: the server speaks plain text. With `ca`, clients must show
 * a certificate from it. Throws as {@link loadClientTls} does, and where `ca` stands alone.
 */
export function loadServerTls(
  files: TlsFiles,
  section: string,
): (TlsMaterial & { readonly requestCert: boolean }) | undefined {
  if (files.cert === undefined && files.key === undefined) {
    if (files.ca === undefined) return undefined;
    throw new Error(`${section}.cert and ${section}.key are missing: ${section}.ca alone encrypts nothing`);
  }
  const { cert, key, ca } = loadClientTls({ cert: files.cert, key: files.key, ca: files.ca }, section);
  return { cert: cert!, key: key!, ...(ca && { ca }), requestCert: ca !== undefined };
}

function read(path: string, name: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(
      `${name}: can't read ${path} (${(error as NodeJS.ErrnoException).code}): check path and rights`,
    );
  }
}

function checkPair(cert: Buffer, key: Buffer, files: TlsFiles, section: string): void {
  const certificate = certificateOf(cert, `${section}.cert: ${files.cert}`);
  let privateKey: ReturnType<typeof createPrivateKey>;
  try {
    privateKey = createPrivateKey(key);
  } catch {
    throw new Error(`${section}.key: ${files.key} holds no unencrypted PEM private key`);
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`${section}.key: ${files.key} is not the key of the certificate ${files.cert}`);
  }
}

function certificateOf(pem: Buffer, place: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Error(`${place} holds no PEM certificate`);
  }
}
