import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createArchive } from '../../analysis/assessment/archive.ts';
import { removeEvidence } from '../../analysis/assessment/remove-evidence.ts';
import { type Invocation, UsageError } from '../../cli/command.ts';
import { assess } from '../../cli/commands/assess.ts';
import { verify } from '../../cli/commands/verify.ts';
import { assessmentJson } from '../../domain/assess/json.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { HOUR, plantAtRest } from './plant-at-rest.ts';

const period = (from: number) => ({
  from: new Date(from).toISOString(),
  to: new Date(from + HOUR).toISOString(),
});

async function reportOf(plant: Awaited<ReturnType<typeof plantAtRest>>): Promise<string> {
  const { dir, from } = plant;
  const out = join(dir, 'a.json');
  const values = {
    config: join(dir, 'kaidong.yaml'),
    pilot: 'a',
    rubric: 'utilisation',
    ...period(from),
    out,
  };
  const quiet = { print: () => {}, report: () => {}, signal: new AbortController().signal };
  expect(await assess.run({ values, positionals: [], ...quiet })).toBe(0);
  return out;
}

function asked(config: string, file: string, json: boolean) {
  const printed: string[] = [];
  const invocation: Invocation = {
    values: { config, json },
    positionals: [file],
    print: (line) => printed.push(line),
    report: () => {},
    signal: new AbortController().signal,
  };
  return { invocation, printed };
}

async function outcome(config: string, file: string) {
  const { invocation, printed } = asked(config, file, true);
  const code = await verify.run(invocation).catch((error: Error) => error.message);
  return { code, ...JSON.parse(printed[0] ?? 'null') };
}

describe('verify tells apart', () => {
  test('a report that is the same', async () => {
    const plant = await plantAtRest();
    const file = await reportOf(plant);
    const { code, outcome: found, differ, lost } = await outcome(join(plant.dir, 'kaidong.yaml'), file);
    expect({ code, found, differ, lost }).toEqual({ code: 0, found: 'same', differ: 0, lost: 0 });
  });

  test('what says nothing of a report, which is refused instead of left aside', async () => {
    const plant = await plantAtRest();
    const file = await reportOf(plant);
    const { invocation, printed } = asked(join(plant.dir, 'kaidong.yaml'), file, false);
    const values = { ...invocation.values, url: 'http://127.0.0.1:1', scope: 'acme' };
    const refusal = verify.run({ ...invocation, values });
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow("verify: --url, --scope can't be said with a report");
    expect(printed).toEqual([]);
  });

  test('a report that leaves a machine out, which is named', async () => {
    const plant = await plantAtRest();
    const file = await reportOf(plant);
    {
      await using store = await openEmbeddedStore({ dir: join(plant.dir, 'data/store') });
      const ts = plant.from + 2000;
      await store.write([{ machine: 'acme/a/a/l/late', ts, signals: ['state'], values: ['down'] }]);
    }
    const config = join(plant.dir, 'kaidong.yaml');
    const { code, outcome: found } = await outcome(config, file);
    expect([code, found]).toEqual([1, 'differs']);
    const { invocation, printed } = asked(config, file, false);
    expect(await verify.run(invocation)).toBe(1);
    expect(printed.join('\n')).toMatch(
      /differs: machine of acme\/a\/a\/l\/late, period: .* leaves out this machine of the pilot, heard until/,
    );
  });

  test('a report whose observations are removed', async () => {
    const plant = await plantAtRest();
    const file = await reportOf(plant);
    const config = join(plant.dir, 'short.yaml');
    writeFileSync(config, `data: { dir: ${join(plant.dir, 'data')}, retentionDays: 1 }\n`);
    {
      await using store = await openEmbeddedStore({ dir: join(plant.dir, 'data/store') });
      await store.purge(plant.from + HOUR);
    }
    const { code, outcome: found, differ, lost, all } = await outcome(config, file);
    expect({ code, found, differ }).toEqual({ code: 3, found: 'not-checked', differ: 0 });
    expect(lost).toBeGreaterThan(0);
    const words = all.flatMap(({ because }: { because: string | null }) => because ?? []);
    expect(new Set(words)).toEqual(new Set(['the observations of that time are removed']));
  });

  test('a report whose evidence is removed: the published one by its digest, a draft is not checked', async () => {
    const plant = await plantAtRest();
    const config = join(plant.dir, 'kaidong.yaml');
    const drafts = [readFileSync(await reportOf(plant), 'utf8'), readFileSync(await reportOf(plant), 'utf8')];
    const published = join(plant.dir, 'published.json');
    {
      using registry = openRegistry({ dir: join(plant.dir, 'data') });
      const shelf = registry.assessments;
      const archive = createArchive(shelf);
      const note = { note: '现场核实', by: '王工', at: 1 };
      shelf.enter(1, { kind: 'answer-withdrawn', indicator: 'networking', ...note });
      for (const [at, id] of [1, 2].entries()) {
        const scored = archive.scored(id);
        const result = await archive.resultOf(scored);
        if (id === 1) writeFileSync(published, assessmentJson.text(scored.assessment));
        const entries = scored.kept.entries.length;
        expect(shelf.publish(id, { by: '李主任', at, entries, result })).toBe(true);
      }
      await removeEvidence({ shelf, keptSince: Date.now(), now: Date.now() });
    }
    const file = join(plant.dir, 'draft.json');
    writeFileSync(file, drafts[0] as string);
    expect(await outcome(config, published)).toMatchObject({ code: 0, outcome: 'same' });
    expect(await outcome(config, file)).toMatchObject({
      code: 3,
      outcome: 'not-checked',
      differ: 0,
      lost: 1,
    });
    const { invocation, printed } = asked(config, file, false);
    expect(await verify.run(invocation)).toBe(3);
    expect(printed[0]).toMatch(
      /^could not be checked: evidence of report, period: .*; the evidence of assessment 1 was removed on \d{4}-\d\d-\d\d, and this isn't the report that was published of it$/,
    );
    // The newest keeps its own.
    writeFileSync(file, drafts[1] as string);
    expect(await outcome(config, file)).toMatchObject({ code: 0, outcome: 'same' });
  });

  test('a store that is away, and a folder without data: nothing is said against the report', async () => {
    const plant = await plantAtRest();
    const file = await reportOf(plant);
    const away = join(plant.dir, 'away.yaml');
    const store = 'store: { kind: influxdb1, url: "http://127.0.0.1:9", database: kaidong }';
    writeFileSync(away, `data: { dir: ${join(plant.dir, 'data')} }\n${store}\n`);
    const nowhere = join(plant.dir, 'nowhere.yaml');
    writeFileSync(nowhere, `data: { dir: ${join(plant.dir, 'nothing')} }\n`);
    for (const [config, why] of [
      [away, /./],
      [nowhere, /there is no data in/],
    ] as const) {
      const { code, outcome: found, because, differ } = await outcome(config, file);
      expect({ found, differ }).toEqual({ found: 'not-checked', differ: 0 });
      expect(because).toMatch(why);
      expect(code).toMatch(/a\.json could not be checked: /);
    }
    expect(readFileSync(file, 'utf8')).toContain('kaidong/assessment/1');
  });
});
