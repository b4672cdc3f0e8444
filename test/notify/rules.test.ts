import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createPlantCalendar } from '../../composition/plant-calendar.ts';
import { configSchema } from '../../config/schema.ts';
import { ALERT_RULES } from '../../domain/alert.ts';
import { machineAt } from '../../domain/plant.ts';
import type { Facts, MachineFact } from '../../notify/facts.ts';
import { RULES, ruleOf } from '../../notify/rules/index.ts';
import { entry, firing, PLANT } from './entry.ts';

const FOLDER = join(import.meta.dirname, 'rules');
const MINUTE_MS = 60_000;

interface Case {
  readonly why: string;
  readonly entry: { readonly rule: (typeof ALERT_RULES)[number] };
  readonly now: string;
  readonly hearing?: boolean;
  readonly sourceHeard?: Readonly<Record<string, number>>;
  readonly ingest?: string;
  readonly open?: readonly string[];
  readonly machines?: readonly Partial<MachineFact>[] | null;
  readonly coverage?: readonly { plannedMinutes: number }[] | null;
  readonly books?: readonly object[] | null;
  readonly parts?: Facts['parts'];
  readonly certificates?: Facts['certificates'];
  readonly disk?: Facts['disk'];
  readonly expect: readonly { is: string; subject: string; since?: string; lastedMinutes?: number }[] | null;
  readonly says?: { readonly zh?: string; readonly en?: string };
}

/** Every text that is a time becomes one in ms. */
const timed = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, text) =>
    typeof text === 'string' && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : text,
  ) as T;

const NEVER_HEARD = {
  state: 'unknown',
  reason: null,
  since: null,
  lastHeard: null,
  stale: false,
  source: null,
};

function factsOf(given: Case): Facts {
  const calendar = createPlantCalendar(PLANT);
  const asOf = Date.parse(given.now);
  const { machines, coverage, books, parts, certificates, disk, sourceHeard } = timed(given);
  return {
    asOf,
    machines:
      machines?.map(
        (machine) =>
          ({
            ...NEVER_HEARD,
            maxSilenceMs: machineAt(PLANT, machine.path as string).maxSilenceMs,
            ...machine,
          }) as MachineFact,
      ) ?? null,
    coverage: (coverage?.map(({ plannedMinutes, ...fact }) => ({
      ...fact,
      plannedMs: plannedMinutes * MINUTE_MS,
    })) ?? null) as Facts['coverage'],
    books: (books && [
      { ingest: given.ingest ?? '', samples: books.map((sample) => ({ refused: 0, ...sample })) },
    ]) as Facts['books'],
    parts: parts ?? null,
    certificates: certificates ?? null,
    disk: disk ?? null,
    hearing: given.hearing ?? true,
    ...(sourceHeard ? { sourceHeard: (source) => sourceHeard[source] ?? null } : {}),
    planned: (machine) => calendar.planned(machine, asOf),
    scheduledMs: (machine, from) => calendar.scheduledMs(machine, from, asOf),
  };
}

test('folder, list, closed list and cases agree: one file a rule, named by it', () => {
  const files = readdirSync(join(import.meta.dirname, '../../notify/rules'))
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace('.ts', ''));
  const ids: string[] = RULES.map(({ id }) => id);
  expect(files.toSorted()).toEqual(ids.toSorted());
  expect([...ALERT_RULES].toSorted()).toEqual(ids.toSorted());
  expect(readdirSync(FOLDER).toSorted()).toEqual(files.map((name) => `${name}.yaml`).toSorted());
});

test('the configuration takes every rule, with a default for each setting that it has', () => {
  for (const rule of ALERT_RULES) {
    const { notify } = configSchema.parse({ notify: { rules: [{ rule, channels: ['crew'] }] } });
    expect(notify.rules[0]).toMatchObject({ rule, clearMinutes: 2, tellResolved: true });
  }
});

describe.each(ALERT_RULES)('%s', (id) => {
  const cases = parse(readFileSync(join(FOLDER, `${id}.yaml`), 'utf8')) as readonly Case[];
  test.each(cases.map((one) => [one.why, one] as const))('%s', (why, given) => {
    expect(why.length).toBeGreaterThan(10);
    const rule = ruleOf(given.entry.rule);
    const open = new Map((given.open ?? []).map((subject) => [subject, firing(subject, 0)]));
    const judgements = rule.judge({ facts: factsOf(given), entry: entry({ ...given.entry }), open });
    expect(
      judgements?.map((one) => ({
        is: one.is,
        subject: one.subject,
        ...('since' in one && { since: one.since }),
        ...('lastedMs' in one && { lastedMinutes: (one.lastedMs as number) / MINUTE_MS }),
      })) ?? null,
    ).toEqual(timed(given.expect));
    const [first] = judgements ?? [];
    for (const language of ['zh', 'en'] as const) {
      const wanted = given.says?.[language];
      if (wanted) expect(first?.is === 'yes' && rule.says(first, language)).toBe(wanted);
    }
  });
});
