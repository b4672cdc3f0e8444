import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benefitNamed, benefits } from '../../domain/assess/benefits/index.ts';
import { measureNamed, measures } from '../../domain/assess/measures/index.ts';
import { FIGURE_FLAGS } from '../../domain/formula.ts';
import { CLAUSE_OF_KPIS, STANDARD_KPIS } from '../../domain/iso-22400.ts';
import { kpiOf, kpis } from '../../domain/kpi/index.ts';
import { LEDGER_FLAGS, TIME_CLASSES } from '../../domain/ledger-row.ts';
import { lineAt } from '../../domain/line/line.ts';
import { lineRuleOf, lineRules } from '../../domain/line/rules/index.ts';
import { waitingRuleOf, waitingRules } from '../../domain/line/waiting/index.ts';
import { LOSS_VIEWS } from '../../domain/losses.ts';
import { meaningOf, type Vocabulary } from '../../domain/meaning.ts';
import { CLASS_NAMES, type Name, namesIn, STATE_NAMES } from '../../domain/names.ts';
import { PACKML_STATES } from '../../domain/packml-states.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { plausibilityChecks } from '../../domain/plausibility/checks/index.ts';
import { REFUSALS } from '../../domain/refusal.ts';
import { signalsOf } from '../../domain/signals.ts';
import { isState, STATES } from '../../domain/state.ts';
import { compileClasses, STOP_STATES, TIME_CLASS_RULES } from '../../domain/time-classes.ts';
import { vocabularies, vocabularyOf } from '../../domain/vocabulary/index.ts';

const DOMAIN = join(import.meta.dirname, '../../domain');
const catalogues = {
  kpi: kpis,
  vocabulary: vocabularies,
  'line/rules': lineRules,
  'line/waiting': waitingRules,
  'plausibility/checks': plausibilityChecks,
  'assess/measures': measures,
  'assess/benefits': benefits,
};

describe.each(Object.entries(catalogues))('domain/%s', (folder, list) => {
  test('folder and list agree', () => {
    const files = readdirSync(join(DOMAIN, folder))
      .filter((file) => file !== 'index.ts')
      .map((file) => file.replace(/\.ts$/, ''))
      .sort();
    expect(list.map((entry) => entry.id).sort()).toEqual(files);
  });

  test('every entry has a title in both languages and a source', () => {
    for (const { title, source } of list) {
      expect(title.zh).toMatch(/\p{Script=Han}/u);
      expect(title.en.length).toBeGreaterThan(2);
      expect(source.length).toBeGreaterThan(10);
    }
  });
});

describe('KPIs', () => {
  test('are found by id', () => {
    expect(kpiOf('oee')?.formula).toBe('Σ PRI·GQ / PBT');
    expect(kpiOf('luck')).toBeUndefined();
  });

  test('name their version after themselves', () => {
    for (const { id, formulaVersion } of kpis) expect(formulaVersion).toMatch(new RegExp(`^${id}/\\d+$`));
  });
});

describe('the KPIs of ISO 22400-2', () => {
  test('are 34, each given under an id that the catalogue has, or left out for a reason in both languages', () => {
    expect(STANDARD_KPIS).toHaveLength(34);
    expect(new Set(STANDARD_KPIS.map(({ title }) => title.en)).size).toBe(34);
    for (const one of STANDARD_KPIS) {
      expect(one.title.zh).toMatch(/\p{Script=Han}/u);
      if (one.kpi === null) {
        expect(one.why.zh).toMatch(/\p{Script=Han}/u);
        expect(one.why.en).toMatch(/^[^\p{Script=Han}]{20,}$/u);
      } else expect(kpiOf(one.kpi)).toMatchObject({ clause: CLAUSE_OF_KPIS });
    }
  });

  test('are all that name its clause: what is our own has none', () => {
    const given = STANDARD_KPIS.map(({ kpi }) => kpi).filter((kpi) => kpi !== null);
    expect(kpis.flatMap(({ id, clause }) => (clause === null ? [] : [id])).sort()).toEqual(given.sort());
  });
});

