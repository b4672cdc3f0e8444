import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAssessmentDesk } from '../../../analysis/assessment/desk.ts';
import { createPilotsDesk } from '../../../analysis/assessment/pilots-desk.ts';
import type { AssessmentDesk, NewEntry } from '../../../analysis/assessment/port.ts';
import { removeEvidence } from '../../../analysis/assessment/remove-evidence.ts';
import { digestOf } from '../../../analysis/digest.ts';
import { assessmentPoster } from '../../../composition/posters.ts';
import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { Entry } from '../../../domain/assess/evidence.ts';
import { assessmentJson, evidenceJson, rubricJson } from '../../../domain/assess/json.ts';
import { shownEvidence } from '../../../domain/assess/shown-evidence.ts';
import { migrate } from '../../../registry/migrate.ts';
import { MIGRATIONS } from '../../../registry/migrations/index.ts';
import { openRegistry, REGISTRY_FILE, type Registry } from '../../../registry/registry.ts';
import { reportHtml } from '../../../report/report-html.ts';
import { influxBoard } from '../../../store/influx/board.ts';
import { openForTest, tempDir } from '../../registry/open.ts';
import { DAY, HOUR } from '../plants.ts';
import { HAIDA, openBureau, SHIPPED, WEEK } from './bureau.ts';
import type { Town } from './town.ts';

const ASKED = { pilot: 'haida', rubric: 'utilisation', ...WEEK };
const closure: NewEntry = {
  ...{ kind: 'closure', figure: 'networking-rate', verdict: 'corrected' },
  ...{ note: '企业更正申报', by: '王工' },
};

/** Everything that readers are given of the assessments, to the byte. */
async function readersOf(desk: AssessmentDesk, ids: readonly number[]): Promise<readonly string[]> {
  const posted: string[] = [];
  await assessmentPoster(
    influxBoard(async (lines) => void posted.push(...lines)),
    desk,
  )(0, true);
  expect(posted).toHaveLength(ids.length);
  const each = ids.flatMap((id) => {
    const { assessment, evidenceRemovedAt: _, ...place } = desk.assessment(id);
    const rubric = desk.rubricOf(id);
    return [
      JSON.stringify(place),
      // What the API gives of it, but for the evidence that is shown nowhere.
      assessmentJson.text({ ...assessment, evidence: shownEvidence(assessment.evidence) }),
      ...(['zh', 'en'] as const).map((language) => reportHtml({ assessment, rubric, place, language })),
      JSON.stringify(desk.difference(ids[0] as number, id), withBigInts),
    ];
  });
  const compared = SHIPPED.map(({ id }) => desk.comparison({ rubric: id }));
  return [...each, JSON.stringify(desk.assessments({})), JSON.stringify(compared), ...posted];
}
const withBigInts = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

