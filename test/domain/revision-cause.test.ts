import { describe, expect, test } from 'vitest';
import { appliedWords } from '../../domain/applied-words.ts';
import type { Vocabulary } from '../../domain/meaning.ts';
import { isMarkCause, settingChanges, withoutCause } from '../../domain/revision-cause.ts';

const before = {
  formula: 'ledger/2',
  machine: { path: 'm', idealCycleUs: 10, words: { a: 'idle' }, minorStopMs: 1 },
  site: { zone: 'UTC', shifts: [], classes: [] },
  vocabulary: { id: 'own', version: 1 },
};

describe('settings that changed', () => {
  test('are told by name and cause, each with what it was and is', () => {
    const after = {
      formula: 'ledger/3',
      machine: { path: 'm', idealCycleUs: 12, minorStopMs: 1, declared: true },
      site: { zone: 'Asia/Shanghai', shifts: [], classes: [{ state: 'idle' }] },
      vocabulary: { id: 'own', version: 2 },
    };
    expect(settingChanges(before, after)).toEqual([
      { name: 'formula', cause: 'formula', before: 'ledger/2', after: 'ledger/3' },
      { name: 'machine.declared', cause: 'settings', before: null, after: true },
      { name: 'machine.idealCycleUs', cause: 'cycle', before: 10, after: 12 },
      { name: 'machine.words', cause: 'vocabulary', before: { a: 'idle' }, after: null },
      { name: 'site.classes', cause: 'settings', before: [], after: [{ state: 'idle' }] },
      { name: 'site.zone', cause: 'calendar', before: 'UTC', after: 'Asia/Shanghai' },
      { name: 'vocabulary', cause: 'vocabulary', before: before.vocabulary, after: after.vocabulary },
    ]);
    expect(settingChanges(before, before)).toEqual([]);
    expect(settingChanges({ site: null }, { site: null, formula: undefined })).toEqual([]);
  });

  test('are no causes that a mark can name, unless somebody entered them', () => {
    expect([isMarkCause('late-data'), isMarkCause('cycle'), isMarkCause('calendar')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('are taken back one cause at a time', () => {
    const after = {
      ...before,
      machine: { path: 'm', idealCycleUs: 12, minorStopMs: 2 },
      site: { zone: 'UTC' },
    };
    expect(withoutCause(before, after, 'cycle')).toEqual({
      ...after,
      machine: { path: 'm', idealCycleUs: 10, minorStopMs: 2 },
    });
    expect(withoutCause(before, after, 'vocabulary').machine).toMatchObject({ words: { a: 'idle' } });
    expect(withoutCause(after, before, 'vocabulary').machine).not.toHaveProperty('words');
    expect(withoutCause(before, { ...after, formula: 'ledger/9' }, 'formula').formula).toBe('ledger/2');
    expect(withoutCause({}, { formula: 'ledger/9' }, 'formula').formula).toBeNull();
    expect(withoutCause(before, {}, 'calendar')).toEqual({ site: { zone: 'UTC', shifts: [] } });
    expect(withoutCause({ machine: { idealCycleUs: 1 } }, {}, 'cycle')).toEqual({
      machine: { idealCycleUs: 1 },
    });
    expect(withoutCause({}, { site: { zone: 'UTC' } }, 'calendar')).toEqual({ site: {} });
  });
});

describe('what of a vocabulary is applied', () => {
  const vocabulary: Vocabulary = {
    ...{ id: 'own', version: 1, title: { zh: '自有', en: 'own' }, source: 'own design' },
    states: { run: 'running', e1: { state: 'down', reason: 'jam' }, more: 'setup' },
    overrides: [
      { signal: 'mode', words: ['manual'], state: 'setup', reason: null },
      { signal: 'mode', words: ['off'], state: 'off', reason: null },
    ],
    signals: ['mode'],
  };

  test('is each word that was said, once and in order, with what it means', () => {
    expect(appliedWords(vocabulary, ['run', 'e1', 'run', 'never'], () => ['auto'])).toEqual({
      id: 'own',
      words: [
        ['e1', 'down', 'jam'],
        ['never', null],
        ['run', 'running'],
      ],
    });
  });

  test('and the overrides that fit a word of the other signal, whatever its case where that does not count', () => {
    const saidBy = (signal: string) => (signal === 'mode' ? ['Manual'] : []);
    expect(appliedWords(vocabulary, [], saidBy)).toEqual({ id: 'own', words: [] });
    expect(appliedWords({ ...vocabulary, ignoreCase: true }, [], saidBy)).toEqual({
      id: 'own',
      words: [],
      overrides: [vocabulary.overrides[0]],
    });
  });
});
