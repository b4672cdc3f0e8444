import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../report/report-html.ts';
import { sampleReport } from '../report/sample.ts';
import { launchChromium, skipWithoutChromium } from './open-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = join(import.meta.dirname, '../../test-output/screenshots');
/** A4 at 96 dots an inch, less the margins of the report's page rule. */
const PRINTED = { width: Math.round(((210 - 28) / 25.4) * 96), height: 1000 };

describe.skipIf(skipWithoutChromium())('the report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test.each([
    ['zh', 'zj-future-factory'],
    ['en', 'zj-future-factory'],
    ['zh', 'utilisation'],
    ['en', 'cmmm-39116'],
  ] as const)(
    '%s, %s: fits the paper, prints to pages, asks nobody, and axe finds nothing serious',
    async (language, rubric) => {
      const page = await browser.newPage({ viewport: PRINTED });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.emulateMedia({ media: 'print' });
      await page.setContent(reportHtml({ ...sampleReport({ rubric }), language }));
      const { over, cut } = (await page.evaluate(`({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        cut: [...document.querySelectorAll('td, th')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length,
      })`)) as { over: number; cut: number };
      expect({ over, cut }).toEqual({ over: 0, cut: 0 });
      const pdf = await page.pdf({
        path: join(SHOTS, `report-${rubric}-${language}.pdf`),
        preferCSSPageSize: true,
      });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(2);
      expect(pages).toBeLessThan(15);
      await page.emulateMedia({ media: 'screen' });
      await page.screenshot({ path: join(SHOTS, `report-${rubric}-${language}.png`), fullPage: true });
      await page.evaluate(AXE);
      const serious = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
        };
        const { violations } = await axe.run();
        return violations
          .filter(({ impact }) => ['serious', 'critical'].includes(impact))
          .map(({ id }) => id);
      });
      expect(serious).toEqual([]);
      expect(asked).toEqual([]);
      await page.close();
    },
  );
});
