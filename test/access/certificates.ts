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

/** An authority of our own, and certificates that it issues for 127.0.0.1, all in one folder. */
export interface Authority extends Disposable {
  readonly dir: string;
  readonly cert: string;
  issue(name: string): { readonly cert: string; readonly key: string };
}

export function makeAuthority(): Authority {
  const root = makeCertificate();
  return {
    dir: root.dir,
    cert: root.cert,
    issue(name) {
      const [cert, key] = [join(root.dir, `${name}.pem`), join(root.dir, `${name}.key`)];
      const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
      const issuer = ['-CA', root.cert, '-CAkey', root.key, '-addext', 'basicConstraints=critical,CA:FALSE'];
      const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          ...issuer,
          ...curve,
          '-nodes',
          '-days',
          '2',
          ...subject,
          '-keyout',
          key,
          '-out',
          cert,
        ],
        { stdio: 'pipe' },
      );
      return { cert, key };
    },
    [Symbol.dispose]: () => root[Symbol.dispose](),
  };
}
