import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../domain/assess/evidence.ts';
import { html } from '../../report/html.ts';
import { reportHtml } from '../../report/report-html.ts';
import { SECTIONS } from '../../report/sections/index.ts';
import { WORDS } from '../../report/words.ts';
import { sampleReport } from './sample.ts';

const page = (language: 'zh' | 'en', options: Partial<Parameters<typeof sampleReport>[0]> = {}): string =>
  reportHtml({ ...sampleReport({ rubric: 'zj-future-factory', ...options }), language });

const ENTRIES: readonly Entry[] = [
  { kind: 'answer', indicator: 'q51', option: 'B', note: '见点检表', by: '王评审', at: 1_793_000_000_000 },
  {
    kind: 'closure',
    figure: 'networking-rate',
    verdict: 'not-accepted',
    note: '两台从未上报',
    by: '王评审',
    at: 1_793_000_100_000,
  },
];

describe('the report', () => {
  test('lists every section of its folder once', () => {
    const files = readdirSync(join(import.meta.dirname, '../../report/sections')).filter(
      (name) => name !== 'index.ts',
    );
    expect(SECTIONS).toHaveLength(files.length);
    expect(new Set(SECTIONS.map(({ id }) => `${id}.ts`))).toEqual(new Set(files));
  });

  test.each(['zh', 'en'] as const)('has every section in its order, in %s', (language) => {
    const text = page(language, { entries: ENTRIES });
    const places = SECTIONS.map(({ id }) => text.indexOf(`<section id="${id}">`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
  });

  test('asks nobody for anything: no script, no address, no import', () => {
    for (const language of ['zh', 'en'] as const) {
      const text = page(language);
      expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|https?:|src=/i);
      expect(text.match(/url\(([^)]*)\)/g)?.every((address) => address === 'url(#unknown)')).toBe(true);
    }
  });

  test('is the same to the byte each time', () => {
    expect(page('zh')).toBe(page('zh'));
  });

  test('says what the next level needs in the words of the question, and its gain in points and percentage points', () => {
    const gaps = page('zh').split('<section id="gaps">')[1]?.split('</section>')[0] ?? '';
    const rows = [...gaps.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) =>
      row.replaceAll(/<[^>]*>/g, '|'),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatch(/\|[A-F] [^|]*\p{Script=Han}/u);
      expect(row).toMatch(/\|\+\d+\.\d 个百分点\|/);
    }
  });

  test('prints bounds, coverage, denominators, digests and unverified marks beside the figures', () => {
    const text = page('zh');
    expect(text).toContain('登记的关键设备的台数（含静默和未接入的设备） = 2 / 3');
    expect(text).toContain('（42.3% ~ 82.7%）');
    expect(text).toContain('数据覆盖率 58.7%');
    expect(text).toContain('未核实·二手来源');
    expect(text).toContain('建议值，非官方');
    expect(text).toContain('utilisation/1');
  });

  test('never calls missing evidence zero, nor a domain without questions not applicable', () => {
    const text = page('zh');
    expect(text).toContain('证据不全，只给范围');
    expect(text).toContain('本标准未收录题目 (公布分值 55)');
  });

  test('says what the enterprise declared, what was measured, and how the discrepancy was closed', () => {
    const text = page('zh', { entries: ENTRIES });
    expect(text).toContain('+55.0 个百分点');
    expect(text).toContain('不予采信：两台从未上报（王评审，');
    expect(page('en')).toContain('+55.0 percentage points');
  });

  test('is punctuated as its language is', () => {
    expect(page('en')).toContain(' (42.3% ~ 82.7%)');
    expect(page('en')).toMatch(/ = 2 \/ 3; Coverage \d/);
    const own = page('en').replaceAll(/lang="zh-CN">[^<]*/g, '');
    expect(own).not.toMatch(/[a-z0-9%][：；，、（）]|[：；，、（）][a-z0-9%]/i);
  });

  test('a doubtful credit code is marked, and a missing one said', () => {
    const withCode = (creditCode: string | null) =>
      page('zh', {
        change: (evidence) => ({
          ...evidence,
          pilot: { ...evidence.pilot, enterprise: { ...evidence.pilot.enterprise, creditCode } },
        }),
      });
    expect(withCode('91350100M0001TGQXM')).toMatch(/91350100M0001TGQXM <span class="mark">[^<]*核对/);
    expect(withCode(null)).toContain('未填写');
  });

  test('names that look like HTML stay text', () => {
    const name = '<script>alert("x")</script>&<b>';
    const text = page('zh', {
      change: (evidence) => ({
        ...evidence,
        pilot: { ...evidence.pilot, enterprise: { ...evidence.pilot.enterprise, name }, district: name },
      }),
    });
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&lt;b&gt;');
  });

  test('a pilot without equipment, declared figures or machines still has a report', () => {
    const text = page('en', {
      change: (evidence) => ({
        ...evidence,
        pilot: { ...evidence.pilot, equipment: [], processes: [], declared: [], answers: [] },
        windows: evidence.windows.map((window) => ({
          ...window,
          machines: [],
          groups: window.groups.map((group) => ({ ...group, machines: [], figures: [] })),
        })),
      }),
    });
    expect(text).not.toContain('<section id="declared">');
    expect(text).not.toContain('NaN');
    expect(text).not.toContain('undefined');
  });
});

test('what is put into HTML is escaped unless it is HTML', () => {
  expect(html`<p>${'a<b'}${html`<i>${"'"}</i>`}${null}${false}${0}${['&', html`<br>`]}</p>`.text).toBe(
    '<p>a&lt;b<i>&#39;</i>0&amp;<br></p>',
  );
});

test('every word of the report is there in both languages', () => {
  for (const [word, { zh, en }] of Object.entries(WORDS)) {
    expect(zh, word).toMatch(/\p{Script=Han}/u);
    expect(en, word).toMatch(/[a-z]/i);
  }
});
