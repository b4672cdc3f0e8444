import { expect, test } from 'vitest';
import { zeroMs } from '../../../domain/ledger-row.ts';
import type { RecordedCell } from '../../../store/port.ts';
import type { OpenStore } from '../contract.ts';
import { DAY, HOUR, LATHE, PRESS, reading, T0 } from './samples.ts';

const cell = (change: Partial<RecordedCell> = {}): RecordedCell => ({
  machine: PRESS,
  grain: 'hour',
  from: T0,
  to: T0 + HOUR,
  ms: { ...zeroMs(), running: 3_000_000, unknown: 600_000 },
  runningUs: { productive: 2_500_000_000n, rejectLoss: 12_500_000n, speedLoss: -7n },
  counts: { produced: 12, good: 11, reject: 1, duringUnknown: 2, extra: 3 },
  quality: { rework: 4, inspected: 12 },
  orders: { ms: 3_600_000, unknownMs: 600_000, busyMs: 2_900_000, runningMs: 2_800_000, produced: 9 },
  failures: 2,
  energyWh: { planned: 2 ** 52 + 1, outside: 5, duringUnknown: 6 },
  flags: ['provisional', 'counter-reset'],
  digest: 'a'.repeat(64),
  revision: 1,
  kpis: { oee: { num: 2_500_000_000n, den: 2n ** 60n }, 'quality-ratio': { num: 11n, den: 12n } },
  ...change,
});

/** KPI integers are for others that read a store: not every store gives them back. */
const told = (cells: readonly RecordedCell[]) => cells.map(({ kpis: _, ...cell }) => cell);

