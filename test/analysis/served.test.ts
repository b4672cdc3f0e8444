import { expect, it } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { openForTest } from '../registry/open.ts';
import { HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
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

it('neither a restart nor another process gives a served revision to another content', async () => {
  const { clock, report, store, marks } = createWorld();
  const registry = openForTest();
  const start = () =>
    createAnalysis({
      ...{ store, plant: plantOfTwo, now: clock.now, schedule: clock.schedule, ledgerMarks: marks },
      served: registry.servedCells,
    });
  const answer = async (analysis = start()) => (await analysis.ledger(ANSWERED)).rows[0]!;
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await report(IMM_1, MONDAY_8 + 2 * HOUR, { state: 'idle' });
  await clock.advance(3 * HOUR);
  const first = await answer();
  await report(IMM_1, MONDAY_8 + 10 * MINUTE, { state: 'down' });
  const second = await answer();
  expect([first.revision, second.revision]).toEqual([1, 2]);
  expect(await answer()).toEqual(second);
  await report(IMM_1, MONDAY_8 + 10 * MINUTE, { state: 'running' });
  const third = await answer();
  expect(third.revision).toBe(3);
  await start().record();
  const [cell] = await store.recordedLedger({ ...ANSWERED, grain: 'hour' });
  expect(cell?.revision).toBe(3);
  expect(await answer()).toEqual(third);
});

it('a registry that takes nothing costs no answer', async () => {
  const { clock, report, store, marks } = createWorld();
  const full = () => {
    throw new Error('database or disk is full');
  };
  const events: string[] = [];
  const analysis = createAnalysis({
    ...{ store, plant: plantOfTwo, now: clock.now, schedule: clock.schedule, ledgerMarks: marks },
    served: {
      ...{ moment: () => 0, waiting: () => new Set<string>(), of: () => new Map(), unheard: () => [] },
      ...{ settle: full, recorded: full },
    },
    log: (event) => void events.push(event),
  });
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await clock.advance(3 * HOUR);
  expect((await analysis.ledger(ANSWERED)).rows[0]?.revision).toBe(1);
  await report(IMM_1, MONDAY_8 + 10 * MINUTE, { state: 'down' });
  expect((await analysis.ledger(ANSWERED)).rows[0]?.revision).toBe(2);
  expect(events).toContain('served-not-noted');
});
