import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Pilot } from '../../domain/assess/register.ts';
import { PILOTS } from '../../simulators/pilots/index.ts';
import { kaidong, newFolder, type Service, settled, startService } from '../contracts/kaidong.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const DAY = 86_400_000;
/** 08:00 in Shanghai, three days ago: observations of long ago are not kept, so no date can stand here. */
const FROM = Math.floor(Date.now() / DAY) * DAY - 3 * DAY;
const START = new Date(FROM).toISOString();
/** The day in Shanghai that ends in the simulated time. */
const dateOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
const PDFTOTEXT = '/usr/bin/pdftotext';

const demo = PILOTS.filter(({ pilot }) => ['electronics', 'seafood'].includes(pilot.industry));
const nameOf = (industry: Pilot['industry']): string =>
  demo.find(({ pilot }) => pilot.industry === industry)?.pilot.enterprise.name ?? '';

/** Two pilots of the demo with two days of their own telemetry; one declares more than it has. */
describe.skipIf(skipWithoutChromium())('an assessor with the demo pilots', () => {
  const folder = newFolder();
  let platform: Service;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    const cwd = folder.path;
    const configs: { readonly sites: unknown[]; readonly machines: unknown[] }[] = [];
    const plantOf = (industry: string) => [
      '--plant',
      industry,
      '--seed',
      '7',
      '--start',
      START,
      '--for',
      '25h',
    ];
    for (const { pilot } of demo) {
      const out = `${pilot.industry}.yaml`;
      await kaidong(['simulate', ...plantOf(pilot.industry), '--config-out', out], { cwd });
      configs.push(parse(readFileSync(folder.file(out), 'utf8')));
    }
    const [sites, machines] = (['sites', 'machines'] as const).map((name) =>
      configs.flatMap((one) => one[name]),
    );
    writeFileSync(folder.file('plant.yaml'), stringify({ sites, machines }));
    platform = await startService({ cwd, args: ['--config', 'plant.yaml'] });
    for (const { pilot } of demo) {
      const played = await kaidong(['simulate', ...plantOf(pilot.industry), '--mqtt', platform.mqtt], {
        cwd,
      });
      expect(played.code, played.stderr).toBe(0);
      expect((await platform.post('/api/v1/pilots', pilot)).status).toBeLessThan(300);
    }
    await settled(platform);
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    folder[Symbol.dispose]();
  });

  const textOf = (pdf: string): string =>
    execFileSync(PDFTOTEXT, ['-layout', pdf, '-'], { encoding: 'utf8' });
  const pagesOf = (pdf: string): number =>
    readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const row = (page: Page, table: string | RegExp, text: string | RegExp) =>
    page.getByRole('table', { name: table }).first().getByRole('row').filter({ hasText: text }).first();

  test('finds who declares too much, follows one figure to what was heard, sees the gap, and prints', async () => {
    const page = await browser.newPage({ viewport: SIZES.desktop });
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${platform.http}/?lang=zh#/programme?rubric=zj-future-factory`);
    await page.getByLabel('评估期').selectOption('own');
    await page.getByLabel('第一天').fill(dateOf(FROM));
    await page.getByLabel('最后一天').fill(dateOf(FROM));
    await page.getByRole('button', { name: '立即评估' }).click();
    await page.getByRole('status').filter({ hasText: '2 家已评估' }).waitFor();

    // On the programme's page the contradiction stands out, with its widest pair of figures.
    const over = row(page, '项目总览', nameOf('electronics'));
    await over.filter({ hasText: '项差异未关闭' }).filter({ hasText: '100.0% → 70.6%' }).waitFor();
    expect(await row(page, '项目总览', nameOf('seafood')).getByText('项差异未关闭').count()).toBe(0);
    // Side by side, chosen by two ticks; the address holds the choice.
    for (const industry of ['electronics', 'seafood'] as const) {
      await row(page, '项目总览', nameOf(industry)).getByRole('checkbox').check();
    }
    await page.getByRole('heading', { name: '并排对比' }).waitFor();
    expect(page.url()).toContain('compare=');
    expect(await row(page, '并排对比', '设备联网率').getByRole('img').count()).toBe(2);
    await page.screenshot({ path: join(SHOTS, 'task-programme.png'), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);

    // From here on by clicks alone.
    await over.getByRole('link').click();
    const declared = row(page, '申报与实测', '设备联网率');
    await declared.filter({ hasText: '登记的 17 台设备中' }).waitFor();
    const gaps = page.getByRole('table', { name: '与更高一级的差距' });
    await gaps.getByRole('row').nth(1).waitFor();
    expect(await gaps.getByRole('row').count()).toBeGreaterThan(1);
    await page.getByRole('navigation', { name: '本页目录' }).getByRole('link', { name: '逐项结果' }).click();
    await expect.poll(() => page.url()).toContain('part=findings');
    await row(page, '逐项结果', '云边端网络').getByRole('link').first().click();
    const figure = page.getByRole('region', { name: '设备联网率（登记的关键设备）', exact: true });
    await figure.getByText('12 / 17').waitFor();
    await figure.getByRole('row').filter({ hasText: '✓ 计入' }).first().getByRole('link').first().click();

    // The machine's ledger of exactly that window, with the way back.
    await page
      .getByRole('heading', { name: /时间账/ })
      .first()
      .waitFor();
    expect(decodeURIComponent(page.url())).toMatch(/window=[^&]+Z\.\.[^&]+Z/);
    await page.getByRole('navigation', { name: '证据链' }).getByRole('link').last().click();
    await figure
      .getByRole('row')
      .filter({ hasText: '✓ 计入' })
      .first()
      .getByRole('link', { name: '原始数据' })
      .click();
    await expect.poll(() => page.url()).toContain('/observations?');
    await page
      .getByRole('cell', { name: /running|idle|down|setup/ })
      .first()
      .waitFor();
    await page.screenshot({ path: join(SHOTS, 'task-observations.png') });
    await page.getByRole('navigation', { name: '证据链' }).getByRole('link').nth(1).click();

    // The report and the page itself, on paper.
    const [report] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: '中文报告' }).click(),
    ]);
    await report.getByText(nameOf('electronics')).first().waitFor();
    const reportPdf = join(SHOTS, 'task-report.pdf');
    await report.pdf({ path: reportPdf, preferCSSPageSize: true });
    const pagePdf = join(SHOTS, 'task-scorecard.pdf');
    await page.getByRole('heading', { name: nameOf('electronics') }).waitFor();
    await page.pdf({ path: pagePdf, preferCSSPageSize: true });
    for (const pdf of [reportPdf, pagePdf]) {
      expect(pagesOf(pdf), pdf).toBeGreaterThan(2);
      expect(pagesOf(pdf), pdf).toBeLessThan(30);
      if (!existsSync(PDFTOTEXT)) continue;
      const text = textOf(pdf).replaceAll(/\s/g, '');
      for (const words of [nameOf('electronics'), '设备联网率', '70.6%', '与更高一级的差距']) {
        expect(text, `${pdf}: ${words}`).toContain(words);
      }
      expect(text).not.toContain('立即评估');
    }
    await page.close();
  }, 120_000);
});
