import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { expect, test } from 'vitest';
import { type Folder, kaidong, newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const TOPIC = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01';

const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

test('off loopback: with a token and a login it starts, and lets in only who shows them', async () => {
  using folder = newFolder();
  const created = await kaidong(['token', 'create', '--name', 'office', '--json'], { cwd: folder.path });
  expect(created.code).toBe(0);
  const { token } = JSON.parse(created.stdout) as { token: string };
  await using platform = await startService({
    cwd: folder.path,
    environment: {
      KAIDONG__HTTP__HOST: '0.0.0.0',
      KAIDONG__BROKER__HOST: '0.0.0.0',
      KAIDONG__BROKER__USERNAME: 'machine',
      KAIDONG__BROKER__PASSWORD: 'a secret',
    },
  });
  const anonymous = await platform.get('/api/v1/plant');
  expect(anonymous).toMatchObject({ status: 401, body: { status: 401, code: expect.any(String) } });
  expect((await platform.get('/api/v1/plant', bearer('kaidong_wrong'))).status).toBe(401);
  expect((await platform.get('/api/v1/plant', bearer(token))).status).toBe(200);
  expect((await platform.get('/healthz')).status).toBe(200);

  const url = platform.mqtt.replace('0.0.0.0', '127.0.0.1');
  await expect(connectPublisher(url)).rejects.toThrow(/not authori[sz]ed|bad user/i);
  await expect(connectPublisher(url, { username: 'machine', password: 'wrong' })).rejects.toThrow();
  await using machine = await connectPublisher(url, { username: 'machine', password: 'a secret' });
  await machine.publish(TOPIC, { state: 'running' });
});

test('a token made and revoked while the platform runs holds at once; it is shown once and stored hashed', async () => {
  using folder = newFolder();
  await using platform = await startService({ cwd: folder.path });
  expect((await platform.get('/api/v1/plant')).status).toBe(200);
  const { code, stdout } = await kaidong(['token', 'create', '--name', 'bureau'], { cwd: folder.path });
  expect(code).toBe(0);
  const token = stdout.trim();
  expect((await platform.get('/api/v1/plant', bearer(token))).status).toBe(200);
  expect((await platform.get('/api/v1/plant')).status).toBe(401);

  const list = await kaidong(['token', 'list', '--json'], { cwd: folder.path });
  expect(list.stdout).toContain('bureau');
  expect(list.stdout).not.toContain(token);
  for (const file of ['registry.sqlite', 'registry.sqlite-wal']) {
    expect(bytesOf(folder, file)).not.toContain(token);
  }
  const again = await kaidong(['token', 'create', '--name', 'bureau'], { cwd: folder.path });
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/another name|revoke/)]);

  expect((await kaidong(['token', 'create', '--name', 'second'], { cwd: folder.path })).code).toBe(0);
  expect((await kaidong(['token', 'revoke', '--name', 'bureau'], { cwd: folder.path })).code).toBe(0);
  expect((await platform.get('/api/v1/plant', bearer(token))).status).toBe(401);
  expect((await kaidong(['token', 'revoke', '--name', 'bureau'], { cwd: folder.path })).code).toBe(1);
});

function bytesOf(folder: Folder, name: string): string {
  try {
    return readFileSync(folder.file(`data/${name}`), 'latin1');
  } catch {
    return '';
  }
}

test('TLS for HTTP and the broker; a client that does not know the authority is turned away', async () => {
  using folder = newFolder();
  const [cert, key] = [folder.file('cert.pem'), folder.file('key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...newKey, '-days', '2', ...subject, '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  );
  await using platform = await startService({
    cwd: folder.path,
    environment: {
      KAIDONG__HTTP__TLS__CERT: cert,
      KAIDONG__HTTP__TLS__KEY: key,
      KAIDONG__BROKER__TLS__CERT: cert,
      KAIDONG__BROKER__TLS__KEY: key,
    },
  });
  expect([platform.http, platform.mqtt]).toEqual([
    expect.stringMatching(/^https:/),
    expect.stringMatching(/^mqtts:/),
  ]);
  const ca = readFileSync(cert);
  await expect(connectPublisher(platform.mqtt)).rejects.toThrow(/self-signed/);
  await using machine = await connectPublisher(platform.mqtt, { ca });
  await machine.publish(TOPIC, { state: 'running' });
  await expect(fetch(`${platform.http}/healthz`)).rejects.toThrow();
  const body = await new Promise<string>((resolve, reject) => {
    request(`${platform.http}/api/v1/plant`, { ca }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    })
      .on('error', reject)
      .end();
  });
  expect(body).toContain('acme/zhoushan/moulding/line1/imm-01');
});

test.each([
  [
    { KAIDONG__HTTP__TLS__CERT: 'nowhere.pem', KAIDONG__HTTP__TLS__KEY: 'nowhere.pem' },
    /http\.tls\.(cert|key).*nowhere\.pem/,
  ],
  [{ KAIDONG__BROKER__TLS__CERT: 'nowhere.pem' }, /broker\.tls\.key is missing/],
])('TLS files that cannot be used are named: %o', async (environment, complaint) => {
  using folder = newFolder();
  const { code, stderr } = await kaidong(['serve', '--json'], {
    cwd: folder.path,
    environment: { KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0', ...environment },
  });
  expect([code, stderr]).toEqual([1, expect.stringMatching(complaint)]);
});

test('a password in a file is read from there', async () => {
  using folder = newFolder();
  writeFileSync(folder.file('secret'), 'from a file\n');
  await using platform = await startService({
    cwd: folder.path,
    environment: { KAIDONG__BROKER__USERNAME: 'm', KAIDONG__BROKER__PASSWORD_FILE: folder.file('secret') },
  });
  await using machine = await connectPublisher(platform.mqtt, { username: 'm', password: 'from a file' });
  await machine.publish(TOPIC, { state: 'running' });
  expect((await settled(platform)).messages.stored).toBe(1);
});
