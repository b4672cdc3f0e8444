import { expect, test } from 'vitest';
import { influxBoard, machineLine } from '../../store/influx/board.ts';
import { PRESS, T0 } from './contract/samples.ts';

const MACHINE = {
  path: PRESS,
  declared: true,
  state: 'down',
  reason: 'a "b"',
  since: T0 - 5,
  lastHeard: null,
  stale: false,
  source: null,
} as const;

test('a machine is a line under the tags of the ledger, with numbers to count and to alert on', () => {
  expect(machineLine(T0, MACHINE)).toBe(
    `machine_state,area=moulding,enterprise=acme,line=line1,machine=imm-01,site=zhoushan state="down",reason="a \\"b\\"",source="",since_ms=${T0 - 5}i,stale=0i,undeclared=0i,running=0i,down=1i,unknown=0i ${T0}`,
  );
});

test('a path that has not five levels is a defect, and is told as one', () => {
  expect(() => machineLine(T0, { ...MACHINE, path: 'acme/zhoushan' })).toThrow(
    /"acme\/zhoushan" hasn't five levels/,
  );
});

test('a score is a double even where it is a whole number, and its count of discrepancies an integer', async () => {
  const posted: string[] = [];
  const board = influxBoard(async (lines) => void posted.push(...lines));
  await board.assessments([
    {
      id: 7,
      createdAt: T0,
      publishedAt: null,
      from: 1,
      to: 2,
      pilot: 'hai da',
      name: '海达',
      simulated: false,
      rubric: 'utilisation',
      rubricVersion: '1',
      score: { value: 1, low: 0, high: 1 },
      reached: null,
      possible: 'L2',
      openDiscrepancies: 0,
      utilisation: null,
      machines: 0,
      heard: 0,
    },
  ]);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatch(/^assessments,pilot=hai\\ da,rubric=utilisation id=7i,/);
  expect(posted[0]).toContain('score=1,score_low=0,score_high=1,');
  expect(posted[0]).toContain(
    ',open_discrepancies=0i,measured=0i,utilisation=0,utilisation_coverage=0,machines=0i,heard=0i',
  );
});
