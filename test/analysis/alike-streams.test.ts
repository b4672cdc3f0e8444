import { describe, expect, test } from 'vitest';
import { type AlikeParts, knownAgain } from '../../analysis/alike-streams.ts';
import { createMembers } from '../../analysis/members.ts';
import { withoutRecords } from '../../analysis/proof.ts';
import { type DayPrint, NO_PRINTS, type StreamPrints } from '../../analysis/stream-prints.ts';
import type { Plant } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { createTown } from './assessment/town.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

const A = 'acme/zhoushan/moulding/line1/imm-01';
const B = 'acme/zhoushan/moulding/line1/imm-02';
const C = 'acme/zhoushan/turning/line1/lathe-01';
/** Of different ideal cycles: a copy is told by when and what was said, not by how long a piece should take. */
const plant: Plant = {
  sites: [shanghai],
  machines: [A, B, C].map((path, place) => machineOf(path, { idealCycleUs: 1_000_000 * (1 + 2 * place) })),
};

interface Step {
  readonly ts: number;
  readonly state?: string;
  readonly count?: number;
}

/** What a machine says by chance on a day: pieces, and states between them. What it counts from is no piece: the first step is the third. */
function saidOn(day: number, seed: number, length = 150, begin = 2 * HOUR): Step[] {
  let random = seed * 2 + 1;
  let ts = MONDAY_8 + day * DAY + begin;
  let count = 1000 * day;
  return Array.from({ length }, (_, index) => {
    random = (random * 48_271) % 2_147_483_647;
    ts += 20_000 + (random % 100_000);
    if (index % 4 === 0) return { ts, state: index % 8 === 0 ? 'running' : 'idle' };
    count += 1 + (random % 3);
    return { ts, count };
  });
}
const moved = (steps: readonly Step[], by: number) => steps.map((step) => ({ ...step, ts: step.ts + by }));

async function townOf(said: Readonly<Record<string, readonly Step[]>>, streamPrints?: StreamPrints) {
  const town = createTown({ plant, store: openMemoryStore(), ...(streamPrints && { streamPrints }) });
  for (const [machine, steps] of Object.entries(said))
    for (const { ts, ...signals } of steps) await town.report(machine, ts, signals);
  return town;
}

/** What was found of each machine in so many days, of which the last ones from `closeDay` on are looked at themselves. */
async function lookedOver(
  said: Readonly<Record<string, readonly Step[]>>,
  { days = 10, closeDay = days }: { days?: number; closeDay?: number } = {},
) {
  const { store } = await townOf(said);
  const parts: AlikeParts = { store, marks: withoutRecords(createMemoryMarks()), prints: NO_PRINTS };
  const members = createMembers({ store, plant });
  const span = { from: MONDAY_8, to: MONDAY_8 + days * DAY };
  const again = await knownAgain(parts, {
    ...{ members: [A, B, C].map(members.at), span, asOf: span.to },
    closeFrom: MONDAY_8 + closeDay * DAY,
  });
  return Object.fromEntries([A, B, C].map((path) => [path, again(path)]));
}

