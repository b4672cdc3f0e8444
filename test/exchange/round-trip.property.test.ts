import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benefits } from '../../domain/assess/benefits/index.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import { MACHINE_PATH, PILOT_ID, PLAIN_TEXT, SITE_PATH } from '../../domain/assess/pilot-forms.ts';
import { pilotProblems } from '../../domain/assess/pilot-problems.ts';
import { INDUSTRIES, type Pilot, PROCESS_TYPES, PROGRAMMES } from '../../domain/assess/register.ts';
import { writeRegister } from '../../exchange/write-register.ts';
import { lineOf, read } from './read.ts';

/** Texts that spreadsheets like to take for something else, and any others. */
const AWKWARD = [
  '00123',
  '1e5',
  '=1+1',
  '+86',
  '@x',
  "'quoted",
  '2026-01-05',
  'TRUE',
  '是',
  '_x0041_',
  'a  b',
  '<b>&"',
  '海达 🏭',
  '%',
  'null',
];
const FAILED = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;
const text = fc
  .oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .filter((written) => PLAIN_TEXT.pattern.test(written) && !FAILED.test(written));
const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
  .filter((name) => SITE_PATH.pattern.test(`${name}/x`));
const path = (levels: number) =>
  fc.array(segment, { minLength: levels, maxLength: levels }).map((parts) => parts.join('/'));
const id = fc
  .stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,3})?$/)
  .filter((name) => PILOT_ID.pattern.test(name));
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const known = [...measures, ...benefits].map((entry) => entry.id);
const unit = fc.constantFrom('1', 'kWh', '元/件', 'h');

const pilot: fc.Arbitrary<Pilot> = fc
  .record({
    id,
    enterprise: fc.record({
      name: text,
      creditCode: fc.option(fc.constantFrom('91350100M000100Y43', '91350100M0001TGQXM', '123')),
    }),
    district: text,
    industry: fc.constantFrom(...INDUSTRIES),
    processType: fc.constantFrom(...PROCESS_TYPES),
    programme: fc.constantFrom(...PROGRAMMES),
    sites: fc.uniqueArray(
      path(2).filter((site) => SITE_PATH.pattern.test(site)),
      { maxLength: 3 },
    ),
    baselineYear: fc.option(fc.integer({ min: 1990, max: 2200 })),
    simulated: fc.boolean(),
    processes: fc.uniqueArray(
      fc.record({ id: text, name: text, key: fc.boolean(), numericallyControlled: fc.boolean() }),
      { maxLength: 3, selector: (one) => one.id },
    ),
    equipment: fc.uniqueArray(
      fc.record({
        id: text,
        name: text,
        machine: fc.option(path(5).filter((machine) => MACHINE_PATH.pattern.test(machine))),
        process: fc.constant(null),
        key: fc.boolean(),
        numericallyControlled: fc.boolean(),
        digital: fc.boolean(),
        shouldBeNetworked: fc.boolean(),
      }),
      { maxLength: 4, selector: (one) => one.id },
    ),
    declared: fc.array(
      fc.record(
        {
          figure: fc.constantFrom(...known, '客户满意度'),
          role: fc.constantFrom('baseline' as const, 'current' as const),
          value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
          unit,
          date: day,
          document: text,
          period: fc.tuple(day, day).map((days) => {
            const [from, to] = days.toSorted() as [string, string];
            return { from, to };
          }),
        },
        { requiredKeys: ['figure', 'role', 'value', 'unit', 'date', 'document'] },
      ),
      { maxLength: 3 },
    ),
    answers: fc.array(fc.record({ rubric: text, indicator: text, option: text, date: day, document: text }), {
      maxLength: 3,
    }),
  })
  .map((one) => ({
    ...one,
    // Every second machine belongs to a process, where there are any.
    equipment: one.equipment.map((machine, n) => ({
      ...machine,
      process: n % 2 ? (one.processes[0]?.id ?? null) : null,
    })),
  }))
  .filter((one) => pilotProblems(one).length === 0);

const register = fc
  .uniqueArray(pilot, { minLength: 1, maxLength: 4, selector: (one) => one.id })
  .filter((pilots) => {
    const sites = pilots.flatMap((one) => one.sites);
    return new Set(sites).size === sites.length;
  });

test('what was exported and is imported again is the same register', async () => {
  await fc.assert(
    fc.asyncProperty(register, async (pilots) => {
      const { pilots: again, errors } = await read(await writeRegister(pilots));
      expect(errors.map(lineOf)).toEqual([]);
      expect(again).toEqual(pilots);
    }),
    { numRuns: 200 },
  );
});

test('imported over what was changed since, it is the exported register again', async () => {
  // A sheet without a row says nothing of what is registered.
  const full = register.filter((pilots) =>
    (['equipment', 'processes', 'declared', 'answers'] as const).every((list) =>
      pilots.some((one) => one[list].length > 0),
    ),
  );
  const changes = fc.array(pilot, { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(full, changes, async (pilots, others) => {
      const changed = pilots.map((one, n) => ({
        ...(others[n] as Pilot),
        id: one.id,
        sites: one.sites,
        from: 'register' as const,
      }));
      const { pilots: again, errors } = await read(await writeRegister(pilots), changed);
      expect(errors.map(lineOf)).toEqual([]);
      expect(again).toEqual(pilots);
    }),
    { numRuns: 50 },
  );
});

test('the template has every sheet and column, and nothing in it is an error but that it is empty', async () => {
  const { errors, warnings } = await read(await writeRegister([]));
  expect(errors.map(lineOf)).toEqual(['no sheet has a row of data']);
  expect(warnings.map(({ sheet }) => sheet)).toEqual(['企业', '设备', '工序', '申报指标', '自评']);
});
