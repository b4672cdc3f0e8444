import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { plantOf } from '../../config/plant.ts';
import { loadRubrics, SHIPPED_RUBRICS } from '../../config/rubrics/load.ts';
import { configSchema } from '../../config/schema.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import { pilotConflicts } from '../../domain/assess/pilot-conflicts.ts';
import { PILOT_ID, PLAIN_TEXT } from '../../domain/assess/pilot-forms.ts';
import { pilotProblems } from '../../domain/assess/pilot-problems.ts';
import { INDUSTRIES } from '../../domain/assess/register.ts';
import { indicatorsOf } from '../../domain/assess/rubric.ts';
import { PILOTS } from '../../simulators/pilots/index.ts';
import { plantFrom } from '../../simulators/plant/layout.ts';

test('there is one pilot for each industry, in a file of its name', () => {
  const industries = PILOTS.map(({ pilot }) => pilot.industry);
  expect(industries).toEqual(INDUSTRIES.filter((industry) => industry !== 'other'));
  const files = readdirSync(join(import.meta.dirname, '../../simulators/pilots'));
  expect([...industries.map((name) => `${name}.ts`), 'index.ts'].sort()).toEqual(files.sort());
});

test('together they are a configuration that the platform takes, and no two of them claim the same', () => {
  const configs = PILOTS.map(({ layout }) => plantFrom(layout).config);
  const file = configSchema.parse({
    sites: configs.flatMap(({ sites }) => sites),
    machines: configs.flatMap(({ machines }) => machines),
  });
  expect(plantOf(file).problems).toEqual([]);
  const place = { zh: '演示', en: 'the demo' };
  expect(pilotConflicts(PILOTS.map(({ pilot }) => ({ pilot, place })))).toEqual([]);
});

describe.each(PILOTS.map((pilot) => [pilot.pilot.industry, pilot] as const))('%s', (_, { pilot, layout }) => {
  it('is said to be simulated, lies in Zhoushan, and has an entry that the register takes', () => {
    expect(pilot.simulated).toBe(true);
    expect(pilot.enterprise.name).toMatch(/（模拟）$/);
    expect(pilot.enterprise.name).toMatch(PLAIN_TEXT.pattern);
    expect(pilot.id).toMatch(PILOT_ID.pattern);
    expect(['定海', '普陀', '岱山', '嵊泗']).toContain(pilot.district);
    expect(pilotProblems(pilot)).toEqual([]);
  });

  it('has registered every machine of its plant, at its sites', () => {
    const registered = new Set(pilot.equipment.map(({ machine }) => machine));
    const { machines, config } = plantFrom(layout);
    expect(machines.filter(({ path }) => !registered.has(path))).toEqual([]);
    expect(config.sites.map(({ path }) => path).sort()).toEqual([...pilot.sites].sort());
  });

  it('answers questions that the rubric asks of it, with options that are there', () => {
    const rubrics = loadRubrics({ folders: [SHIPPED_RUBRICS], measures });
    const asked = new Map(
      rubrics.flatMap((rubric) =>
        [...indicatorsOf(rubric)].map(({ indicator }) => [`${rubric.id}/${indicator.id}`, indicator]),
      ),
    );
    for (const { rubric, indicator, option } of pilot.answers) {
      const question = asked.get(`${rubric}/${indicator}`);
      expect(question?.processTypes, `${rubric}/${indicator}`).toContain(pilot.processType);
      expect(question?.scoring.kind).toBe('options');
      const options = question?.scoring.kind === 'options' ? question.scoring.options : [];
      expect(options.map(({ id }) => id)).toContain(option);
    }
  });

  it('declares what can be named', () => {
    const benefits = [
      'production-efficiency',
      'operating-cost',
      'defect-rate',
      'energy-per-output',
      'development-cycle',
    ];
    const known = new Set([...benefits, ...measures.map(({ id }) => id)]);
    expect(pilot.declared.filter(({ figure }) => !known.has(figure))).toEqual([]);
  });
});

test('the over-declared one has registered machines that nothing is heard of', () => {
  const electronics = PILOTS.find(({ pilot }) => pilot.industry === 'electronics');
  const heard = new Set(plantFrom(electronics!.layout).machines.map(({ path }) => path));
  const silent = electronics?.pilot.equipment.filter(
    ({ machine }) => machine === null || !heard.has(machine),
  );
  expect(silent?.length).toBeGreaterThanOrEqual(3);
  expect(electronics?.pilot.declared).toContainEqual(
    expect.objectContaining({ figure: 'networking-rate', value: 1 }),
  );
});
