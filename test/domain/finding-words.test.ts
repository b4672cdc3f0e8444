import { expect, test } from 'vitest';
import { checkTitle, evidenceWords } from '../../domain/plausibility/finding-words.ts';
import { REVISION_CAUSES } from '../../domain/revision-cause.ts';

test('numbers of a finding have names, and times are times, in both languages', () => {
  expect(evidenceWords({ evidence: { events: 40, differentGaps: 12, shiftMs: 86_400_000 } })).toEqual({
    zh: '相同的事件数 40，不同的间隔数 12，时间平移 1 天',
    en: 'equal events 40, different gaps among them 12, moved by 1 d',
  });
  expect(evidenceWords({ evidence: { everyMs: 90_500.5 } }).en).toBe('apart 1 min 30 s');
  expect(evidenceWords({ evidence: { everyMs: 200 } }).en).toBe('apart 200 ms');
  expect(evidenceWords({ evidence: { ratio: 1.23456 } }).en).toBe('needed time over running time 1.235');
});

test('every kind of edit has its Chinese name', () => {
  const edits = REVISION_CAUSES.filter((cause) => cause !== 'late-data' && cause !== 'formula');
  for (const cause of edits) {
    expect(evidenceWords({ evidence: { cause } }).zh).toMatch(/^修改的种类 \p{Script=Han}+$/u);
  }
});

test('a check of another version is called by its id', () => {
  expect(checkTitle('of-tomorrow')).toEqual({ zh: 'of-tomorrow', en: 'of-tomorrow' });
});
