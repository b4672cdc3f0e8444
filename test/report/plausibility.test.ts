import { expect, test } from 'vitest';
import type { Evidence } from '../../domain/assess/evidence.ts';
import { reportHtml } from '../../report/report-html.ts';
import { sampleReport } from './sample.ts';

const page = (language: 'zh' | 'en', change?: (evidence: Evidence) => Evidence): string =>
  reportHtml({ ...sampleReport({ rubric: 'utilisation', ...(change ? { change } : {}) }), language });

/** Every machine of the sample was found to have a day sent again. */
const replayed = (evidence: Evidence): Evidence => ({
  ...evidence,
  plausibility: {
    close: evidence.period,
    compared: evidence.period,
    grade: 'C',
    machines: (evidence.windows[0]?.machines ?? []).map(({ path }) => ({
      machine: path,
      grade: 'C',
      findings: [
        {
          ...{ check: 'replayed-segment', grade: 'C', ...evidence.period },
          evidence: { events: 40, differentGaps: 12, shiftMs: 86_400_000 },
        },
        {
          ...{ check: 'copied-stream', grade: 'C', ...evidence.period },
          evidence: { otherMachine: 'a/b/c/d/twin', events: 40, differentGaps: 12, shiftMs: 3_600_000 },
        },
      ],
    })),
  },
});

test.each([
  [
    'zh',
    [
      '证据等级 <b>C</b>：有与证据相悖之处',
      '重放的数据段',
      '时间平移 1 天',
      '得分未作改动',
      '按特征比对数据流',
      '另一台设备 a/b/c/d/twin',
    ],
  ],
  [
    'en',
    [
      'Evidence grade <b>C</b>: something speaks',
      'Replayed segment',
      'moved by 1 d',
      'the score is as it was',
      'Streams were compared by their prints',
      'other machine a/b/c/d/twin',
    ],
  ],
] as const)(
  'a lowered grade stands in the result, beside its findings, and with its evidence: %s',
  (language, said) => {
    const text = page(language, replayed);
    for (const words of said) expect(text).toContain(words);
    expect(text).not.toContain('undefined');
  },
);

test('where nothing was found, that is said; where nobody looked, that', () => {
  const clean = page('zh', (evidence) => ({
    ...evidence,
    plausibility: { close: evidence.period, grade: 'A', machines: [] },
  }));
  expect(clean).toContain('没有发现。');
  expect(clean).not.toContain('得分未作改动');
  // Evidence of before streams were compared doesn't say that they were.
  expect(clean).not.toContain('按特征比对数据流');
  expect(page('zh')).toContain('取证时尚未做此检查，没有等级。');
});
