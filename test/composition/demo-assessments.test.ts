import { expect, test } from 'vitest';
import { demoAssessments, registerDemo } from '../../composition/demo-assessments.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { HAIDA, openBureau } from '../analysis/assessment/bureau.ts';
import { DAY } from '../analysis/plants.ts';
import { openForTest } from '../registry/open.ts';

const ANSWERED: Pilot = {
  ...HAIDA,
  answers: [
    {
      ...{ rubric: 'zj-future-factory', indicator: 'q51', option: 'B' },
      ...{ date: '2026-01-05', document: '自评表' },
    },
  ],
};
const SILENT: Pilot = { ...HAIDA, id: 'silent', sites: ['acme/nowhere'], equipment: [] };

async function demoOf(accepted: boolean) {
  const { desk, town } = await openBureau(openForTest(), { pilots: [] });
  const answered = accepted ? { pilot: ANSWERED, answersAccepted: true as const } : { pilot: ANSWERED };
  const pilots = [answered, { pilot: SILENT }];
  registerDemo(desk, pilots);
  const failures: string[] = [];
  const now = town.clock.now();
  const run = () =>
    demoAssessments({
      desk,
      pilots,
      now,
      signal: new AbortController().signal,
      failed: (pilot, rubric) => failures.push(`${pilot} ${rubric}`),
    });
  return { desk, run, failures, today: Math.floor(now / DAY) * DAY };
}

test.each([
  [true, { outcome: 'scored', basis: 'judged', option: 'B' }],
  [false, { outcome: 'no-evidence', cause: 'not-answered' }],
])(
  'each pilot is assessed once under both rubrics; its answers are entered: %s',
  async (accepted, finding) => {
    const { desk, run, failures, today } = await demoOf(accepted);
    expect(await run()).toBe(2);
    expect(failures).toEqual(['silent utilisation', 'silent zj-future-factory']);
    const made = desk.assessments({});
    expect(made.map(({ pilot, rubric }) => `${pilot} ${rubric}`).sort()).toEqual([
      'haida utilisation',
      'haida zj-future-factory',
    ]);
    expect(made.every(({ from, to }) => from === today - 30 * DAY && to === today)).toBe(true);
    const { assessment } = desk.assessment(made.find(({ rubric }) => rubric !== 'utilisation')?.id as number);
    expect(assessment.findings.find(({ indicator }) => indicator === 'q51')).toMatchObject(finding);
    // Started again, only what couldn't be assessed is tried once more.
    expect(await run()).toBe(0);
    expect(failures.length).toBe(4);
  },
);

test('what was changed in the register stays as it was changed', async () => {
  const renamed = { ...HAIDA, enterprise: { ...HAIDA.enterprise, name: '改名' } };
  const { desk } = await openBureau(openForTest(), { pilots: [renamed] });
  registerDemo(desk, [{ pilot: HAIDA }, { pilot: SILENT }]);
  expect(desk.pilots().map(({ id }) => id)).toEqual(['haida', 'silent']);
  expect(desk.pilot('haida').enterprise.name).toBe('改名');
});
