import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeEvidence } from '../../analysis/assessment/remove-evidence.ts';
import { en } from '../../dashboards/web/src/i18n/en.ts';
import { zh } from '../../dashboards/web/src/i18n/zh.ts';
import { openRegisterSheets } from '../../exchange/in-thread.ts';
import { HAIDA } from '../analysis/assessment/bureau.ts';
import { type AssessService, HOSTILE, NOW, startAssessService } from './assess-service.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const WEEK = { from: '2026-01-05T08:00:00+08:00', to: '2026-01-12T08:00:00+08:00' };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe.skipIf(skipWithoutChromium())('assessment in Chromium', () => {
  let service: AssessService;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    service = await startAssessService();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
  });

  async function open(
    route: string,
    { language = 'en', size = 'desktop', at = service }: OpenOptions = {},
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.on('pageerror', (error) => {
      throw error;
    });
    // The page chooses periods by the clock, and the plant worked in January.
    await page.clock.setFixedTime(NOW);
    await page.goto(`${at.url}/?lang=${language}#${route}`);
    return page;
  }
  interface OpenOptions {
    readonly language?: 'zh' | 'en';
    readonly size?: keyof typeof SIZES;
    readonly at?: AssessService;
  }

  async function assessed(rubric: string): Promise<number> {
    const response = await fetch(`${service.url}/api/v1/assessments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pilot: HAIDA.id, rubric, ...WEEK }),
    });
    return ((await response.json()) as { id: number }).id;
  }
  const rowOf = (page: Page, table: string, row: string) =>
    page.getByRole('table', { name: table, exact: true }).getByRole('row').filter({ hasText: row });
  const sign = async (page: Page, note: string): Promise<void> => {
    await page.getByLabel('Note').last().fill(note);
    await page.getByLabel('Your name').last().fill('王工');
  };

  test.each(['zh', 'en'] as const)(
    'every view in %s, in three sizes, without a serious finding of axe',
    async (language) => {
      const id = await assessed('zj-future-factory');
      const views = {
        programme: '/programme?rubric=zj-future-factory',
        scorecard: `/pilots/haida?assessment=${id}`,
        indicator: `/pilots/haida/indicators/q2?assessment=${id}`,
      };
      for (const [view, route] of Object.entries(views)) {
        for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
          const page = await open(route, { language, size });
          await page.locator('main table tbody tr').first().waitFor();
          await page.screenshot({ path: join(SHOTS, `${view}-${language}-${size}.png`), fullPage: true });
          expect(await seriousFindings(page), `${view} ${language} ${size}`).toEqual([]);
          const overflow = await page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          );
          expect(overflow, `${view} ${size} scrolls sideways`).toBe(false);
          await page.close();
        }
      }
    },
  );

  test.each(['zh', 'en'] as const)(
    'whose evidence is removed shows in %s what was published, and says what is gone',
    async (language) => {
      await using other = await startAssessService({ pilots: [HAIDA] });
      const post = async (path: string, body: object) => {
        const response = await fetch(`${other.url}/api/v1/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect(response.status, path).toBeLessThan(300);
        return (await response.json()) as { readonly id: number };
      };
      const publishOne = async () => {
        const { id } = await post('assessments', { pilot: HAIDA.id, rubric: 'zj-future-factory', ...WEEK });
        await post(`assessments/${id}/publish`, { by: '李主任' });
        return id;
      };
      const [id, newest] = [await publishOne(), await publishOne()];
      const shown = async (page: Page) => {
        await page.locator('#machines tbody tr').first().waitFor();
        await page.locator('#actions form').last().waitFor();
        return page.locator('.parts > section:not(#history, #actions)').allInnerTexts();
      };
      const route = `/pilots/haida?assessment=${id}`;
      const whole = await open(route, { language, at: other });
      const before = await shown(whole);
      expect(before.length).toBeGreaterThan(6);
      await whole.close();
      const now = Date.parse('2026-03-01T00:00:00Z');
      await removeEvidence({ shelf: other.registry.assessments, keptSince: now, now });

      const words = language === 'zh' ? zh.assess : en.assess;
      const page = await open(route, { language, at: other });
      expect(await shown(page)).toEqual(before);
      await page.getByText(words.evidenceRemoved.split('{at}')[1] as string).waitFor();
      await page.getByText(words.reportRemoved.split('{digest}')[0] as string).waitFor();
      await page.getByText(words.rescoreRemoved).waitFor();
      expect(await page.getByRole('link', { name: 'report.json' }).count()).toBe(0);
      expect(await page.getByRole('link', { name: words.reportZh }).count()).toBe(1);
      expect(await page.getByRole('button', { name: words.rescore, exact: true }).count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      await page.screenshot({ path: join(SHOTS, `evidence-removed-${language}.png`), fullPage: true });
      await page.close();
      // What somebody tries who opened it before is refused in words.
      const refused = await open(`/pilots/haida?assessment=${newest}`, { language, at: other });
      await refused.getByRole('button', { name: words.rescore, exact: true }).waitFor();
      await refused.route('**/rescore', async (tried) => {
        const url = tried.request().url().replace(`/${newest}/`, `/${id}/`);
        await tried.fulfill({ response: await tried.fetch({ url }) });
      });
      await refused.locator('#actions form select').first().selectOption({ index: 1 });
      await refused.getByRole('button', { name: words.rescore, exact: true }).click();
      const refusal = language === 'zh' ? zh.refusals : en.refusals;
      await refused.getByRole('alert').filter({ hasText: refusal['evidence-removed'] }).waitFor();
      await refused.close();
    },
  );

  test('dark, every view stays readable', async () => {
    const id = await assessed('utilisation');
    for (const route of ['/programme', `/pilots/haida?assessment=${id}`]) {
      const page = await open(route);
      await page.locator('main table tbody tr').first().waitFor();
      await page.getByRole('button', { name: 'Switch light and dark' }).click();
      await expect.poll(() => page.getAttribute('html', 'data-theme')).toBe('dark');
      expect(await seriousFindings(page), route).toEqual([]);
      await page.close();
    }
  });

  test('an assessor finds the pilot that declares too much, looks at the evidence, and publishes', async () => {
    const page = await open('/programme?rubric=zj-future-factory&sort=-open');
    // All pilots are assessed; those that can't be are told why, in words.
    await page.getByLabel('Period').selectOption('own');
    await page.getByLabel('First day').fill('2026-01-05');
    await page.getByLabel('Last day').fill('2026-01-11');
    await page.getByRole('button', { name: 'Assess now' }).click();
    await page.getByRole('status').filter({ hasText: 'Done: 1 assessed, 3 refused.' }).waitFor();
    const results = page.getByRole('table', { name: 'Assess now' });
    await results.getByText("The pilot's sites have no machine").first().waitFor();
    await results.getByText('The pilot was never heard in the period.').waitFor();
    const first = page.getByRole('table', { name: 'Programme' }).locator('tbody tr').first();
    await first.filter({ hasText: '海达注塑' }).filter({ hasText: '1' }).waitFor();
    await first.getByRole('link').click();

    // Declared 95 %, of four machines one is networked.
    const declared = rowOf(page, 'Declared against measured', 'Networking rate');
    await declared.filter({ hasText: '95.0%' }).filter({ hasText: '25.0%' }).waitFor();
    await declared.getByText('of 4 registered machines, 2 not connected').waitFor();

    // The finding, its figure, the machine's ledger, the timeline of a day: reached by clicks alone.
    await page.getByRole('link', { name: 'Cloud, edge and device network' }).last().click();
    const key = page.getByRole('region', { name: 'Networking rate (registered key equipment)', exact: true });
    await key.getByText('1 / 4').waitFor();
    await key.getByRole('row').filter({ hasText: 'heard on too few' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Time ledger' }).waitFor();
    await rowOf(page, 'Shifts and production days', '2026-01-06').getByRole('link').click();
    await page.locator('.state-lane canvas').waitFor();
    await page.goBack();
    await page.goBack();

    // A question that telemetry can't answer.
    await page.getByRole('link', { name: '海达注塑' }).first().click();
    const question = rowOf(page, 'Findings', 'q51');
    await question.filter({ hasText: 'no evidence' }).waitFor();
    await question.getByText('Judge').click();
    await question.getByLabel('Answer').selectOption('B');
    await sign(page, '现场核实');
    await question.getByRole('button', { name: 'Record the answer' }).click();
    await question.filter({ hasText: 'judged' }).waitFor();

    await declared.getByText('Close the discrepancy').click();
    await declared.getByLabel('Verdict').selectOption('corrected');
    await declared.getByLabel('Note').fill('企业更正为 25 %');
    await declared.getByRole('button', { name: 'Close the discrepancy' }).click();
    await declared.getByText('corrected by the enterprise').last().waitFor();
    await rowOf(page, 'Entries of the assessor', '企业更正为 25 %').filter({ hasText: '王工' }).waitFor();

    // Publishing asks twice, and closes everything.
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByRole('button', { name: 'Publish for good' }).click();
    await page.getByText(/^Published .* 王工$/).waitFor();
    expect(await page.getByText('Judge', { exact: true }).count()).toBe(0);
    expect(await page.getByText('Close the discrepancy', { exact: true }).count()).toBe(0);

    const [report] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Report in Chinese' }).click(),
    ]);
    await report.getByText('未来工厂评估报告').first().waitFor();
    await report.getByText('企业更正为 25 %').first().waitFor();
    await page.close();
  });

  test('an answer is withdrawn, and the finding is again what the facts say', async () => {
    const id = await assessed('zj-future-factory');
    const page = await open(`/pilots/haida/indicators/q51?assessment=${id}`);
    await page.getByLabel('Answer').selectOption('C');
    await sign(page, '口头说明');
    await page.getByRole('button', { name: 'Record the answer' }).click();
    await page.getByRole('row').filter({ hasText: '✓ found' }).waitFor();
    await sign(page, '没有文件');
    await page.getByRole('button', { name: 'Withdraw the answer' }).click();
    await page.getByText('no evidence').first().waitFor();
    await page.getByRole('cell', { name: 'answer withdrawn' }).waitFor();
    await page.close();
  });

  test('the same facts by another rubric, and what is different', async () => {
    const id = await assessed('zj-future-factory');
    const page = await open(`/pilots/haida?assessment=${id}`);
    await page.getByRole('heading', { name: 'Score by another rubric' }).waitFor();
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Score by another' }) });
    await form.getByLabel('Rubric').selectOption({ label: 'Utilisation, and trust in its data · 1' });
    await form.getByRole('button').click();
    await rowOf(page, 'All assessments of this pilot', 'this one')
      .filter({ hasText: 'utilisation' })
      .waitFor();
    await rowOf(page, 'All assessments of this pilot', 'zj-future-factory')
      .first()
      .getByRole('button', { name: 'Compare' })
      .click();
    await page.getByRole('cell', { name: 'added' }).first().waitFor();
    await page.close();
  });

  test('filters stand in the address, come back by reload, and are undone by the back button', async () => {
    const page = await open('/programme?rubric=utilisation');
    const rows = page.getByRole('table', { name: 'Programme' }).locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(4);
    await page.getByLabel('Industry').selectOption('ships');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByText('1 of 4 pilots.').waitFor();
    await page.reload();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByLabel('Applied for').selectOption('future-factory');
    await expect.poll(() => page.url()).toContain('programme=future-factory');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => rows.count()).toBe(4);
    await page.close();
  });

  test('any column sorts, by keyboard too, and what has no value comes last', async () => {
    const page = await open('/programme?rubric=utilisation');
    const district = page.getByRole('columnheader', { name: 'District' });
    await district.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => district.getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    await expect.poll(() => district.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('columnheader', { name: 'Score' }).getByRole('button').click();
    await expect.poll(() => page.url()).toContain('sort=score');
    const first = page.getByRole('table', { name: 'Programme' }).locator('tbody tr').first();
    await first.filter({ hasText: '海达注塑' }).waitFor();
    await page.close();
  });

  test('a table is downloaded as CSV with its bounds', async () => {
    await assessed('utilisation');
    const page = await open('/programme?rubric=utilisation');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toBe('programme-utilisation.csv');
    const [head, ...rows] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toContain('Score,Low,High');
    expect(rows.length).toBe(4);
    await page.close();
  });

  test('texts of users are texts', async () => {
    const page = await open('/programme');
    await page.getByText(HOSTILE.slice(0, 30)).first().waitFor();
    expect(await page.title()).not.toBe('!');
    await page.getByRole('link', { name: HOSTILE }).click();
    await page.getByRole('heading', { name: HOSTILE.slice(0, 30) }).waitFor();
    await page.getByText('This pilot is not assessed yet.').waitFor();
    expect(await page.title()).not.toBe('!');
    await page.close();
  });

  test('a refusal is in the words of the page, and a period that is none is told', async () => {
    const page = await open('/pilots/silent', { language: 'zh' });
    await page.getByRole('button', { name: '立即评估' }).click();
    await page.getByText('评估期内没有收到该企业的任何数据。').waitFor();
    await page.getByLabel('评估期').selectOption('own');
    await page.getByLabel('第一天').fill('2026-01-10');
    await page.getByLabel('最后一天').fill('2026-01-09');
    await page.getByRole('button', { name: '立即评估' }).click();
    await page.getByText('评估期无效').waitFor();
    await page.close();
  });

  test('what is not there is said: a pilot, an assessment, an indicator', async () => {
    const id = await assessed('utilisation');
    const missing = {
      '/pilots/nobody': 'pilot-not-found',
      '/pilots/haida?assessment=99999': 'assessment-not-found',
      [`/pilots/haida/indicators/nothing?assessment=${id}`]: 'The rubric has no such indicator.',
      [`/pilots/silent?assessment=${id}`]: 'This assessment is of another pilot.',
    };
    for (const [route, text] of Object.entries(missing)) {
      const page = await open(route);
      await page.getByText(text).first().waitFor();
      await page.close();
    }
  });

  test('without pilots the page says how to import; errors are told row by row, and nothing is saved', async () => {
    await using empty = await startAssessService({ pilots: [] });
    const page = await open('/programme', { at: empty });
    await page.getByRole('heading', { name: 'There are no pilots yet' }).waitFor();
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the template' }).click(),
    ]);
    expect(template.suggestedFilename()).toMatch(/\.xlsx$/);

    const sheets = openRegisterSheets();
    const upload = async (name: string, bytes: Uint8Array): Promise<void> => {
      const file = { name, mimeType: XLSX, buffer: Buffer.from(bytes) };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: 'Import' }).click();
    };
    await upload('wrong.xlsx', await sheets.write([{ ...HAIDA, sites: ['no site'] }]));
    await page.getByText('The file has errors; nothing was saved:').waitFor();
    const error = page.getByRole('table', { name: 'Errors' }).locator('tbody tr').first();
    await error.getByText('no site').first().waitFor();
    await upload('nothing.xlsx', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff));
    await page.getByRole('table', { name: 'Errors' }).getByText('neither an .xlsx workbook').waitFor();

    await upload('good.xlsx', await sheets.write([HAIDA]));
    await rowOf(page, 'Programme', HAIDA.enterprise.name).waitFor();
    await page.close();
  });

  test('many pilots are assessed one after another until that is cancelled', async () => {
    const page = await open('/programme?rubric=utilisation');
    let begun = 0;
    // The second answer never comes.
    await page.route('**/api/v1/assessments', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      begun += 1;
      if (begun === 1) return route.continue();
    });
    await page.getByRole('button', { name: 'Assess now' }).click();
    await page.getByText('Assessing 2 of 4').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^Cancelled: .* 3 not begun\.$/).waitFor();
    expect(begun).toBe(2);
    await page.close();
  });
});
