import { expect, test } from 'vitest';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

test('a failure before a free night is known on Monday, from facts and from what is recorded', async () => {
  const world = createWorld({ start: MONDAY_8 + 2 * HOUR });
  const saturday = MONDAY_8 - 2 * DAY;
  // It breaks down on Sunday morning, in Saturday's night shift, and stands over the night without a shift until Monday.
  await world.report(IMM_1, saturday, { state: 'running' });
  await world.report(IMM_1, MONDAY_8 - DAY - HOUR, { state: 'down' });
  for (let ts = MONDAY_8 - DAY - HOUR; ts < MONDAY_8 + 30 * MINUTE; ts += 5 * MINUTE)
    await world.report(IMM_1, ts, { temperature: 20 });
  await world.report(IMM_1, MONDAY_8 + 30 * MINUTE, { state: 'running' });
  await world.report(IMM_1, MONDAY_8 + 35 * MINUTE, { state: 'down' });
  const failuresIn = async (from: number, to: number) => {
    const { rows } = await world.fresh().ledger({ scope: IMM_1, from, to, by: [] });
    return rows.map(({ failures }) => failures);
  };
  const everyWay = async () => [
    await failuresIn(MONDAY_8, MONDAY_8 + HOUR),
    await failuresIn(MONDAY_8, MONDAY_8 + 20 * MINUTE),
    await failuresIn(MONDAY_8 - DAY - 2 * HOUR, MONDAY_8 - DAY),
    await failuresIn(MONDAY_8 - DAY - 2 * HOUR, MONDAY_8 + HOUR),
  ];
  const fromFacts = await everyWay();
  expect(fromFacts).toEqual([[1], [0], [1], [2]]);
  await world.analysis.record();
  expect(await everyWay()).toEqual(fromFacts);
});
