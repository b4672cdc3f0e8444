import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, kaidong, newFolder, type Service, settled, startService, until } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

/*
 * Three machines over six days, and a platform whose calendar, vocabulary and reasons are changed over a restart: what is
 * asked, edited and killed while their ledger is recorded anew is read back to the digest.
 */
const MACHINES = ['p1', 'p2', 'p3'].map((name) => `acme/zhoushan/press/line1/${name}`);
const [FIRST] = MACHINES as [string];
const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 2, 2);
const END = BEGIN + 6 * DAY;

interface Settings {
  readonly dayEnds: string;
  readonly waits: string;
  readonly cleaning: string;
}
const FORMER: Settings = { dayEnds: '20:00', waits: 'idle', cleaning: 'idle' };
const PRESENT: Settings = { dayEnds: '16:00', waits: 'held', cleaning: 'plannedStop' };

const configOf = ({ dayEnds, waits, cleaning }: Settings): string => `
sites:
  - path: acme/zhoushan
    zone: Asia/Shanghai
    dayStart: "08:00"
    shifts:
      - { id: day, start: "08:00", end: "${dayEnds}", days: [1,2,3,4,5,6,7] }
      - { id: night, start: "20:00", end: "08:00", days: [1,2,3,4,5,6,7] }
    reasons:
      version: 1
      groups:
        - { id: own, zh: 自有, en: Own, colour: idle, reasons: [{ id: cleaning, zh: 清扫, en: Cleaning, class: ${cleaning} }] }
vocabularies:
  - { id: press, states: { run: running, wait: ${waits}, fault: down } }
machines:
${MACHINES.map((path) => `  - { path: ${path}, maxSilenceMs: 7200000, idealCycleMs: 12500, state: { signal: state, vocabulary: press } }`).join('\n')}
`;

const payloads = (): readonly object[] =>
  Array.from({ length: 6 * 48 }, (_, index) => ({
    ts: BEGIN + index * 1_800_000,
    state: ['run', 'run', 'wait', 'run', 'fault'][index % 5],
    count: index * 120,
  }));

interface Told {
  readonly machine: string;
  readonly grain: string;
  readonly from: string;
  readonly revision: number;
  readonly digest: string;
}

/** What is answered of whole hours, shifts and days. */
async function askAll(platform: Service): Promise<readonly Told[]> {
  const span = `from=${BEGIN + DAY}&to=${END - DAY}`;
  const grains = [
    ['hour', 'hour'],
    ['shift', 'day,shift'],
    ['day', 'day'],
  ] as const;
  const answers = await Promise.all(
    grains.map(async ([grain, by]) => {
      const { status, body } = await platform.get(`/api/v1/ledger?scope=acme&${span}&by=machine,${by}`);
      expect([status, body]).toEqual([200, body]);
      return body.rows
        .filter(({ key }: Json) => grain !== 'shift' || key.shift !== null)
        .map(({ key, from, revision, digest }: Json) => ({
          machine: key.machine,
          grain,
          from,
          revision,
          digest,
        }));
    }),
  );
  return answers.flat();
}

/** Every revision that was told of is listed, and its cell says what the row said. */
async function readBack(platform: Service, told: readonly Told[]): Promise<void> {
  const places = Map.groupBy(
    told,
    ({ machine, grain, from }) => `machine=${machine}&grain=${grain}&from=${from}`,
  );
  for (const [place, versions] of places) {
    const { status, body } = await platform.get(`/api/v1/revisions/cell?${place}`);
    expect([status, body]).toEqual([200, body]);
    for (const { revision, digest } of versions) {
      const cell = body.revisions.find((one: Json) => one.revision === revision);
      expect(
        body.revisions.map((one: Json) => one.revision),
        place,
      ).toContain(revision);
      if (revision > 1) expect(cell.causes.length, place).toBeGreaterThan(0);
      // A shift that a calendar ends sooner was longer before.
      const ends = new Set([Date.parse(body.to), Date.parse(body.from) + 12 * 3_600_000]);
      const rows = [...ends].map((to) =>
        createHash('sha256')
          .update(JSON.stringify([[body.machine, Date.parse(body.from), to, cell.digest]]))
          .digest('hex'),
      );
      expect(rows, `${place} ${revision}`).toContain(digest);
    }
  }
}

test('what is answered while settings change is listed and read back, through kills, edits and a rebuild', async () => {
  using folder = newFolder();
  const config = folder.file('kaidong.yaml');
  const start = (settings: Settings): Promise<Service> => {
    writeFileSync(config, configOf(settings));
    return startService({
      cwd: folder.path,
      args: ['--config', config],
      environment: { KAIDONG__DATA__DIR: folder.file('data') },
    });
  };
  const annotate = (platform: Service, id: string, hour: number) =>
    platform.post('/api/v1/annotations', {
      ...{ id, machine: FIRST, reason: 'cleaning', by: '王工' },
      ...{ from: BEGIN + hour * 3_600_000, to: BEGIN + (hour + 4) * 3_600_000 },
    });
  const told: Told[] = [];
  {
    await using platform = await start(FORMER);
    await using publisher = await connectPublisher(platform.mqtt);
    for (const machine of MACHINES) await publisher.publish(`kaidong/v1/${machine}`, payloads());
    await settled(platform);
    told.push(...(await askAll(platform)));
    expect(await annotate(platform, 'before', 30)).toMatchObject({ status: 201 });
    told.push(...(await askAll(platform)));
    const lastDay = `machine=${FIRST}&grain=day&from=${END - DAY}`;
    await until(
      () => platform.get(`/api/v1/revisions/cell?${lastDay}`),
      ({ status }) => status === 200,
    );
  }
  for (const [round, settings] of [PRESENT, FORMER].entries()) {
    const platform = await start(settings);
    told.push(...(await askAll(platform)));
    expect(await annotate(platform, `during-${round}`, 40 + round * 3)).toMatchObject({ status: 201 });
    const cycle = {
      product: null,
      scope: FIRST,
      idealCycleMs: 11_000 + round,
      from: BEGIN + 3 * DAY,
      by: '王工',
    };
    expect(await platform.post('/api/v1/products', cycle)).toMatchObject({ status: 201 });
    told.push(...(await askAll(platform)));
    if (round === 1) await platform.stop();
    else await platform.kill();
  }
  await using platform = await start(PRESENT);
  const rebuilt = kaidong(['rebuild', '--config', config, '--json'], {
    cwd: folder.path,
    environment: { KAIDONG__DATA__DIR: folder.file('data') },
  });
  told.push(...(await askAll(platform)));
  expect(await rebuilt).toMatchObject({ code: 0 });
  told.push(...(await askAll(platform)));
  await readBack(platform, told);
  const { body } = await platform.get(`/api/v1/revisions?scope=acme&from=${BEGIN}&to=${END}&limit=500`);
  const causes = new Set<string>(body.items.flatMap((one: Json) => one.causes));
  expect([...causes].sort()).toEqual(
    expect.arrayContaining(['annotation', 'calendar', 'cycle', 'vocabulary']),
  );
  const verified = await kaidong(
    [
      'verify',
      '--config',
      config,
      '--scope',
      FIRST,
      '--from',
      new Date(BEGIN).toISOString(),
      '--to',
      new Date(END).toISOString(),
      '--by',
      'day',
      '--kpi',
      'utilisation',
    ],
    { cwd: folder.path, environment: { KAIDONG__DATA__DIR: folder.file('data') } },
  );
  expect(verified).toMatchObject({ code: 0 });
});
