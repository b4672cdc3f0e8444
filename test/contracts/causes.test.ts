import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { REVISION_CAUSES, type RevisionCause } from '../../domain/revision-cause.ts';
import { BEGIN, type Case, DAY, type Entering, HOLIDAY, HOUR, MINUTE, SAYS, WORKDAY } from './causes/case.ts';
import { ofEntered, others } from './causes/of-facts.ts';
import { ofMachines } from './causes/of-machines.ts';
import { ofSites } from './causes/of-sites.ts';
import { type Json, newFolder, type Service, settled, startService, until } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const tables = { machine: ofMachines, site: ofSites, entered: ofEntered, other: others };
const cases: readonly (readonly [name: string, one: Case])[] = Object.entries(tables).flatMap(
  ([table, all]) => Object.entries(all).map(([name, one]) => [`${table}: ${name}`, one] as const),
);
const siteOf = (place: number): string => `acme/plant-${place}`;
const machineOf = (place: number): string => `${siteOf(place)}/press/line1/p1`;
const hourOf = ({ hour = BEGIN }: Case): number => hour;

/** Settings of the whole platform, which no cell follows from. */
const PLATFORM = [
  { ledger: { finalAfterHours: 168 }, data: { retentionDays: 36_500 } },
  {
    ledger: { finalAfterHours: 24, hourDays: 36_400 },
    data: { retentionDays: 36_400, quarantineDays: 9 },
    kpis: { failureDivisor: 'failures-plus-one' },
    clocks: {
      toleranceMs: 9000,
      corrections: [{ source: 'acme/#', aheadMs: 60_000, since: new Date(BEGIN + DAY).toISOString() }],
    },
    lines: [{ path: `${siteOf(0)}/press/line1`, machines: [machineOf(0)], rule: 'all-stopped' }],
  },
] as const;

/** The file of public holidays: of the years of both dates, and what it says of one may stand in the other. */
const HOLIDAYS = JSON.stringify({
  years: [...new Set([WORKDAY, HOLIDAY].map((date) => Number(date.slice(0, 4))))].map((year, place) => ({
    ...{ year, source: { title: '厂历', verification: 'own' } },
    ...(place === 0 && {
      ...{ closed: [{ date: HOLIDAY, zh: '厂庆' }], workdays: [{ date: WORKDAY, zh: '厂庆' }] },
    }),
  })),
});

/** The whole file as it stands before the restart (0), or after it (1). JSON is YAML. */
function fileOf(version: 0 | 1): string {
  const sections = new Map<string, object[]>();
  for (const [place, [, { sections: own }]] of cases.entries())
    for (const [name, entries] of Object.entries(own?.[version] ?? {}))
      sections
        .getOrInsertComputed(name, () => [])
        .push(...JSON.parse(JSON.stringify(entries).replaceAll('SCOPE', machineOf(place))));
  return JSON.stringify({
    ...PLATFORM[version],
    sites: cases.map(([, { site }], place) => ({ path: siteOf(place), ...site?.[version] })),
    machines: cases.flatMap(([, { machine }], place) => {
      const entry = machine ? machine[version] : {};
      return entry === null ? [] : [{ path: machineOf(place), maxSilenceMs: 2 * HOUR, ...entry }];
    }),
    ...Object.fromEntries(sections),
  });
}

type Revisions = readonly (readonly [revision: number, causes: string])[];

const revised = (revisions: Revisions, causes: readonly RevisionCause[]): Revisions =>
  causes.length === 0 ? revisions : [...revisions, [revisions.length + 1, causes.join(' ')]];

const isSaid = (cause: RevisionCause): boolean => ['late-data', 'correction'].includes(cause);

/** Whether settings are others after the restart. */
const isChanged = ({ machine, site, sections }: Pick<Case, 'machine' | 'site' | 'sections'>): boolean =>
  [machine, site, sections].some((both) => both && JSON.stringify(both[0]) !== JSON.stringify(both[1]));

/** The hour's address in questions: of `later` hours after it. */
const place = (index: number, later = 0): string => {
  const from = hourOf((cases[index] as (typeof cases)[number])[1]) + later * HOUR;
  return `machine=${machineOf(index)}&grain=hour&from=${from}`;
};

/** Asks for each case's hour, and gives its inputs. */
const inputsOf = (platform: Service): Promise<readonly Json[]> =>
  Promise.all(
    cases.map(async ([name, one], index) => {
      const span = `from=${hourOf(one)}&to=${hourOf(one) + HOUR}`;
      const asked = await platform.get(`/api/v1/ledger?scope=${machineOf(index)}&${span}&by=hour`);
      const { status, body } = await platform.get(
        `/api/v1/ledger/inputs?machine=${machineOf(index)}&${span}`,
      );
      expect([name, asked.status, status]).toEqual([name, 200, 200]);
      return body;
    }),
  );

