import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../domain/assess/assessment.ts';
import type { Evidence, WindowEvidence } from '../../../domain/assess/evidence.ts';
import { withGrade } from '../../../domain/assess/evidence-grade.ts';
import { evidenceJson } from '../../../domain/assess/json.ts';
import type { MeasureReference } from '../../../domain/assess/rubric.ts';
import type { GradedFinding, GradedMachine } from '../../../domain/plausibility/graded.ts';
import { newestFindings } from '../../../domain/plausibility/graded.ts';
import { evidenceOf } from './evidence-of.ts';
import { measuredAs } from './example.ts';

const bare = evidenceOf({
  machines: { m1: { heard: 7, hours: { running: 100 } }, m2: { heard: 7, hours: { running: 100 } } },
  equipment: { E1: { machine: 'm1', is: ['key'] }, E2: { machine: 'm2' } },
} as never);
const period = bare.windows[0] as WindowEvidence;
const [first, second] = period.machines.map(({ path }) => path) as [string, string];
const HOUR = 3_600_000;

const replayed: GradedFinding = {
  ...{ check: 'replayed-segment', grade: 'C', from: bare.period.from, to: bare.period.from + HOUR },
  evidence: { events: 40, differentGaps: 12, shiftMs: 86_400_000 },
};
const flat: GradedFinding = {
  ...{ check: 'flat-line', grade: 'B', from: bare.period.to - HOUR, to: bare.period.to },
  evidence: { signal: 'spindle', value: 3, flatHours: 6, livelyHours: 24 },
};
const lookedOver = (findings: readonly GradedFinding[], grade: 'A' | 'B' | 'C' = 'C'): Evidence => ({
  ...bare,
  plausibility: {
    close: bare.period,
    grade,
    machines: [
      { machine: first, grade: 'A', findings: [] },
      { machine: second, grade, findings },
    ],
  },
});
const machinesOf = ({ plausibility }: Evidence) =>
  (plausibility?.machines ?? []) as unknown as readonly [GradedMachine, GradedMachine];
const about = (...references: readonly MeasureReference[]): Finding => ({
  ...{ indicator: 'i', element: 'e', domain: 'd', outcome: 'no-evidence', cause: 'not-measured' },
  ...{ because: { zh: '无', en: 'none' }, highest: { numerator: 1n, denominator: 1n } },
  evidence: references.map((what) => ({ what, measured: measuredAs(null) })),
});
const of = (measure: string, group: 'registered' | 'key'): MeasureReference => ({
  ...{ measure, group, window: 'period' },
});

describe('the grade of what was measured', () => {
  test('is the lowest of the machines that it was measured by, with the reasons in both languages', () => {
    const { lowered } = withGrade(lookedOver([flat, replayed]))(about(of('utilisation', 'registered')));
    expect(lowered).toEqual({
      grade: 'C',
      machines: [second],
      because: {
        zh: expect.stringMatching(
          /^证据等级 C，有与证据相悖之处：数值成一直线（1 台设备）、重放的数据段（1 台设备）；得分未作改动$/,
        ),
        en: expect.stringMatching(
          /^evidence grade C, .*: Flat line \(1 machine\), Replayed segment \(1 machine\)/,
        ),
      },
    });
  });

  test('names the machines in path order, and each check with the number of machines', () => {
    const [one, other] = machinesOf(lookedOver([flat]));
    const machines = [other, { ...one, grade: 'C' as const, findings: [replayed, flat, flat] }];
    const { lowered } = withGrade({ ...bare, plausibility: { close: bare.period, grade: 'C', machines } })(
      about(of('utilisation', 'registered')),
    );
    expect(lowered?.machines).toEqual([first, second]);
    expect(lowered?.because).toEqual({
      zh: '证据等级 C，有与证据相悖之处：数值成一直线（2 台设备）、重放的数据段（1 台设备）；得分未作改动',
      en: 'evidence grade C, something speaks against the evidence: Flat line (2 machines), Replayed segment (1 machine); the score is as it was measured',
    });
  });

  test('says nothing of a window or a group that was not gathered', () => {
    const grade = withGrade(lookedOver([replayed]));
    const elsewhere = about({
      ...of('utilisation', 'registered'),
      window: { lastDays: 3 },
    } as MeasureReference);
    expect(grade(elsewhere)).toBe(elsewhere);
    const noGroups = { ...lookedOver([replayed]), windows: [{ ...period, groups: [] }] };
    const asked = about(of('utilisation', 'registered'));
    expect(withGrade(noGroups)(asked)).toBe(asked);
  });

  test('says nothing of what other machines were asked for, or the register alone', () => {
    const grade = withGrade(lookedOver([replayed]));
    for (const what of [
      of('utilisation', 'key'),
      of('digital-equipment-rate', 'registered'),
      { register: { count: 'equipment', where: ['digital'], of: [] } } as const,
    ]) {
      expect(grade(about(what))).toEqual(about(what));
    }
  });

  test('says nothing where nothing was found, and where nobody looked', () => {
    const finding = about(of('utilisation', 'registered'));
    expect(withGrade(lookedOver([], 'A'))(finding)).toBe(finding);
    expect(withGrade(bare)(finding)).toBe(finding);
  });

  test('counts what was found in the days that were measured alone', () => {
    const days = { window: { lastDays: 1 } } as const;
    const last = { ...period, ...days, from: bare.period.to - 24 * HOUR };
    const late = { ...lookedOver([replayed]), windows: [...bare.windows, last] };
    const asked = about({ ...of('utilisation', 'registered'), ...days } as MeasureReference);
    expect(withGrade(late)(asked).lowered).toBeUndefined();
    expect(withGrade({ ...late, ...pick(lookedOver([replayed, flat])) })(asked).lowered?.grade).toBe('B');
    const [one, other] = machinesOf(lookedOver([flat]));
    const early = { ...one, grade: 'C' as const, findings: [replayed] };
    const both = { plausibility: { close: bare.period, grade: 'C' as const, machines: [early, other] } };
    expect(withGrade({ ...late, ...both })(asked).lowered).toMatchObject({ grade: 'B', machines: [second] });
  });
});

const pick = ({ plausibility }: Evidence) => (plausibility ? { plausibility } : {});

test('evidence with grades is kept without loss, and such without them as it was', () => {
  const graded = lookedOver([replayed, flat]);
  expect(evidenceJson.parse(evidenceJson.text(graded))).toStrictEqual(graded);
  expect(evidenceJson.text(bare)).not.toContain('plausibility');
  expect(evidenceJson.parse(evidenceJson.text(bare))).toStrictEqual(bare);
});

test('of many findings the newest of each check are kept', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ ...flat, from: index, to: index + 1 }));
  const kept = newestFindings([...many, replayed], 20);
  expect(kept).toHaveLength(21);
  expect(kept[0]).toMatchObject({ from: 10 });
});
