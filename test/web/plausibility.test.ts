import { expect, test } from 'vitest';
import { findingsOf, lookedSpan } from '../../dashboards/web/src/health/plausibility.ts';

const at = (hour: number) => `2026-03-02T0${hour}:00:00.000Z`;

test('what speaks against evidence comes first, then the newest', () => {
  const found = findingsOf({
    checks: [
      { id: 'flat-line', grade: 'B' },
      { id: 'replayed-segment', grade: 'C' },
    ],
    machines: [
      {
        machine: 'a/b/c/d/m1',
        grade: 'C',
        findings: [
          { check: 'flat-line', from: at(1), to: at(2), evidence: {} },
          { check: 'replayed-segment', from: at(0), to: at(1), evidence: { shiftMs: 1 } },
        ],
      },
      { machine: 'a/b/c/d/m2', grade: 'A', findings: [] },
      {
        machine: 'a/b/c/d/m3',
        grade: 'B',
        findings: [{ check: 'flat-line', from: at(3), to: at(4), evidence: {} }],
      },
    ],
  });
  expect(found.map(({ machine, check, grade }) => `${machine.slice(-2)} ${check} ${grade}`)).toEqual([
    'm1 replayed-segment C',
    'm3 flat-line B',
    'm1 flat-line B',
  ]);
});

test('the same question is asked while the hour lasts', () => {
  const asked = lookedSpan(Date.parse('2026-03-09T07:59:59Z'));
  expect(asked).toEqual({ from: '2026-03-02T08:00:00.000Z', to: '2026-03-09T08:00:00.000Z' });
  expect(lookedSpan(Date.parse('2026-03-09T07:00:01Z'))).toEqual(asked);
});
