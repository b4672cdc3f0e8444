import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019, type AnySchema } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ENVIRONMENT_KEYS } from '../../config/environment.ts';
import { loadConfig } from '../../config.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  image?: string;
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  volumes: string[];
  depends_on?: Record<string, { condition: string }>;
}
const compose = parse(read('docker-compose.yml')) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};

describe('docker-compose.yml', () => {
  // Draft 4 named schemas with `id`; nothing refers to those names.
  const text = read('test/deploy/compose-spec.json').replace(/"(\$schema|id)": "[^"]*",/g, '');
  const schema = JSON.parse(text) as AnySchema;
  const check = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);

  test('keeps to the schema of the Compose Specification', () => {
    expect(check(compose) ? [] : check.errors).toEqual([]);
    expect(check({ services: { kaidong: { imagee: 'x' } } })).toBe(false);
  });

  test('brings broker, store, dashboards and Kaidong, each started when what it needs is healthy', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['grafana', 'influxdb', 'kaidong', 'mosquitto']);
    expect(compose.services.influxdb?.image).toBe('influxdb:2.7');
    const waitsFor = Object.entries(compose.services.kaidong?.depends_on ?? {});
    expect(waitsFor.map(([name, { condition }]) => [name, condition])).toEqual([
      ['mosquitto', 'service_healthy'],
      ['influxdb', 'service_healthy'],
    ]);
    const { KAIDONG__DATA__DIR: dir = '' } = compose.services.kaidong?.environment ?? {};
    const mounts = compose.services.kaidong?.volumes.map((volume) => volume.split(':')[1] ?? '') ?? [];
    // Inside a volume, and not the mount point itself, which a restore couldn't replace.
    expect(mounts.some((mount) => dir.startsWith(`${mount}/`))).toBe(true);
  });

  test('pins every image, checks every service, and keeps what each must not lose in a volume', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (service.image) expect(service.image, name).toMatch(/:\d/);
      expect(service.healthcheck?.test.length, name).toBeGreaterThan(1);
      const named = service.volumes.filter((volume) => (volume.split(':')[0] ?? '') in compose.volumes);
      expect(named.length, name).toBeGreaterThan(0);
    }
  });

  test('holds no password: every secret is asked for from the environment, without a default', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const [key, value] of Object.entries(service.environment)) {
        if (/PASSWORD|TOKEN|SECRET/.test(key)) expect(value, `${name} ${key}`).toMatch(/^\$\{\w+:\?.+\}$/);
      }
    }
    const example = read('.env.example').matchAll(/^(\w+)=(.*)$/gm);
    for (const [, key, value] of example) expect(value, key).toBe('');
  });

  test('every variable that it asks for stands in .env.example, and the other way round', () => {
    const asked = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map((match) => match[1]));
    const offered = new Set([...read('.env.example').matchAll(/^(\w+)=/gm)].map((match) => match[1]));
    expect(offered).toEqual(asked);
  });

  test('gives Kaidong only settings that it knows, and a configuration that loads', () => {
    const known = new Set(ENVIRONMENT_KEYS.map((key) => key.variable));
    const environment = compose.services.kaidong?.environment ?? {};
    for (const key of Object.keys(environment)) if (key !== 'KAIDONG_CONFIG') expect(known).toContain(key);
    expect(loadConfig({ file: join(ROOT, 'deploy/kaidong.yaml') }).plant.machines).toHaveLength(1);
  });

  test('its configuration shows how a line is declared, in words that load', () => {
    const [, example = ''] = read('deploy/kaidong.yaml').split(/^(?=# lines:)/m);
    const [site] = (parse(read('deploy/kaidong.yaml')) as { sites: { path: string; zone: string }[] }).sites;
    const { lines } = parse(example.replaceAll(/^# /gm, '')) as { lines: readonly { machines: string[] }[] };
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-lines-'));
    const file = join(dir, 'kaidong.yaml');
    writeFileSync(file, JSON.stringify({ sites: [{ path: site?.path, zone: site?.zone }], lines }));
    expect(loadConfig({ file }).plant.lines?.[0]?.machines).toEqual(lines[0]?.machines);
    rmSync(dir, { recursive: true });
  });

  test('brings Grafana its dashboards, alerts and one data source, and every variable that this reads', () => {
    const { volumes = [], environment = {} } = compose.services.grafana ?? {};
    const mounted = volumes
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.replace(/\$\{\w+:-(\w+)\}/, '$1').split(':') as [string, string, string]);
    expect(mounted.map(([, target, mode]) => [target, mode])).toEqual([
      ['/etc/grafana/provisioning/dashboards', 'ro'],
      ['/etc/grafana/provisioning/alerting', 'ro'],
      ['/etc/grafana/provisioning/datasources', 'ro'],
    ]);
    for (const [folder] of mounted) expect(readdirSync(join(ROOT, folder)).length, folder).toBeGreaterThan(0);
    const provider = parse(read('dashboards/grafana/provisioning/dashboards/kaidong.yaml'));
    expect(provider.providers[0].options.path).toBe('/etc/grafana/provisioning/dashboards');
    for (const folder of ['datasources', 'datasources-influxdb1']) {
      const text = read(`dashboards/grafana/provisioning/${folder}/influxdb.yaml`);
      for (const [, name] of text.matchAll(/\$(\w+)/g)) expect(Object.keys(environment)).toContain(name);
    }
    // Grafana reads the database that Kaidong writes to.
    const bucket = compose.services.kaidong?.environment.KAIDONG__STORE__BUCKET;
    expect(environment.INFLUXDB_DATABASE).toBe(`\${INFLUXDB_DATABASE:-${bucket}}`);
  });

  test("sets the broker's queue limits, and lets nobody in without a password", () => {
    const settings = new Map(
      [...read('deploy/mosquitto/mosquitto.conf').matchAll(/^(\w+) (.+)$/gm)].map((match) => [
        match[1],
        match[2],
      ]),
    );
    expect(settings.get('allow_anonymous')).toBe('false');
    expect(settings.get('password_file')).toMatch(/^\/mosquitto\/data\//);
    expect(settings.get('persistence')).toBe('true');
    expect(settings.get('persistent_client_expiration')).toBe('7d');
    // Above mosquitto's own 1000, 0 and 20; 0 would mean no limit.
    expect(Number(settings.get('max_queued_messages'))).toBeGreaterThan(1000);
    expect(Number(settings.get('max_queued_bytes'))).toBeGreaterThan(0);
    expect(Number(settings.get('max_inflight_messages'))).toBeGreaterThan(20);
  });
});

describe('workers.compose.yml', () => {
  const workers = parse(read('deploy/workers.compose.yml'), { merge: true }) as {
    services: Record<string, Service & { command: string[]; network_mode?: string }>;
  };
  const { kaidong: base } = compose.services;
  const added = Object.entries(workers.services).filter(([name]) => name !== 'kaidong');

  test('keeps to the schema, and makes of one process those that there are', () => {
    const text = read('test/deploy/compose-spec.json').replace(/"(\$schema|id)": "[^"]*",/g, '');
    const check = new Ajv2019({ strict: false, validateFormats: false }).compile(
      JSON.parse(text) as AnySchema,
    );
    expect(check(workers) ? [] : check.errors).toEqual([]);
    const commands = Object.values(workers.services).map(({ command }) => command.join(' '));
    expect(commands).toEqual(['api', 'analysis', 'ingest --worker w1', 'ingest --worker w2']);
  });

  test('each has the settings, the data and the loopback of the one that it stands beside', () => {
    for (const [name, service] of added) {
      expect(service.environment, name).toEqual(base?.environment);
      expect(service.volumes, name).toEqual(base?.volumes);
      expect(service.network_mode, name).toBe('service:kaidong');
    }
  });

  test('a worker is healthy while its own process answers', () => {
    for (const [name, { command, healthcheck }] of added) {
      const [role, , worker] = command;
      if (role !== 'ingest') continue;
      const dir = base?.environment.KAIDONG__DATA__DIR;
      expect(healthcheck?.test.at(-1), name).toContain(`'${dir}/workers/${worker}/running.json'`);
    }
  });
});

test('the container runs under the Node that the lockfile pins', () => {
  expect(read('Dockerfile')).toMatch(/ENV PATH=\/app\/node_modules\/\.bin/);
  expect(read('Dockerfile')).toMatch(/^USER kaidong$/m);
});

test('the container starts from the pack: nothing that it is made of is written after it', () => {
  expect(read('Dockerfile')).toMatch(/npm prune .*--no-save/);
});

test('the container holds nothing that a checkout makes and git leaves out', () => {
  const linesOf = (file: string): readonly string[] =>
    read(file)
      .split('\n')
      .map((line) => line.replace(/^\*\*\//, '').replace(/\/$/, ''))
      .filter((line) => line !== '');
  expect(linesOf('.dockerignore')).toEqual(expect.arrayContaining([...linesOf('.gitignore')]));
});
