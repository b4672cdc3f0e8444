import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';
import { FULL_LINE, NOW, startShiftService, TODAY } from './shift-service.ts';

const PATIENCE_MS = 60_000;
const HOSTILE = `<img src=x onerror="document.title='!'"><script>document.title='!'</script>`;

describe.skipIf(skipWithoutChromium())('the shift report in Chromium', () => {
  let service: Awaited<ReturnType<typeof startShiftService>>;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    service = await startShiftService();
    browser = await launchChromium();
  }, 2 * PATIENCE_MS);
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
  });

  const open = async (language: 'zh' | 'en', size: keyof typeof SIZES, shift = 'day'): Promise<Page> => {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.clock.setFixedTime(NOW);
    const address = `${service.url}/?lang=${language}#/shift-report/${FULL_LINE}?day=${TODAY}&shift=${shift}`;
    await page.goto(address);
    await page.locator('.shift-sheet').waitFor();
    return page;
  };

  test('a note is written, corrected and kept; markup in it is text', async () => {
    const page = await open('en', 'tablet');
    const form = page.locator('.note-form');
    await form.locator('textarea').fill(`${HOSTILE}\nsecond line`);
    await form.locator('input').fill('王工');
    await form.locator('button[type=submit]').click();
    const note = page.locator('.shift-notes li').first();
    await note.locator('.note-text').waitFor();
    expect(await note.locator('.note-text').textContent()).toBe(`${HOSTILE}\nsecond line`);
    expect(await page.title()).not.toBe('!');
    await note.locator('button').click();
    const correction = page.locator('.note-form', { hasText: 'Corrects note 1' });
    await correction.locator('textarea').fill('the mould is changed');
    await correction.locator('button[type=submit]').click();
    await page.locator('.note-text', { hasText: 'the mould is changed' }).waitFor();
    await note.locator('summary').click();
    expect(await note.locator('del').textContent()).toBe(`${HOSTILE}\nsecond line`);
    await page.close();
  });

  test.each([
    ['zh', 'desktop'],
    ['en', 'tablet'],
    ['zh', 'wall'],
  ] as const)(
    'a full one in %s on a %s prints exactly one page with nothing of it cut, and axe finds nothing serious',
    async (language, size) => {
      for (let count = 0; count < 9; count++) {
        const text = `${count} ${'模具已更换，首件待检；下一班请先确认。'.repeat(12)}`;
        service.notes.add(
          { line: FULL_LINE, day: TODAY, shift: 'day', text, by: '王工', corrects: null },
          NOW,
        );
      }
      const page = await open(language, size);
      await page.screenshot({ path: join(SHOTS, `shift-full-${language}-${size}.png`), fullPage: true });
      expect(await seriousFindings(page)).toEqual([]);
      const sideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      expect(await page.evaluate(sideways)).toBe(false);
      const pdf = await page.pdf({
        path: join(SHOTS, `shift-full-${language}-${size}.pdf`),
        preferCSSPageSize: true,
      });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      await page.setViewportSize({ width: Math.round((190 / 25.4) * 96), height: 1000 });
      await page.emulateMedia({ media: 'print' });
      const cut = await page.evaluate(`(() => {
        const frameOf = (part) => (part.closest('.shift-columns') ?? part.closest('.shift-sheet')).getBoundingClientRect();
        return [...document.querySelectorAll('.shift-sheet section, .shift-foot, .shift-sheet .and-more, .shift-notes li')]
          .filter((part) => part.getBoundingClientRect().bottom > frameOf(part).bottom + 1 || part.scrollWidth > part.clientWidth + 1)
          .map((part) => part.className || part.getAttribute('aria-labelledby'));
      })()`);
      expect(cut).toEqual([]);
      const cutNumbers = await page.evaluate(`[...document.querySelectorAll('.shift-sheet td.number')]
        .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)`);
      expect(cutNumbers).toEqual([]);
      await page.close();
    },
  );

  test('a shift that there is not says which there are', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${service.url}/?lang=en#/shift-report/${FULL_LINE}?day=${TODAY}&shift=late`);
    await page.locator('.notice', { hasText: 'there are: day, night' }).waitFor();
    await page.close();
  });
});