/** Rubric, what is entered, and the day of publication; without one it stays a draft. */
const plans = fc.array(
  fc.record({
    rubric: fc.constantFrom(...SHIPPED.map(({ id }) => id)),
    entries: fc.nat(2),
    published: fc.option(fc.nat(9)),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A desk of a registry over a plant that worked, at an instant of the test's own. */
function deskOf(registry: Registry, { analysis, clock }: Town) {
  let now = clock.now();
  const desk = createAssessmentDesk({
    pilots: createPilotsDesk({ shelf: registry.pilots, files: [] }),
    rubrics: SHIPPED,
    shelf: registry.assessments,
    evidence: analysis.evidence,
    now: () => now,
  });
  registry.pilots.put([HAIDA]);
  const at = (instant: number) => {
    now = instant;
  };
  return { desk, start: now, at };
}
const removed = expect.objectContaining({ code: 'evidence-removed' });

describe('removed evidence', () => {
  test('changes nothing that any reader is given, whatever was published when', async () => {
    const { town } = await openBureau(openForTest());
    await fc.assert(
      fc.asyncProperty(plans, fc.nat(12), async (planned, cut) => {
        using registry = openRegistry({ dir: tempDir() });
        const { desk, start, at } = deskOf(registry, town);
        const made = [];
        for (const { rubric, entries, published } of planned) {
          at(start);
          const { id } = await desk.assess({ ...ASKED, rubric });
          for (let entry = 0; entry < entries; entry++) desk.enter(id, closure);
          at(start + (published ?? 0) * DAY);
          if (published !== null) await desk.publish(id, '李主任');
          made.push({ id, rubric, published });
        }
        const ids = made.map(({ id }) => id);
        const before = await readersOf(desk, ids);
        const keptSince = start + cut * DAY;
        await removeEvidence({ shelf: registry.assessments, keptSince, now: start + 20 * DAY });
        expect(await readersOf(desk, ids)).toEqual(before);
        const newest = new Map(
          made.flatMap(({ published, rubric, id }) => (published === null ? [] : [[rubric, id]])),
        );
        const edge = Math.floor(keptSince / DAY) * DAY;
        const due = made
          .filter(({ published }) => published !== null && start + published * DAY < edge)
          .filter(({ id, rubric }) => newest.get(rubric) !== id)
          .map(({ id }) => id);
        expect(ids.filter((id) => desk.assessment(id).evidenceRemovedAt !== null)).toEqual(due);
        for (const id of ids) {
          if (due.includes(id)) {
            expect(() => desk.report(id)).toThrow(removed);
            await expect(desk.rescore(id, { rubric: 'utilisation' })).rejects.toThrow(removed);
          } else
            expect(digestOf(assessmentJson.text(desk.report(id).assessment))).toBe(desk.report(id).digest);
        }
      }),
      { numRuns: 8, seed: 2026 },
    );
  });

  test('of many indicators is not there any more, and its file has room again', async () => {
    const registry = openForTest();
    const { desk, published } = await twice(registry);
    const { evidence } = desk.assessment(published).assessment;
    const [before, free] = [registry.assessments.bytes(), registry.freeBytes()];
    await removeEvidence({ shelf: registry.assessments, keptSince: Date.now(), now: Date.now() });
    const left = desk.assessment(published).assessment.evidence;
    expect(left).toEqual(shownEvidence(evidence));
    expect(left.windows[0]?.machines[0]?.figures.map(({ kpi }) => kpi)).toEqual(['utilisation']);
    expect(evidence.windows[0]?.machines[0]?.figures.length).toBeGreaterThan(3);
    expect(registry.assessments.bytes()).toBeLessThan(before);
    expect(registry.freeBytes()).toBeGreaterThanOrEqual(free);
  });

  test('is written down first: a process that is killed then has removed nothing that is still given, and the next one ends it', async () => {
    const dir = tempDir();
    let [id, before]: [number, readonly string[]] = [0, []];
    {
      using registry = openRegistry({ dir });
      const { desk, published, newest } = await twice(registry);
      [id, before] = [published, await readersOf(desk, [published, newest])];
    }
    const killed = spawnSync(process.execPath, [join(import.meta.dirname, 'killed-removal.ts'), dir], {
      encoding: 'utf8',
    });
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
    const size = () => {
      using db = new DatabaseSync(join(dir, REGISTRY_FILE), { readOnly: true });
      return db.prepare('SELECT length(evidence) AS bytes FROM assessment WHERE id = ?').get(id)?.bytes;
    };
    expect(size()).toBeGreaterThan(100);
    const { town } = await openBureau(openForTest());
    const registry = openForTest({ dir });
    const { desk } = deskOf(registry, town);
    const asKilled = async () => {
      expect(await readersOf(desk, [id, id + 1])).toEqual(before);
      expect(() => desk.report(id)).toThrow(removed);
    };
    await asKilled();
    // Even where evidence is kept for good by now.
    await removeEvidence({ shelf: registry.assessments, keptSince: null, now: Date.now() });
    expect(size()).toBe(0);
    await asKilled();
  });

  test('of a registry of before results were kept: what was published is kept first', async () => {
    const { desk: then, town } = await openBureau(openForTest());
    const { assessment, digest } = await then.assess(ASKED);
    const dir = tempDir();
    const old = new DatabaseSync(join(dir, REGISTRY_FILE));
    migrate(old, MIGRATIONS.slice(0, 25), 'old');
    const insert = old.prepare('INSERT INTO assessment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const documents = [evidenceJson.text(assessment.evidence), rubricJson.text(then.rubric('utilisation'))];
    const [evidence, rubric] = documents.map((text) => deflateSync(text)) as [Buffer, Buffer];
    const facts = ['haida', 'utilisation', '1', WEEK.from, WEEK.to, 1] as const;
    insert.run(1, ...facts, 5, '李主任', evidence, rubric);
    insert.run(2, ...facts, null, null, evidence, rubric);
    insert.run(3, ...facts, 6, '李主任', evidence, rubric);
    insert.run(4, ...facts, 5, '李主任', deflateSync('{"torn":'), rubric);
    insert.run(5, ...facts, 7, '李主任', evidence, rubric);
    old.close();
    const registry = openForTest({ dir });
    const { desk } = deskOf(registry, town);
    const ids = [1, 2, 3, 5];
    const whole = () => ids.map((id) => ({ ...desk.assessment(id), evidenceRemovedAt: null }));
    const shown = () =>
      whole().map((one) =>
        assessmentJson.text({ ...one.assessment, evidence: shownEvidence(one.assessment.evidence) }),
      );
    const before = [whole(), shown()] as const;
    expect(before[0].map((one) => one.digest)).toEqual(ids.map(() => digest));
    const shelf = registry.assessments;
    // What can't be read is told, and holds up nothing else.
    await expect(removeEvidence({ shelf, keptSince: null, now: 9 })).rejects.toThrow('this is no JSON');
    expect(whole()).toEqual(before[0]);
    expect(ids.map((id) => shelf.get(id)?.result?.digest)).toEqual([digest, undefined, digest, digest]);
    await expect(removeEvidence({ shelf, keptSince: DAY, now: 9 })).rejects.toThrow('this is no JSON');
    expect(shown()).toEqual(before[1]);
    expect([...ids, 4].map((id) => shelf.get(id)?.evidence === null)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(desk.assessment(1).evidenceRemovedAt).toBe(9);
  });

  test('is missing to verify: the published report is known by its digest, another is not checked', async () => {
    const registry = openForTest();
    const { desk, published, draft } = await twice(registry);
    const report = desk.report(published).assessment;
    const outcomes = async (one: Assessment) =>
      (await desk.verify(one)).filter(({ outcome, kpi }) => outcome !== 'same' || kpi === 'evidence');
    expect(await outcomes(report)).toEqual([]);
    await removeEvidence({ shelf: registry.assessments, keptSince: Date.now(), now: DAY });
    const evidence = { window: 'period', group: 'report', kpi: 'evidence' };
    expect(await outcomes(report)).toMatchObject([{ ...evidence, outcome: 'same' }]);
    expect(await outcomes(draft)).toMatchObject([
      {
        ...{ ...evidence, outcome: 'not-checked', recomputed: null },
        because: `the evidence of assessment ${published} was removed on 1970-01-02, and this isn't the report that was published of it`,
      },
    ]);
    // What is wrong is still found.
    const forged = { ...report, entries: [{ ...closure, at: 7, by: '谁' } as Entry] };
    expect((await outcomes(forged)).map(({ kpi, outcome }) => [kpi, outcome])).toEqual(
      expect.arrayContaining([
        ['evidence', 'not-checked'],
        ['entry 1', 'differs'],
      ]),
    );
  });
});

/** Two published assessments of a pilot by one rubric; the first as it was before its entry, too. */
async function twice(registry: Registry) {
  const { desk, town } = await openBureau(registry);
  const first = await desk.assess({ ...ASKED, rubric: 'zj-future-factory' });
  desk.enter(first.id, closure);
  await desk.publish(first.id, '李主任');
  await town.clock.advance(HOUR);
  const { id: newest } = await desk.assess({ ...ASKED, rubric: 'zj-future-factory' });
  await desk.publish(newest, '李主任');
  return { desk, published: first.id, newest, draft: first.assessment };
}
