import { expect, test } from 'vitest';
import { createFactGathering, type FactSources } from '../../composition/notify-facts.ts';
import type { Alert } from '../../domain/alert.ts';
import { machineStopped } from '../../notify/rules/machine-stopped.ts';
import { StoreUnavailable } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, plantOfTwo } from '../analysis/plants.ts';
import { createWorld } from '../analysis/world.ts';
import { entry, firing } from '../notify/entry.ts';

/** Gathering for entries, over a plant whose machines a test lets speak. */
function gathering(rules: readonly Record<string, unknown>[], over: Partial<FactSources> = {}) {
  const world = createWorld();
  const { analysis, clock, report } = world;
  const asked: string[] = [];
  const noted = {
    plant: () => {
      asked.push('plant');
      return analysis.plant();
    },
    kpis: (question) => {
      asked.push('kpis');
      return analysis.kpis(question);
    },
    timeline: (question) => {
      asked.push('timeline');
      return analysis.timeline(question);
    },
  } satisfies FactSources['analysis'];
  const ingest = { bytes: 0, refused: 0 };
  const gather = createFactGathering({
    plant: plantOfTwo,
    entries: rules.map(entry),
    analysis: noted,
    books: () => [
      {
        ingest: '',
        messages: { refused: ingest.refused } as never,
        spool: { bytes: ingest.bytes, maxBytes: 1000, waitingSince: null },
      },
    ],
    parts: () => [{ part: 'store', ok: true, detail: '', message: { zh: '好', en: 'fine' }, remedy: null }],
    hearing: () => true,
    certificates: () => [],
    disk: async () => {
      asked.push('disk');
      return { freeBytes: 1, totalBytes: 2, fullAt: null, settings: [] };
    },
    now: clock.now,
    ...over,
  });
  return { ...world, asked, ingest, gather: (open: readonly Alert[] = []) => gather(open), clock, report };
}

test('the disk is measured for a rule that asks of it, and not at every look', async () => {
  const { gather, asked } = gathering([{ rule: 'disk-filling' }]);
  expect((await gather()).disk).toEqual({ freeBytes: 1, totalBytes: 2, fullAt: null, settings: [] });
  await gather();
  expect(asked).toEqual(['disk']);
});

test('a disk of which nothing can be measured is not known', async () => {
  const { gather } = gathering([{ rule: 'disk-filling' }, { rule: 'part-away', id: 'parts' }], {
    disk: async () => {
      throw new Error('no such folder');
    },
  });
  expect(await gather()).toMatchObject({ disk: null, parts: [{ part: 'store', ok: true }] });
});

test('only what a rule needs is gathered', async () => {
  const { gather, asked } = gathering([{ rule: 'certificate-expiring' }]);
  expect(await gather()).toMatchObject({
    certificates: [],
    machines: null,
    coverage: null,
    books: null,
    parts: null,
  });
  expect(asked).toEqual([]);
});

test('how machines stand, and what the calendar says of them', async () => {
  const { gather, report, clock } = gathering([{ rule: 'machine-stopped' }]);
  await report(IMM_1, MONDAY_8 + MINUTE, { state: 'down', reason: 'jam' });
  await clock.advance(5 * HOUR);
  const { machines, planned, scheduledMs } = await gather();
  expect(machines?.map(({ path }) => path)).toEqual(plantOfTwo.machines.map(({ path }) => path).toSorted());
  const [imm] = machines?.filter(({ path }) => path === IMM_1) ?? [];
  expect(imm).toMatchObject({ lastHeard: MONDAY_8 + MINUTE, stale: true, source: `source of ${IMM_1}` });
  expect(planned(IMM_1)).toBe('scheduled');
  // The break at noon is left out.
  expect(scheduledMs(IMM_1, MONDAY_8)).toBe(5 * HOUR - 45 * MINUTE);
  expect(scheduledMs('acme/zhoushan/moulding/line9/found', MONDAY_8)).toBe(5 * HOUR);
});

test('a stop whose reason came later is one stop, and one in between which it ran is not', async () => {
  const { gather, report, clock, asked } = gathering([{ rule: 'machine-stopped' }]);
  const [first, second] = [MONDAY_8 + MINUTE, MONDAY_8 + 9 * MINUTE];
  for (const machine of [IMM_2, LATHE]) await report(machine, first, { state: 'down' });
  await report(LATHE, first + 2 * MINUTE, { state: 'running' });
  for (const machine of [IMM_2, LATHE]) await report(machine, second, { state: 'down', reason: 'jam' });
  await clock.advance(15 * MINUTE);
  const alerts = [firing(IMM_2, first), firing(LATHE, first, { id: 2 })];
  const facts = await gather(alerts);
  const open = new Map(alerts.map((alert) => [alert.subject, alert]));
  const judged = machineStopped.judge({ facts, entry: entry({ rule: 'machine-stopped' }), open });
  expect(judged).toMatchObject([
    { is: 'yes', subject: IMM_2, since: first, lastedMs: 14 * MINUTE },
    { is: 'yes', subject: LATHE, since: second, lastedMs: 6 * MINUTE },
  ]);
  expect(asked).toEqual(['plant', 'timeline', 'timeline']);
});

