import { expect, test } from 'vitest';
import { zeroMs } from '../../domain/ledger-row.ts';
import { ledgerLine } from '../../store/influx/ledger-line.ts';
import type { RecordedCell } from '../../store/port.ts';
import { HOUR, PRESS, T0 } from './contract/samples.ts';

const CELL: RecordedCell & Required<Pick<RecordedCell, 'kpis'>> = {
  machine: PRESS,
  grain: 'hour',
  from: T0,
  to: T0 + HOUR,
  ms: { ...zeroMs(), running: 3_000_000, unknown: 600_000 },
  runningUs: { productive: 2n ** 60n, rejectLoss: 5n, speedLoss: -7n },
  counts: { produced: 12, good: 10, reject: 2, duringUnknown: 1, extra: 0 },
  quality: { rework: 1, inspected: 12 },
  orders: { ms: 3_000_000, unknownMs: 0, busyMs: 3_000_000, runningMs: 3_000_000, produced: 12 },
  failures: 2,
  energyWh: { planned: 1500, outside: 0, duringUnknown: 7 },
  flags: ['provisional', 'counter-reset'],
  kpis: { 'quality-ratio': { num: 10n, den: 12n }, availability: { num: 3_000_000n, den: 3_000_000n } },
  digest: 'ab12',
  revision: 3,
};
const fieldsOf = (line: string): Record<string, string> =>
  Object.fromEntries(
    line
      .split(' ')[1]!
      .match(/[^,=]+=("[^"]*"|[^,]+)/g)!
      .map((field) => field.split('=') as [string, string]),
  );

test('a cell is a line of integer fields under the names of the contract', () => {
  const line = ledgerLine(CELL, 'ledger');
  expect(line).toMatch(
    new RegExp(
      `^ledger,area=moulding,enterprise=acme,line=line1,machine=imm-01,site=zhoushan,grain=hour .* ${T0}$`,
    ),
  );
  expect(fieldsOf(line)).toMatchObject({
    running_ms: '3000000i',
    unknown_ms: '600000i',
    notScheduled_ms: '0i',
    productive_us: `${2n ** 60n}i`,
    speedLoss_us: '-7i',
    produced: '12i',
    duringUnknown: '1i',
    'quality-ratio_num': '10i',
    'quality-ratio_den': '12i',
    revision: '3i',
    digest: '"ab12"',
    flags: '"provisional,counter-reset"',
    to: `${T0 + HOUR}i`,
  });
});

test('in the history the revision is a tag', () => {
  const line = ledgerLine(CELL, 'ledger_history');
  expect(line).toMatch(/^ledger_history,.*,grain=hour,revision=3 /);
  expect(fieldsOf(line)).not.toHaveProperty('revision');
});

test('a newer revision without split and KPIs leaves zeros where the older one had figures', () => {
  const fields = fieldsOf(
    ledgerLine({ ...CELL, runningUs: null, kpis: {} }, 'ledger', Object.keys(CELL.kpis)),
  );
  expect(fields).toMatchObject({
    split: 'f',
    kpis: '""',
    productive_us: '0i',
    'quality-ratio_num': '0i',
    'quality-ratio_den': '0i',
    availability_num: '0i',
  });
});

test('what coverage and bounds divide stands in columns of its own, as do the KPIs that the cell cannot have', () => {
  const fields = fieldsOf(ledgerLine({ ...CELL, ms: { ...CELL.ms, plannedStop: 60_000 } }, 'ledger'));
  expect(fields).toMatchObject({
    busy_ms: '3600000i',
    known_ms: '3000000i',
    operation_ms: '3660000i',
    possiblyRunning_ms: '3600000i',
    split_none: '0i',
    availability_none: '0i',
    'quality-ratio_none': '0i',
    oee_none: '1i',
    effectiveness_none: '1i',
  });
  expect(fieldsOf(ledgerLine({ ...CELL, runningUs: null }, 'ledger'))).toMatchObject({ split_none: '1i' });
});

test('a shift and a production day bear their names', () => {
  const named = fieldsOf(
    ledgerLine({ ...CELL, grain: 'shift', day: '2026-03-02', shift: '早 "A"' }, 'ledger'),
  );
  expect(named.day).toBe('"2026-03-02"');
  expect(ledgerLine({ ...CELL, grain: 'shift', shift: '早 "A"' }, 'ledger')).toContain('shift="早 \\"A\\""');
  expect(fieldsOf(ledgerLine(CELL, 'ledger'))).not.toHaveProperty('day');
});