export function ledgerContract(open: OpenStore): void {
  const day = { grain: 'hour', scope: '', from: T0, to: T0 + DAY } as const;

  test('a cell comes back as it was recorded', async () => {
    await using under = await open();
    const { store } = under;
    const nothing = {
      runningUs: null,
      quality: { rework: null, inspected: 0 },
      energyWh: null,
      flags: [],
      kpis: {},
    };
    const plain = cell({ from: T0 + HOUR, to: T0 + 2 * HOUR, ...nothing });
    await store.recordLedger([cell(), plain]);
    expect(told(await store.recordedLedger(day))).toEqual(told([cell(), plain]));
  });

  test('only cells wholly in the span, of the grain, in the scope of whole levels; by machine, then time', async () => {
    await using under = await open();
    const { store } = under;
    const neighbour = 'acme/zhoushan2/moulding/line1/imm-01';
    const cells = [LATHE, PRESS, neighbour].flatMap((machine) =>
      [2, 0, 1].map((hour) => cell({ machine, from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR })),
    );
    await store.recordLedger([
      ...cells,
      cell({ grain: 'day', to: T0 + DAY }),
      cell({ grain: 'shift', to: T0 + 8 * HOUR }),
    ]);
    const found = async (change: object) =>
      (await store.recordedLedger({ ...day, ...change })).map(({ machine, from }) => [
        machine,
        (from - T0) / HOUR,
      ]);
    expect(await found({ scope: 'acme/zhoushan', to: T0 + 2 * HOUR })).toEqual([
      [PRESS, 0],
      [PRESS, 1],
      [LATHE, 0],
      [LATHE, 1],
    ]);
    expect(await found({ from: T0 + 1, to: T0 + 3 * HOUR - 1, scope: LATHE })).toEqual([[LATHE, 1]]);
    expect(await found({ scope: 'acme' })).toHaveLength(9);
    expect(await found({ scope: 'acme/zhou' })).toEqual([]);
    expect(await found({ grain: 'day' })).toEqual([[PRESS, 0]]);
    expect(await found({ grain: 'shift', to: T0 + 8 * HOUR - 1 })).toEqual([]);
  });

  test('a new revision takes the place, the old one goes to the history', async () => {
    await using under = await open();
    const { store } = under;
    await store.recordLedger([cell(), cell({ machine: LATHE })]);
    const second = cell({
      revision: 2,
      digest: 'b'.repeat(64),
      counts: { ...cell().counts, produced: 13, good: 12 },
    });
    await store.recordLedger([second]);
    expect(told(await store.recordedLedger({ ...day, scope: PRESS }))).toEqual(told([second]));
    expect(await under.history()).toEqual([{ machine: PRESS, grain: 'hour', from: T0, revision: 1 }]);
    await store.recordLedger([cell({ revision: 3 })]);
    expect((await store.recordedLedger({ ...day, scope: PRESS })).map(({ revision }) => revision)).toEqual([
      3,
    ]);
    expect((await under.history()).map(({ revision }) => revision).sort()).toEqual([1, 2]);
  });

  test('older revisions are read back as they were recorded, by time, then revision', async () => {
    await using under = await open();
    const { store } = under;
    const later = { from: T0 + HOUR, to: T0 + 2 * HOUR };
    const first = [cell(), cell({ ...later, runningUs: null, flags: [], kpis: {} })];
    const second = [
      cell({ revision: 2, digest: 'b'.repeat(64) }),
      cell({ ...later, revision: 2, flags: [] }),
    ];
    const others = [cell({ machine: LATHE }), cell({ grain: 'day', to: T0 + DAY })];
    await store.recordLedger([...first, ...others]);
    await store.recordLedger(second);
    await store.recordLedger([cell({ revision: 3 }), ...others.map((other) => ({ ...other, revision: 2 }))]);
    const asked = { machine: PRESS, grain: 'hour', from: T0, to: T0 + 2 * HOUR } as const;
    expect(told(await store.ledgerHistory(asked))).toEqual(
      told([first[0], second[0], first[1]] as RecordedCell[]),
    );
    expect(told(await store.ledgerHistory({ ...asked, from: T0 + 1 }))).toEqual(
      told([first[1]] as RecordedCell[]),
    );
    expect(told(await store.ledgerHistory({ ...asked, to: T0 + HOUR }))).toEqual(
      told([first[0], second[0]] as RecordedCell[]),
    );
    expect(await store.ledgerHistory({ ...asked, machine: 'acme/zhoushan/a/b/never' })).toEqual([]);
    expect(await store.ledgerHistory({ ...asked, grain: 'shift' })).toEqual([]);
  });

  test('several revisions of a cell given at once follow one another, whatever begins and ends alike', async () => {
    await using under = await open();
    const { store } = under;
    await store.recordLedger([cell()]);
    const longer = cell({ revision: 2, digest: 'b'.repeat(64), to: T0 + HOUR / 2 });
    const others = Array.from({ length: 1200 }, (_, hour) =>
      cell({ machine: LATHE, from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR }),
    );
    await store.recordLedger([longer, ...others, cell({ revision: 3, digest: 'c'.repeat(64) })]);
    const older = await store.ledgerHistory({ machine: PRESS, grain: 'hour', from: T0, to: T0 + 1 });
    expect(older.map(({ revision, to, digest }) => [revision, to, digest[0]])).toEqual([
      [1, T0 + HOUR, 'a'],
      [2, T0 + HOUR / 2, 'b'],
    ]);
    const [current] = await store.recordedLedger({ ...day, scope: PRESS });
    expect(current).toMatchObject({ revision: 3, to: T0 + HOUR, digest: 'c'.repeat(64) });
  });

  test('recording the same again changes nothing', async () => {
    await using under = await open();
    const { store } = under;
    await store.recordLedger([cell()]);
    await store.recordLedger([cell({ revision: 2 })]);
    await store.recordLedger([cell({ revision: 2 })]);
    await store.recordLedger([]);
    expect((await store.recordedLedger(day)).map(({ revision }) => revision)).toEqual([2]);
    expect(await under.history()).toHaveLength(1);
  });

  test('cells of a grain are removed, with their older revisions, or older revisions alone', async () => {
    await using under = await open();
    const { store } = under;
    const hour = (n: number) => ({ grain: 'hour' as const, from: T0 + n * HOUR, to: T0 + (n + 1) * HOUR });
    const whole = { from: T0, to: T0 + DAY };
    const cells = [
      ...[hour(0), hour(1), hour(2)].map((one) => cell(one)),
      cell({ ...whole, grain: 'shift' }),
      cell({ ...whole, grain: 'day' }),
    ];
    await store.recordLedger(cells);
    await store.recordLedger(cells.map((one) => ({ ...one, revision: one.revision + 1 })));
    const left = async () => {
      const found: string[] = [];
      for (const grain of ['hour', 'shift', 'day'] as const) {
        const asked = { from: T0, to: T0 + DAY, grain };
        const older = await store.ledgerHistory({ ...asked, machine: cells[0]?.machine as string });
        for (const { from } of older) found.push(`older ${grain} ${(from - T0) / HOUR}`);
        for (const { from } of await store.recordedLedger({ ...asked, scope: '' }))
          found.push(`${grain} ${(from - T0) / HOUR}`);
      }
      return found;
    };
    const others = ['older shift 0', 'shift 0', 'older day 0', 'day 0'];
    await store.purgeLedger('hour', T0 + HOUR);
    expect(await left()).toEqual(['older hour 1', 'older hour 2', 'hour 1', 'hour 2', ...others]);
    await store.purgeLedger('hour', T0 + HOUR);
    await store.purgeLedger('revisions', T0 + 2 * HOUR);
    expect(await left()).toEqual(['older hour 2', 'hour 1', 'hour 2', 'shift 0', 'day 0']);
    await store.purgeLedger('day', T0 + 1);
    await store.purgeLedger('shift', T0);
    expect(await left()).toEqual(['older hour 2', 'hour 1', 'hour 2', 'shift 0']);
    // What is removed can be recorded again.
    await store.recordLedger([cell({ ...whole, grain: 'day' })]);
    expect(await left()).toContain('day 0');
  });

  test('thousands of cells, and a purge that leaves them', async () => {
    await using under = await open();
    const { store } = under;
    const cells = Array.from({ length: 2400 }, (_, n) =>
      cell({
        machine: `acme/s/a/l/m${n % 100}`,
        from: T0 + Math.floor(n / 100) * HOUR,
        to: T0 + (Math.floor(n / 100) + 1) * HOUR,
      }),
    );
    await store.recordLedger(cells);
    await store.write([reading(PRESS, T0, { state: 'idle' })]);
    await store.purge(T0 + 2 * DAY);
    const inOrder = cells.toSorted((a, b) =>
      a.machine === b.machine ? a.from - b.from : a.machine < b.machine ? -1 : 1,
    );
    expect(told(await store.recordedLedger(day))).toEqual(told(inOrder));
  });
}
