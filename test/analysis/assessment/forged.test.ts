import { describe, expect, test } from 'vitest';
import type { AssessmentDesk } from '../../../analysis/assessment/port.ts';
import { digestOf } from '../../../analysis/digest.ts';
import { assess } from '../../../domain/assess/assess.ts';
import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { Entry, Evidence, MachineEvidence } from '../../../domain/assess/evidence.ts';
import { rubricJson } from '../../../domain/assess/json.ts';
import { indicatorsOf, type Rubric } from '../../../domain/assess/rubric.ts';
import { openForTest } from '../../registry/open.ts';
import { DAY, IMM_1, IMM_2, LATHE, plantOfTwo } from '../plants.ts';
import { HAIDA, openBureau, SHIPPED, WEEK } from './bureau.ts';

const ASKED = { pilot: 'haida', rubric: 'utilisation', ...WEEK };
const RUBRIC = SHIPPED.find(({ id }) => id === 'utilisation') as Rubric;

/** Scored anew, so that every digest and score of the report fits what it says. */
const made = (evidence: Evidence, entries: readonly Entry[] = [], rubric = RUBRIC): Assessment =>
  assess({ evidence, entries, rubric, rubricDigest: digestOf(rubricJson.text(rubric)) });

const eachMachine = (
  { evidence }: Assessment,
  change: (machine: MachineEvidence) => MachineEvidence,
): Evidence => ({
  ...evidence,
  windows: evidence.windows.map((window) => ({ ...window, machines: window.machines.map(change) })),
});

/** The report of a plant that never had the second machine: all of it fits together. */
async function without(path: string): Promise<Assessment> {
  const machines = plantOfTwo.machines.filter((machine) => machine.path !== path);
  const plant = { ...plantOfTwo, machines };
  const equipment = HAIDA.equipment.filter(({ machine }) => machine !== path);
  const pilots = [{ ...HAIDA, equipment }];
  const { desk } = await openBureau(openForTest(), { plant, pilots, silent: [path] });
  return (await desk.assess(ASKED)).assessment;
}

interface Forgery {
  readonly why: string;
  forge(honest: Assessment): Assessment | Promise<Assessment>;
  /** Group and name of what has to be among the differences. */
  readonly found: readonly (readonly [group: string, kpi: string])[];
  /** What is said of it. */
  readonly because?: RegExp;
}

const heavier: Rubric = {
  ...RUBRIC,
  elements: RUBRIC.elements.map((element, place) =>
    place === 0 ? { ...element, weight: { numerator: 97n, denominator: 1n } } : element,
  ),
};

const FORGERIES: readonly Forgery[] = [
  {
    why: 'a machine that was heard is left out, with its equipment',
    forge: () => without(IMM_2),
    found: [
      [IMM_2, 'machine'],
      [IMM_2, 'equipment'],
      ['registered', 'utilisation'],
    ],
    because: /leaves out this machine of the pilot, heard until 2026-01-07/,
  },
  {
    why: 'a machine is left out of the list alone',
    forge: ({ evidence }) =>
      made({
        ...evidence,
        windows: evidence.windows.map((window) => ({
          ...window,
          machines: window.machines.filter(({ path }) => path !== IMM_2),
        })),
      }),
    found: [[IMM_2, 'machine']],
  },
  {
    why: 'equipment without telemetry is left out, so that a larger share is networked',
    forge: ({ evidence }) =>
      made({
        ...evidence,
        pilot: {
          ...evidence.pilot,
          equipment: evidence.pilot.equipment.filter(({ machine }) => machine !== null),
        },
      }),
    found: [
      ['E3', 'equipment'],
      ['E4', 'equipment'],
      ['haida', 'register'],
    ],
    because: /leaves out equipment E3, which the register has/,
  },
  {
    why: 'what the enterprise declared is lowered',
    forge: ({ evidence }) => {
      const declared = evidence.pilot.declared.map((figure) => ({ ...figure, value: 0.25 }));
      return made({ ...evidence, pilot: { ...evidence.pilot, declared } });
    },
    found: [['haida', 'register']],
    because: /: declared$/,
  },
  {
    why: 'a machine that was never heard is said to have been',
    forge: (honest) =>
      made(eachMachine(honest, (one) => (one.path === LATHE ? { ...one, lastHeard: WEEK.from } : one))),
    found: [[LATHE, 'last-heard']],
  },
  {
    why: 'a value is improved, bounds and all, with the digest of other facts',
    forge: ({ evidence }) =>
      made({
        ...evidence,
        windows: evidence.windows.map((window) => ({
          ...window,
          groups: window.groups.map((group) => ({
            ...group,
            figures: group.figures.map((figure) => ({ ...figure, value: 1, high: 1, digest: digestOf('1') })),
          })),
        })),
      }),
    found: [['registered', 'utilisation']],
  },
  {
    why: 'a bound is moved while value and digest stay',
    forge: (honest) =>
      made(
        eachMachine(honest, (one) => ({
          ...one,
          figures: one.figures.map((figure) => ({ ...figure, low: figure.value })),
        })),
      ),
    found: [[IMM_1, 'utilisation']],
    because: /not what the facts give: low/,
  },
  {
    why: 'pieces are added to the counts of a machine',
    forge: (honest) =>
      made(eachMachine(honest, (one) => ({ ...one, counts: { ...one.counts, good: one.counts.good + 9 } }))),
    found: [[IMM_1, 'pieces']],
  },
  {
    why: 'it is said to be as of another instant',
    forge: ({ evidence }) => made({ ...evidence, asOf: evidence.asOf + DAY }),
    found: [['report', 'as-of']],
    because: /no assessment of this pilot and period was made as of/,
  },
  {
    why: 'the limits are softened',
    forge: ({ evidence }) =>
      made({ ...evidence, settings: { ...evidence.settings, networkedShare: 0.1, discrepancyAbove: 1 } }),
    found: [['report', 'settings']],
  },
  {
    why: 'a better stretch stands under the name of the period',
    forge: ({ evidence }) =>
      made({
        ...evidence,
        windows: evidence.windows.map((window) => ({ ...window, to: window.to - 4 * DAY })),
      }),
    found: [['report', 'window']],
  },
  {
    why: 'weights of the rubric are changed, and its digest with them',
    forge: ({ evidence }) => made(evidence, [], heavier),
    found: [
      ['report', 'rubric'],
      ['report', 'findings-and-scores'],
    ],
  },
  {
    why: 'weights of the rubric are changed under the digest of the true one',
    forge: (honest) => ({ ...made(honest.evidence, [], heavier), rubric: honest.rubric }),
    found: [['report', 'findings-and-scores']],
    because: /do not follow from the facts/,
  },
  {
    why: 'an answer of an assessor is made up',
    forge({ evidence }) {
      const [first] = indicatorsOf(RUBRIC);
      const { indicator } = first as NonNullable<typeof first>;
      const figure = 'networking-rate';
      const entry: Entry = {
        ...{ kind: 'closure', figure, verdict: 'explained', note: indicator.id, by: 'nobody' },
        at: evidence.asOf,
      };
      return made(evidence, [entry]);
    },
    found: [['report', 'entry 1']],
    because: /signed nobody/,
  },
];

