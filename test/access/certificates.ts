import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate for 127.0.0.1, with its key, in a folder of its own. */
export interface Certificate extends Disposable {
  readonly cert: string;
  readonly key: string;
  readonly dir: string;
}

export function makeCertificate(): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-cert-'));
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', cert],
    { stdio: 'pipe' },
  );
  return { cert, key, dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}