describe('measures', () => {
  test('are found by id', () => {
    expect(measureNamed('networking-rate')?.title.zh).toBe('设备联网率');
    expect(measureNamed('luck')).toBeUndefined();
  });

  test('say in both languages what they are and what their denominator is', () => {
    for (const { definition, denominator } of measures) {
      for (const text of [definition, denominator]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/^[^\p{Script=Han}]{10,}$/u);
      }
    }
  });

  test('that are KPIs go by the name of the KPI', () => {
    const named = kpis.filter(({ id }) => measureNamed(id));
    expect(named.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['utilisation', 'availability', 'effectiveness', 'quality-ratio', 'oee']),
    );
    for (const { id, title } of named) expect(measureNamed(id)?.title).toEqual(title);
  });
});

test('benefits are found by id, and share none with a measure', () => {
  expect(benefitNamed('defect-rate')?.trend).toBe('lower-is-better');
  expect(benefitNamed('networking-rate')).toBeUndefined();
  expect(benefits.filter(({ id }) => measureNamed(id))).toEqual([]);
});

describe('vocabularies', () => {
  test('are found by id; an unknown one names the known', () => {
    expect(vocabularyOf('mtconnect').id).toBe('mtconnect');
    expect(() => vocabularyOf('klingon')).toThrow(
      'there is no vocabulary "klingon"; known are: kaidong, mtconnect, packml, packml-opc-30060, semi-e10, opc-machinery',
    );
  });

  test('our own has every state under its own name', () => {
    for (const state of STATES) expect(meaningOf(vocabularyOf('kaidong'), state, []).state).toBe(state);
    expect(isState('running') && !isState('ACTIVE')).toBe(true);
  });

  test('inherited property names are no words', () => {
    for (const word of ['constructor', 'toString', '__proto__']) {
      expect(meaningOf(vocabularyOf('kaidong'), word, [])).toMatchObject({
        state: 'unknown',
        reason: 'unmapped',
      });
    }
  });

  test('read exactly the signals that their overrides name', () => {
    for (const { signals, overrides } of vocabularies) {
      expect([...new Set(overrides.map(({ signal }) => signal))].sort()).toEqual([...signals].sort());
    }
  });

  test('decide which signals a machine needs', () => {
    const machine: Machine = { path: 'a/b/c/d/e', declared: true, ...MACHINE_DEFAULTS };
    expect(signalsOf(machine)).toEqual([
      'count',
      'energy',
      'inspected',
      'order',
      'product',
      'reason',
      'reject',
      'rework',
      'state',
    ]);
    expect(signalsOf({ ...machine, stateSignal: 'pexecution', vocabulary: 'mtconnect' })).toEqual([
      'avail',
      'count',
      'energy',
      'estop',
      'fmode',
      'inspected',
      'logic',
      'order',
      'pexecution',
      'product',
      'reason',
      'reject',
      'rework',
      'state',
      'system',
    ]);
  });

  test('that ignore case are written in lower case, so that each of their words can be met', () => {
    for (const { ignoreCase, states, overrides } of vocabularies) {
      const words = [...Object.keys(states), ...overrides.flatMap(({ words }) => words)];
      if (ignoreCase) expect(words).toEqual(words.map((word) => word.toLowerCase()));
    }
  });

  test('PackML has its states once in each numbering, and means the same by a name in both', () => {
    const [tags, tmc] = [vocabularyOf('packml'), vocabularyOf('packml-opc-30060')];
    for (const [name, state] of Object.entries(PACKML_STATES)) {
      for (const words of [tags, tmc]) expect(meaningOf(words, name.toUpperCase(), []).state).toBe(state);
    }
    const numbers = ({ states }: Vocabulary) => Object.keys(states).filter((word) => /^\d+$/.test(word));
    expect(numbers(tags)).toEqual(Array.from({ length: 18 }, (_, number) => String(number)));
    expect(numbers(tmc)).toEqual(Array.from({ length: 17 }, (_, number) => String(number)));
    expect([meaningOf(tags, '2', []).state, meaningOf(tmc, '2', []).state]).toEqual(['down', 'idle']);
  });
});