const differing = async (desk: AssessmentDesk, report: Assessment) =>
  (await desk.verify(report)).filter(({ outcome }) => outcome === 'differs');

describe('a forged report is found out', () => {
  test.each(FORGERIES)('$why', async ({ forge, found, because = /(?:)/ }) => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    const differ = await differing(desk, await forge(assessment));
    const names = differ.map(({ group, kpi }) => `${group} ${kpi}`);
    for (const [group, kpi] of found) expect(names).toContain(`${group} ${kpi}`);
    expect(differ.map((one) => one.because ?? '').filter((text) => because.test(text))).not.toEqual([]);
  });
});

/** Where the assessment isn't kept (another data folder), register and limits of now stand in. */
const ELSEWHERE = FORGERIES.filter(({ found: [first] }) => !/as-of|entry/.test(String(first)));

describe('a forged report of an assessment that is not kept here', () => {
  test.each(ELSEWHERE)('$why', async ({ forge, found }) => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    const { desk: other } = await openBureau(openForTest());
    expect((await other.verify(assessment)).filter(({ same }) => !same)).toEqual([]);
    const names = (await differing(other, await forge(assessment))).map(
      ({ group, kpi }) => `${group} ${kpi}`,
    );
    for (const [group, kpi] of found) expect(names).toContain(`${group} ${kpi}`);
  });
});

describe('what changed since is held against nobody', () => {
  test('the register as it is now, where the assessment is kept', async () => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    desk.savePilots([{ ...HAIDA, equipment: HAIDA.equipment.slice(1), baselineYear: 2025 }]);
    expect((await desk.verify(assessment)).filter(({ same }) => !same)).toEqual([]);
  });

  test('a machine that was first heard later', async () => {
    const { desk, town } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    await town.report('acme/zhoushan/moulding/line1/imm-99', assessment.evidence.asOf + 1, {
      state: 'running',
    });
    await town.report(IMM_1, assessment.evidence.asOf + 1, { state: 'running', temperature: 3 });
    expect((await desk.verify(assessment)).filter(({ same }) => !same)).toEqual([]);
  });

  test('a machine that spoke by then and arrived late is named', async () => {
    const { desk, town } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    await town.report('acme/zhoushan/moulding/line1/imm-99', WEEK.from + 1, { state: 'running' });
    const names = (await differing(desk, assessment)).map(({ group, kpi }) => `${group} ${kpi}`);
    expect(names).toContain('acme/zhoushan/moulding/line1/imm-99 machine');
  });

  test('nor is anything said against a report of a pilot or rubric that nobody knows here', async () => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    const { desk: other } = await openBureau(openForTest(), { pilots: [], rubrics: [] });
    const verified = await other.verify(assessment);
    expect(verified.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
    expect(verified.filter(({ outcome }) => outcome === 'not-checked').map(({ kpi }) => kpi)).toEqual([
      'register',
      'rubric',
      'findings-and-scores',
    ]);
  });
});