describe('streams that are known again', () => {
  test('a day that is sent again is found, whatever lies between', async () => {
    const day = saidOn(1, 5);
    const found = await lookedOver({ [A]: [...day, ...moved(day, 6 * DAY)], [B]: saidOn(3, 9) });
    expect(found[A]?.alike).toMatchObject([
      { other: A, from: (day[2] as Step).ts + 6 * DAY, shiftMs: 6 * DAY, events: 147 },
    ]);
    expect([found[B]?.alike, found[C]?.alike]).toEqual([[], []]);
  });

  test('the same within one day', async () => {
    const part = saidOn(1, 5, 60);
    const found = await lookedOver({ [A]: [...part, ...moved(part, 5 * HOUR)] });
    expect(found[A]?.alike).toMatchObject([{ other: A, shiftMs: 5 * HOUR, events: 57 }]);
  });

  test('what is repeated within the close look is left to it, what it repeats from before is not', async () => {
    const day = saidOn(1, 5);
    const said = { [A]: [...day, ...moved(day, 3 * DAY)] };
    expect((await lookedOver(said, { closeDay: 1 }))[A]?.alike).toEqual([]);
    expect((await lookedOver(said, { closeDay: 2 }))[A]?.alike).toHaveLength(1);
  });

  test('a day that is sent again with other counts, one step in a hundred left out, is found by its rhythm', async () => {
    const day = saidOn(1, 5, 600);
    const again = moved(day, 6 * DAY)
      .filter((_, index) => index % 100 !== 50)
      .map((step, index) =>
        step.count === undefined ? step : { ...step, count: step.count + index * index },
      );
    const found = await lookedOver({ [A]: [...day, ...again], [B]: saidOn(3, 9) });
    expect(found[A]?.alike).toEqual([]);
    const rhythms = found[A]?.rhythms ?? [];
    expect(rhythms.length).toBeGreaterThan(0);
    for (const { shiftMs, from } of rhythms) {
      expect(shiftMs).toBe(6 * DAY);
      expect(from).toBeGreaterThan(MONDAY_8 + 7 * DAY);
    }
    expect([found[B]?.rhythms, found[C]?.rhythms]).toEqual([[], []]);
    const closely = await lookedOver({ [A]: [...day, ...again] }, { closeDay: 1 });
    expect(closely[A]?.rhythms).toEqual([]);
  });

  test('machines that share a rhythm have none of their own by it', async () => {
    const states = saidOn(2, 7).filter(({ state }) => state !== undefined);
    const found = await lookedOver({ [A]: states, [B]: moved(states, DAY) });
    expect([found[A]?.rhythms, found[B]?.rhythms]).toEqual([[], []]);
  });

  test('another machine that was sent under this name is found with how it was moved', async () => {
    const theirs = saidOn(2, 7);
    const found = await lookedOver({
      [A]: theirs,
      [B]: [...saidOn(1, 3), ...moved(theirs, DAY)],
      [C]: saidOn(4, 2),
    });
    expect(found[B]?.alike).toMatchObject([{ other: A, shiftMs: DAY, events: 147, counts: 110 }]);
    expect([found[A]?.alike, found[C]?.alike]).toEqual([[], []]);
  });

  test('it is the later one that is the copy, whichever comes first by name', async () => {
    const theirs = saidOn(2, 7);
    const found = await lookedOver({ [C]: theirs, [A]: moved(theirs, 3 * HOUR) });
    expect(found[A]?.alike).toMatchObject([{ other: C, shiftMs: 3 * HOUR }]);
    expect(found[C]?.alike).toEqual([]);
    const other = await lookedOver({ [A]: theirs, [C]: moved(theirs, 3 * HOUR) });
    expect(other[C]?.alike).toMatchObject([{ other: A, shiftMs: 3 * HOUR }]);
    expect(other[A]?.alike).toEqual([]);
  });

  test('two that say the same at the same time are told of each other', async () => {
    const steps = saidOn(2, 7);
    const found = await lookedOver({ [A]: steps, [B]: steps });
    expect(found[A]?.alike).toMatchObject([{ other: B, shiftMs: 0, from: (steps[0] as Step).ts }]);
    expect(found[B]?.alike).toMatchObject([{ other: A, shiftMs: 0, from: (steps[0] as Step).ts }]);
  });

  test('machines that stand, that tick alike, or that only count alike give nothing', async () => {
    const ticking = Array.from({ length: 600 }, (_, index) => ({
      ts: MONDAY_8 + index * MINUTE,
      count: index * 5,
    }));
    expect((await lookedOver({ [A]: ticking, [B]: ticking }))[B]?.alike).toEqual([]);
    const standing = [{ ts: MONDAY_8 + HOUR, state: 'off' }];
    expect((await lookedOver({ [A]: standing, [B]: standing, [C]: standing }))[C]?.alike).toEqual([]);
    const counts = saidOn(2, 7).filter(({ count }) => count !== undefined);
    const found = await lookedOver({ [A]: counts, [B]: counts });
    // Alike they are, but of counts alone: no check makes anything of it.
    expect(found[B]?.alike.map(({ events, counts }) => events - counts)).toEqual([0]);
  });

  test('periodic counts before the close look are told as far as it, across days', async () => {
    const begin = MONDAY_8 + DAY - 10 * HOUR;
    const counts = Array.from({ length: 1200 }, (_, index) => ({
      ts: begin + index * MINUTE,
      count: index * 2,
    }));
    const found = await lookedOver({ [A]: counts }, { closeDay: 2 });
    // The first count is a baseline.
    expect(found[A]?.periodic).toEqual([
      { from: begin + MINUTE, to: begin + 1199 * MINUTE, increments: 1199, pieces: 2 },
    ]);
    const cut = await lookedOver({ [A]: counts }, { closeDay: 1 });
    expect(cut[A]?.periodic).toEqual([
      { from: begin + MINUTE, to: begin + 599 * MINUTE, increments: 599, pieces: 2 },
    ]);
    expect(found[B]?.periodic).toEqual([]);
  });
});

test.each([
  ['23 hours, as yesterday by the clock', '2026-03-28T08:00+01:00', 23],
  ['24 hours, as yesterday by the sun', '2026-03-28T08:00+01:00', 24],
  ['25 hours in autumn', '2026-10-24T08:00+02:00', 25],
])('over a change of the clock a day is known again, moved by %s', async (_why, begin, hours) => {
  const site = { ...shanghai, path: 'acme/berlin', zone: 'Europe/Berlin' };
  const path = 'acme/berlin/moulding/line1/imm-01';
  const changing: Plant = { sites: [site], machines: [machineOf(path)] };
  const from = Date.parse(begin);
  const day = moved(saidOn(0, 5, 600, 0), from - MONDAY_8);
  const town = createTown({ plant: changing, store: openMemoryStore() });
  for (const { ts, ...signals } of [...day, ...moved(day, hours * HOUR)])
    await town.report(path, ts, signals);
  const parts: AlikeParts = { store: town.store, marks: town.marks, prints: NO_PRINTS };
  const members = [createMembers({ store: town.store, plant: changing }).at(path)];
  const span = { from, to: from + 4 * DAY };
  const again = await knownAgain(parts, { members, span, asOf: span.to, closeFrom: span.to });
  expect(again(path).alike).toMatchObject([{ other: path, shiftMs: hours * HOUR }]);
});