/** Waits until each case's hour has the revisions that it is to have: which settings did nothing is found when they are recorded. */
async function revisionsAre(platform: Service, wanted: readonly Revisions[]): Promise<void> {
  for (const [index, [name]] of cases.entries())
    await until(
      async () => {
        const { body } = await platform.get(`/api/v1/revisions/cell?${place(index)}`);
        const told = body.revisions?.map(({ revision, causes }: Json) => [revision, causes.join(' ')]);
        return { name, told, wanted: wanted[index] };
      },
      (all) => isDeepStrictEqual(all.told, all.wanted),
    );
}

async function say(platform: Service, part: 'says' | 'late'): Promise<void> {
  await using publisher = await connectPublisher(platform.mqtt);
  for (const [place, [, one]] of cases.entries()) {
    const said = one[part] ?? (part === 'says' ? SAYS : []);
    for (const [minute, values] of [...said].sort(([a], [b]) => a - b))
      await publisher.publish(`kaidong/v1/${machineOf(place)}`, {
        ts: hourOf(one) + minute * MINUTE,
        ...values,
      });
  }
  await settled(platform);
}

async function enter(platform: Service, version: 0 | 1): Promise<void> {
  const inTime = (one: Case, machine: string, { to, minute, body }: Entering): object => {
    const from = hourOf(one) + minute * MINUTE;
    return to === 'annotations' ? { machine, from, ...body } : { scope: machine, from, ...body };
  };
  for (const [place, [name, one]] of cases.entries())
    for (const entering of one.entered?.[version] ?? []) {
      const entry = inTime(one, machineOf(place), entering);
      const { status, body } = await platform.post(`/api/v1/${entering.to}`, entry);
      expect([name, status, body]).toEqual([name, 201, body]);
    }
}

const keysThatDiffer = (before: Json, after: Json): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();

/** The inputs that a cell is written with, but for those of its series. */
function writtenInputs(): ReadonlySet<string> {
  const source = readFileSync(join(import.meta.dirname, '../../domain/ledger-inputs.ts'), 'utf8');
  const keys = new Set([...source.matchAll(/"(\w+)":/g)].map(([, key]) => key as string));
  return keys.difference(new Set(['gap', 'quality', 'signal', 'ts', 'value']));
}

test('why an hour was revised is told for everything that it follows from, over restarts, answered or recorded', async () => {
  using folder = newFolder();
  const start = (version: 0 | 1): Promise<Service> => {
    writeFileSync(folder.file('kaidong.yaml'), fileOf(version));
    writeFileSync(folder.file('holidays.yaml'), HOLIDAYS);
    return startService({ cwd: folder.path, args: ['--config', 'kaidong.yaml'] });
  };
  const first = cases.map((): Revisions => [[1, '']]);
  const second = cases.map(([, { causes }]) => revised([[1, '']], causes));
  let former: readonly Json[];
  {
    await using platform = await start(0);
    await say(platform, 'says');
    await enter(platform, 0);
    former = await inputsOf(platform);
    await revisionsAre(platform, first);
  }
  {
    await using platform = await start(1);
    await say(platform, 'late');
    await enter(platform, 1);
    const next = await inputsOf(platform);
    expect(cases.map(([name], index) => [name, keysThatDiffer(former[index], next[index])])).toEqual(
      cases.map(([name, { inputs }]) => [name, inputs]),
    );
    await revisionsAre(platform, second);
    // Nobody asked for the next hour: it is there once hours are recorded.
    for (const index of cases.keys())
      await until(
        () => platform.get(`/api/v1/revisions/cell?${place(index, 1)}`),
        ({ status }) => status === 200,
      );
  }
  {
    // Settings change back; what was heard or entered stays.
    await using platform = await start(0);
    await inputsOf(platform);
    const third = cases.map(([, one], index) => {
      const causes = isChanged(one) ? one.causes.filter((cause) => !isSaid(cause)) : [];
      return revised(second[index] as Revisions, causes);
    });
    await revisionsAre(platform, third);
  }
  const covered = new Set(cases.flatMap(([, { inputs }]) => inputs));
  // What is left names the cell, and the rules of this version.
  expect([...writtenInputs().difference(covered)].sort()).toEqual(['formula', 'from', 'machine', 'to']);
  const named = new Set(cases.flatMap(([, { causes }]) => causes));
  expect(REVISION_CAUSES.filter((cause) => !named.has(cause))).toEqual(['formula', 'rebuilt']);
});
