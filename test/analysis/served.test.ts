import { expect, it } from 'vitest';
import { HOUR, IMM_1, MINUTE, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

const ANSWERED = { scope: IMM_1, by: ['hour'], from: MONDAY_8, to: MONDAY_8 + HOUR } as const;

it('late data raises the revision of an answer that came before the recorder, and the recorder keeps it', async () => {
  const { analysis, clock, report, store } = createWorld();
  const answer = async () => (await analysis.ledger(ANSWERED)).rows[0]!;
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await report(IMM_1, MONDAY_8 + 2 * HOUR, { state: 'idle' });
  await clock.advance(3 * HOUR);
  const first = await answer();
  expect(await answer()).toEqual(first);

  await report(IMM_1, MONDAY_8 + 10 * MINUTE, { state: 'down' });
  const second = await answer();
  expect([first.revision, second.revision]).toEqual([1, 2]);
  expect(second.digest).not.toBe(first.digest);

  await analysis.record();
  const [cell] = await store.recordedLedger({ ...ANSWERED, grain: 'hour' });
  expect(cell?.revision).toBe(2);
  expect(await answer()).toEqual(second);

  await report(IMM_1, MONDAY_8 + 20 * MINUTE, { state: 'running' });
  expect((await answer()).revision).toBe(3);
  await analysis.record();
  expect((await answer()).revision).toBe(3);
});