describe('what is recorded', () => {
  const day = saidOn(1, 5);
  const said = {
    [A]: [...saidOn(0, 8, 9), ...day, ...moved(day, 3 * DAY)],
    [B]: [...saidOn(0, 6, 9), ...moved(day, 5 * DAY)],
    [C]: [...saidOn(0, 4, 9), ...saidOn(2, 1)],
  };
  const span = { from: MONDAY_8, to: MONDAY_8 + 7 * DAY };
  const recorded = async () => {
    const { streamPrints } = openForTest();
    const town = await townOf(said, streamPrints);
    await town.clock.advance(8 * DAY);
    await town.analysis.record();
    return { town, streamPrints };
  };

  test('gives what facts give', async () => {
    const { town, streamPrints } = await recorded();
    const question = { scope: '', ...span };
    const { machines } = await town.analysis.plausibility(question);
    expect(machines.map(({ machine, grade }) => [machine, grade])).toEqual([
      [A, 'C'],
      [B, 'C'],
      [C, 'A'],
    ]);
    expect(machines[1]?.findings).toMatchObject([
      { check: 'copied-stream', evidence: { otherMachine: A, shiftMs: 5 * DAY } },
    ]);
    expect(await town.unrecorded().plausibility(question)).toMatchObject({ machines });
    const prints = { store: town.store, marks: town.marks, prints: NO_PRINTS };
    const asked = {
      members: [A, B, C].map(createMembers({ store: town.store, plant }).at),
      ...{ span, asOf: MONDAY_8 + 8 * DAY, closeFrom: span.to },
    };
    const [kept, made] = [
      await knownAgain({ ...prints, prints: streamPrints }, asked),
      await knownAgain(prints, asked),
    ];
    for (const path of [A, B, C]) expect(kept(path)).toEqual(made(path));
  });

  test('is a print of each day, of what was said on it', async () => {
    const { streamPrints } = await recorded();
    const [, first, , , fourth] = streamPrints.of(A, span) as DayPrint[];
    expect(first).toMatchObject({ machine: A, from: MONDAY_8 + DAY, to: MONDAY_8 + 2 * DAY });
    expect(first?.windows.length).toBeGreaterThan(100);
    expect(new Set(first?.windows).isSubsetOf(new Set(fourth?.windows))).toBe(true);
    expect(streamPrints.of(C, span)).toHaveLength(7);
  });

  test('is enough: only days that look alike are read, and the rest of a day that is cut', async () => {
    const { town, streamPrints } = await recorded();
    const asked: string[] = [];
    const { facts } = town.store;
    const store = {
      ...town.store,
      facts(query: Parameters<typeof facts>[0]) {
        for (const { path } of query.machines) asked.push(`${path} ${(query.from - MONDAY_8) / DAY}`);
        return facts(query);
      },
    };
    const members = createMembers({ store, plant });
    const question = { members: [A, B, C].map(members.at), span, asOf: MONDAY_8 + 8 * DAY };
    const parts = { store, marks: town.marks, prints: streamPrints };
    await knownAgain(parts, { ...question, closeFrom: span.to });
    expect(asked).toEqual([`${A} 1`, `${B} 6`, `${A} 1`, `${A} 4`]);
    asked.length = 0;
    await knownAgain(parts, { ...question, span: { ...span, to: span.to - HOUR }, closeFrom: span.to });
    expect(asked.slice(0, 3)).toEqual([`${A} 6`, `${B} 6`, `${C} 6`]);
  });

  test('follows what comes late, before and after the recorder has seen it', async () => {
    const { town, streamPrints } = await recorded();
    const late = saidOn(6, 77);
    for (const { ts, ...signals } of [...late, ...moved(late, -2 * DAY - 9 * HOUR)]) {
      await town.report(C, ts, signals);
    }
    const gradeOfC = async () =>
      (await town.analysis.plausibility({ scope: C, ...span })).machines.map(({ grade }) => grade);
    const members = createMembers({ store: town.store, plant });
    const far = async () =>
      (
        await knownAgain(
          { store: town.store, marks: town.marks, prints: streamPrints },
          { members: [members.at(C)], span, asOf: MONDAY_8 + 8 * DAY, closeFrom: span.to },
        )
      )(C).alike.length;
    expect([await gradeOfC(), await far()]).toEqual([['C'], 1]);
    await town.analysis.record();
    expect([await gradeOfC(), await far()]).toEqual([['C'], 1]);
  });

  test('goes with what it is of', async () => {
    const { town, streamPrints } = await recorded();
    await town.analysis.removeRaw(MONDAY_8 + 3 * DAY + HOUR);
    expect(streamPrints.of(A, span)[0]?.from).toBeGreaterThanOrEqual(MONDAY_8 + 3 * DAY);
  });
});