describe('rules of lines', () => {
  test('say why they judge as they do, in both languages', () => {
    for (const { why } of [...lineRules, ...waitingRules]) {
      expect(why.zh).toMatch(/\p{Script=Han}/u);
      expect(why.en).toMatch(/^[^\p{Script=Han}]{30,}$/u);
    }
  });

  test('are found by id; a bottleneck can’t be watched where none is named', () => {
    expect(waitingRuleOf('luck')).toBeUndefined();
    const line = { standings: ['running' as const], since: [0], bottleneck: null };
    expect(() => lineRuleOf('bottleneck')?.look(line)).toThrow('needs the bottleneck of the line');
  });

  test('of a line that nobody declared are the defaults, over its machines as they are declared', () => {
    const machines = ['a/b/c/d/two', 'a/b/c/other/x', 'a/b/c/d/one'];
    const line = lineAt(undefined, 'a/b/c/d', machines);
    expect(line).toMatchObject({
      declared: false,
      machines: ['a/b/c/d/two', 'a/b/c/d/one'],
      rule: 'first-stop',
    });
    const own = { ...line, declared: true, rule: 'all-stopped' };
    expect(lineAt([own], 'a/b/c/d', machines)).toBe(own);
    expect(lineAt([own], 'a/b/c/other', machines).machines).toEqual(['a/b/c/other/x']);
  });
});

describe('time classes', () => {
  test('each is reached by a rule, and stop states are states', () => {
    expect(new Set(TIME_CLASS_RULES.map((rule) => rule.class))).toEqual(new Set(TIME_CLASSES));
    for (const state of STOP_STATES) expect(STATES).toContain(state);
  });

  test('a table that leaves an instant without a class is refused', () => {
    expect(() => compileClasses(TIME_CLASS_RULES.filter((rule) => rule.class !== 'idle'))).toThrow(
      'no rule gives idle in scheduled time a class',
    );
  });
});

describe('names', () => {
  const glossary = readFileSync(join(DOMAIN, 'README.md'), 'utf8');
  test.each(Object.entries({ ...STATE_NAMES, ...CLASS_NAMES }))(
    'of %s are Chinese and English',
    (_, { zh, en }) => {
      expect(zh).toMatch(/^\p{Script=Han}+$/u);
      expect(en).toMatch(/^[A-Z][a-z ]+$/);
    },
  );

  test.each<[string, Readonly<Record<string, Name>>]>([
    ['states', STATE_NAMES],
    ['time classes', CLASS_NAMES],
  ])('of %s are those of the glossary, each for one', (_, names) => {
    for (const [id, { zh }] of Object.entries(names)) {
      expect(glossary).toMatch(new RegExp(`\\| \`${id}\` +\\| ${zh} +\\|`));
    }
    for (const language of ['zh', 'en'] as const) {
      expect(new Set(Object.values(namesIn(names, language))).size).toBe(Object.keys(names).length);
    }
  });

  test('of loss steps are in the glossary too', () => {
    for (const { id, title, source } of Object.values(LOSS_VIEWS).flatMap(({ steps }) => steps)) {
      expect(glossary).toContain(`\`${id}\``);
      expect(title.zh).toMatch(/\p{Script=Han}/u);
      expect(source.length).toBeGreaterThan(10);
    }
  });
});

test('the glossary explains every state, class, flag, refusal and KPI', () => {
  const glossary = readFileSync(join(DOMAIN, 'README.md'), 'utf8');
  const words = [
    ...STATES,
    ...TIME_CLASSES,
    ...LEDGER_FLAGS,
    ...FIGURE_FLAGS,
    ...Object.keys(REFUSALS),
    ...kpis.map((kpi) => kpi.id),
    ...vocabularies.map((vocabulary) => vocabulary.id),
  ];
  expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
});