test('the coverage of the running shift, asked once a minute', async () => {
  const { gather, report, clock, asked } = gathering([{ rule: 'coverage-low' }]);
  for (let minute = 0; minute < 60; minute += 5)
    await report(IMM_1, MONDAY_8 + minute * MINUTE, { state: 'running' });
  await clock.advance(2 * HOUR);
  const { coverage } = await gather();
  const [imm] = coverage?.filter(({ machine }) => machine === IMM_1) ?? [];
  // Heard last at 08:55, silent from 09:05 on.
  expect(imm).toMatchObject({ shift: 'day', from: MONDAY_8, floor: 0.8, plannedMs: 2 * HOUR });
  expect(imm?.coverage).toBeCloseTo(65 / 120, 10);
  const questions = asked.length;
  await clock.advance(30_000);
  await gather();
  expect(asked).toHaveLength(questions);
  await clock.advance(30_000);
  await gather();
  expect(asked.length).toBeGreaterThan(questions);
});

test('rates are those of the last five minutes, and an ingest that comes back begins anew', async () => {
  let isAway = false;
  const { gather, clock, ingest } = gathering([{ rule: 'refused-rising' }], {
    books: () =>
      isAway
        ? []
        : [
            {
              ingest: 'w1',
              messages: { refused: ingest.refused } as never,
              spool: { bytes: ingest.bytes, maxBytes: 1000, waitingSince: null },
            },
          ],
  });
  for (let minute = 0; minute < 8; minute++) {
    ingest.refused += 10;
    await gather();
    await clock.advance(MINUTE);
  }
  const [series] = (await gather()).books ?? [];
  expect(series?.samples.map(({ refused }) => refused)).toEqual([40, 50, 60, 70, 80, 80]);
  isAway = true;
  expect((await gather()).books).toBeNull();
  isAway = false;
  expect((await gather()).books?.[0]?.samples).toHaveLength(1);
});

test('a store that can’t be read is a part that is away, and tells of no machine', async () => {
  const away = async () => {
    throw new StoreUnavailable('ECONNREFUSED');
  };
  const { gather } = gathering(
    [{ rule: 'machine-stopped' }, { rule: 'coverage-low' }, { rule: 'part-away' }],
    {
      analysis: { plant: away, kpis: away, timeline: away },
    },
  );
  const { machines, coverage, parts } = await gather();
  expect([machines, coverage]).toEqual([null, null]);
  expect(parts).toMatchObject([{ part: 'store', ok: false, message: { zh: '读不到已存的数据。' } }]);
});

test('a plant of which nothing was ever heard is no trouble', async () => {
  const { gather, clock } = gathering([
    { rule: 'coverage-low' },
    { rule: 'machine-silent' },
    { rule: 'part-away' },
  ]);
  await clock.advance(DAY);
  const { parts, machines } = await gather();
  expect(parts).toMatchObject([{ ok: true }]);
  expect(machines).toHaveLength(plantOfTwo.machines.length);
});

test('a reason that the site’s own tree names is gathered with its name, and no other', async () => {
  const hydraulics = { id: 'hydraulics', zh: '液压', en: 'Hydraulics' };
  const groups = [{ id: 'faults', zh: '故障', en: 'Faults', reasons: [hydraulics] }];
  const plant = {
    ...plantOfTwo,
    sites: plantOfTwo.sites.map((site) => ({ ...site, reasons: { version: 1, source: 'test', groups } })),
  };
  const { gather, report } = gathering([{ rule: 'machine-stopped' }], { plant });
  await report(IMM_1, MONDAY_8 - MINUTE, { state: 'down', reason: 'hydraulics' });
  await report(IMM_2, MONDAY_8 - MINUTE, { state: 'down', reason: 'jam' });
  const { machines } = await gather();
  expect(machines?.map(({ path, reasonName }) => [path, reasonName])).toContainEqual([
    IMM_1,
    { zh: '液压', en: 'Hydraulics' },
  ]);
  expect(machines?.find(({ path }) => path === IMM_2)).not.toHaveProperty('reasonName');
});
