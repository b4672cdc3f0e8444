import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotateDemo, type Floor, planDemo } from '../../composition/demo-floor.ts';
import { demoPeople } from '../../composition/demo-people.ts';
import { plantOf } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import { reasonName } from '../../domain/reason-names.ts';
import { reasonIn } from '../../domain/reason-tree.ts';
import { demoPlant } from '../../simulators/demo/plant.ts';
import { changesAt } from '../../simulators/demo/stops-said.ts';
import { openTold } from '../../simulators/demo/told.ts';
import { openForTest } from '../registry/open.ts';

const NOW = Date.parse('2026-03-04T03:07:11.250Z');
const DAY = 86_400_000;
const LINE = 'jiaguang/dinghai/smt/line1';
const { machines, config } = demoPlant();
const ofLine = machines.filter(({ spec }) => spec.line === LINE);

/** The real registry; orders are entered without an analysis that would look at what is recorded. */
function floorOf(): Floor & { readonly registry: ReturnType<typeof openForTest> } {
  const registry = openForTest();
  const { work, annotations, handoverNotes } = registry;
  return {
    registry,
    annotations,
    handover: handoverNotes,
    work: {
      orderEntries: (order) => work.entriesOf(order),
      enterOrder: async ({ from = NOW, ...entry }) =>
        work.addOrder({ ...entry, from, enteredAt: NOW }, () => new Map()),
    } as Floor['work'],
  };
}

const unless = (error: Error): never => {
  throw error;
};
const options = (floor: Floor) => ({
  ...{ floor, machines: ofLine, seed: 1, now: NOW },
  signal: new AbortController().signal,
});

describe("the people of the demo's plants", () => {
  it('plan orders that begin until the day after tomorrow, hand over notes, and say nothing twice', async () => {
    const floor = floorOf();
    expect(await planDemo(options(floor))).toBeGreaterThan(20);
    expect(await planDemo(options(floor))).toBe(0);
    const planned = floor.registry.work.planned({
      from: NOW + DAY / 2,
      to: NOW + 2 * DAY,
      after: '',
      limit: 1000,
    });
    expect(planned.length).toBeGreaterThan(0);
    for (const { plannedStart, plannedEnd, plannedQuantity, scope, by } of planned) {
      expect((plannedStart as number) < (plannedEnd as number)).toBe(true);
      expect(plannedQuantity).toBeGreaterThan(0);
      expect(ofLine.map(({ spec }) => spec.path)).toContain(scope);
      expect(by).toContain('（演示）');
    }
    const days = Array.from({ length: 30 }, (_, back) =>
      new Date(NOW - back * DAY).toISOString().slice(0, 10),
    );
    const notes = days.flatMap((day) =>
      ['day', 'night'].flatMap((shift) => floor.handover.list({ line: LINE, day, shift })),
    );
    expect(notes.length).toBeGreaterThan(10);
    expect(notes.every(({ text, by }) => text.includes('（演示）') && by.includes('（演示）'))).toBe(true);
  });

  it('say of most stops why, with reasons of their own tree, and leave the newest ones alone', () => {
    const floor = floorOf();
    const { plant } = plantOf(configSchema.parse(config));
    const tree = plant.sites.find(({ path }) => path === 'jiaguang/dinghai')?.reasons;
    const [machine] = ofLine;
    const { path } = machine!.spec;
    const from = NOW - 3 * DAY;
    const happened = [...changesAt({ machine: machine!, seed: 1, from, to: NOW })];
    const people = machine!.floor!;
    const count = annotateDemo({ path, happened }, { ...options(floor), people });
    expect(count).toBeGreaterThan(5);
    expect(annotateDemo({ path, happened }, { ...options(floor), people })).toBe(0);
    const edits = floor.registry.annotations.touching(path, { from, to: NOW });
    expect(edits.length).toBe(count);
    for (const { reason, by, to, madeAt } of edits) {
      expect(reasonIn(tree!, reason as string), reason ?? 'none').toBeDefined();
      expect(by).toContain('（演示）');
      expect(to).toBeLessThan(NOW - DAY / 12);
      expect(madeAt).toBeGreaterThan(to);
    }
    // Each is a stop as it happened, from its begin to its end.
    const instants = new Set(happened.map(({ ts }) => ts));
    expect(edits.every((edit) => instants.has(edit.from) && instants.has(edit.to))).toBe(true);
  });

  describe('as history is told', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'kaidong-people-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('see it once, remember up to where, and plan what is to come', async () => {
      const floor = floorOf();
      const said = openTold(join(folder, 'said.json'), 'a store');
      const people = demoPeople({ ...options(floor), said, unless });
      const [machine] = ofLine;
      const { path } = machine!.spec;
      const tell = (days: number): number => {
        const watching = people.witness(path);
        const now = Date.now();
        for (const event of changesAt({ machine: machine!, seed: 1, from: now - days * DAY, to: now }))
          watching.see(event);
        watching.done();
        return floor.registry.annotations.touching(path, { from: now - 9 * DAY, to: now }).length;
      };
      const first = tell(2);
      expect(first).toBeGreaterThan(0);
      expect(said.until(path)).toBeLessThan(Date.now());
      expect(tell(4)).toBe(first);
      await people.settled();
      const ahead = { from: Date.now(), to: Date.now() + 2 * DAY, after: '', limit: 100 };
      expect(floor.registry.work.planned(ahead).length).toBeGreaterThan(0);
    });

    it('stop when they are told to', async () => {
      const stop = new AbortController();
      const said = openTold(join(folder, 'said.json'), 'a store');
      const people = demoPeople({ ...options(floorOf()), machines: [], said, signal: stop.signal, unless });
      const going = people.goOn();
      stop.abort();
      await going;
    });
  });
});

it('every reason that operators know is in the tree of their site, and every controller’s silence is known to them', () => {
  const floors = new Map(machines.flatMap(({ floor, spec }) => (floor ? [[spec.site.path, floor]] : [])));
  expect(floors.size).toBe(4);
  for (const [site, { reasons, knows, untold, remarks }] of floors) {
    for (const id of [...Object.values(knows), ...Object.keys(remarks)])
      expect(reasonIn(reasons, id), `${site} ${id}`).toBeDefined();
    // Views that don't know the site's tree call them the same.
    for (const { id, zh } of reasons.groups.flatMap((group) => group.reasons))
      expect(reasonName(id, 'zh'), `${site} ${id}`).toBe(zh);
    for (const reason of untold) expect(Object.keys(knows), site).toContain(reason);
  }
});
