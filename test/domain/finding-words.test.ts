import { expect, test } from 'vitest';
import { checkTitle, evidenceWords } from '../../domain/plausibility/finding-words.ts';
import { REVISION_CAUSES, type RevisionCause } from '../../domain/revision-cause.ts';

test('numbers of a finding have names, and times are times, in both languages', () => {
  expect(evidenceWords({ evidence: { events: 40, differentGaps: 12, shiftMs: 86_400_000 } })).toEqual({
    zh: '相同的事件数 40，不同的间隔数 12，时间平移 1 天',
    en: 'equal events 40, different gaps among them 12, moved by 1 d',
  });
  expect(evidenceWords({ evidence: { everyMs: 90_500.5 } }).en).toBe('apart 1 min 30 s');
  expect(evidenceWords({ evidence: { everyMs: 200 } }).en).toBe('apart 200 ms');
  expect(evidenceWords({ evidence: { ratio: 1.23456 } }).en).toBe('needed time over running time 1.235');
});

test('a time is told by its two largest units, below a second in milliseconds', () => {
  const said = (ms: number) => evidenceWords({ evidence: { everyMs: ms } });
  expect(said(93_784_000)).toEqual({ zh: '间隔 1 天 2 小时', en: 'apart 1 d 2 h' });
  expect(said(86_460_000).en).toBe('apart 1 d 1 min');
  expect(said(1000)).toEqual({ zh: '间隔 1 秒', en: 'apart 1 s' });
  expect(said(999)).toEqual({ zh: '间隔 999 毫秒', en: 'apart 999 ms' });
});

test('what this version has no words for is told as it is', () => {
  const same = (text: string) => ({ zh: text, en: text });
  expect(evidenceWords({ evidence: { ofTomorrow: 3 } })).toEqual(same('ofTomorrow 3'));
  expect(evidenceWords({ evidence: { cause: 'late-data' } })).toEqual({
    ...{ zh: '修改的种类 late-data', en: 'kind of change late-data' },
  });
  // A signal that is called like a kind of change is still that signal.
  expect(evidenceWords({ evidence: { signal: 'order' } })).toEqual({ zh: '信号 order', en: 'signal order' });
});

test('every kind of edit has its Chinese name', () => {
  const byThemselves: readonly RevisionCause[] = ['late-data', 'formula', 'rebuilt'];
  const edits = REVISION_CAUSES.filter((cause) => !byThemselves.includes(cause));
  for (const cause of edits) {
    expect(evidenceWords({ evidence: { cause } }).zh).toMatch(/^修改的种类 \p{Script=Han}+$/u);
  }
});

test('a check of another version is called by its id', () => {
  expect(checkTitle('of-tomorrow')).toEqual({ zh: 'of-tomorrow', en: 'of-tomorrow' });
});
