import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';
import { HOSTILE, LINE, LONG, type PlantService, startPlantService } from './plant-service.ts';

/** A state that never comes. */
const NEVER = new Promise<never>(() => {});

describe.skipIf(skipWithoutChromium())('the plant, a line and what may go wrong', () => {
  let service: PlantService;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    service = await startPlantService();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
  });

  interface OpenOptions {
    readonly language?: string;
    readonly size?: keyof typeof SIZES;
    readonly before?: (page: Page) => Promise<unknown>;
  }
  async function open(
    route: string,
    { language = 'en', size = 'desktop', before }: OpenOptions = {},
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.on('pageerror', (error) => {
      throw error;
    });
    await before?.(page);
    await page.goto(`${service.url}/?lang=${language}#${route}`);
    return page;
  }
  /** The designed state is looked at, and nothing of it keeps anybody out. */
  async function looksWell(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(SHOTS, `state-${name}.png`) });
    expect(await seriousFindings(page), name).toEqual([]);
  }
  const scrolls = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollHeight > innerHeight');

  test.each(['/', '/?wall=1'])('eighty machines are at %s of a wall without scrolling', async (route) => {
    const page = await open(route, { size: 'wall' });
    await page.locator('.tile').nth(79).waitFor();
    expect(await scrolls(page)).toBe(false);
    const cut = await page
      .locator('.tile')
      .evaluateAll(
        (tiles) =>
          (tiles as unknown as { scrollHeight: number; clientHeight: number }[]).filter(
            (tile) => tile.scrollHeight > tile.clientHeight + 1,
          ).length,
      );
    expect(cut, 'tiles that are too low for their text').toBe(0);
    const letters = (part: string): Promise<number> =>
      page.evaluate(`parseFloat(getComputedStyle(document.querySelector('.tile ${part}')).fontSize)`);
    expect(await letters('.name')).toBeGreaterThanOrEqual(20);
    expect(await letters('.state-text')).toBeGreaterThanOrEqual(16);
    await page.close();
  });

  test('figures come from sites in several time zones', async () => {
    const answers: { scope: string | null; status: number }[] = [];
    const page = await open('/', {
      size: 'wall',
      before: async (opened) =>
        opened.on('response', (response) => {
          const { pathname, searchParams } = new URL(response.url());
          if (pathname.endsWith('/kpis'))
            answers.push({ scope: searchParams.get('scope'), status: response.status() });
        }),
    });
    for (const scope of ['acme/zhoushan', 'acme/urumqi'])
      await expect.poll(() => answers).toContainEqual({ scope, status: 200 });
    await page.locator('.tile').filter({ hasText: 'm-01' }).filter({ hasText: '%' }).first().waitFor();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await page.close();
  });

  test('filters, order and groups stand in the address, and the back button undoes them', async () => {
    const page = await open('/');
    await page.locator('.tile').nth(79).waitFor();
    await page.getByRole('button', { name: /^idle/i }).click();
    await expect.poll(() => page.locator('.tile:not(.state-idle)').count()).toBe(0);
    await page.getByLabel('Group').selectOption('state');
    await page.getByRole('heading', { name: /^idle/i }).waitFor();
    await page.getByRole('searchbox').fill('urumqi');
    await expect.poll(() => page.url()).toContain('text=urumqi');
    await page.reload();
    await expect.poll(() => page.locator('.tile').count()).toBeLessThan(9);
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.locator('.tile').count()).toBe(80);
    await page.getByRole('searchbox').fill('nothing is called so');
    await page.getByText('No machine is like this.').waitFor();
    await looksWell(page, 'none-like');
    await page.getByRole('link', { name: 'Clear the filters' }).last().click();
    await expect.poll(() => page.locator('.tile').count()).toBe(80);
    await page.close();
  });

  test('the worst comes first, and a change moves it there', async () => {
    const page = await open('/?sort=worst&group=none');
    await page.locator('.tile').nth(79).waitFor();
    await service.publish('acme/urumqi/yard/line2/m-20', { state: 'down', reason: 'spindle' });
    await page.locator('.tile').first().filter({ hasText: 'spindle' }).waitFor();
    await service.publish('acme/urumqi/yard/line2/m-20', { state: 'running' });
    await page.locator('.tile').first().filter({ hasNotText: 'spindle' }).waitFor();
    await page.close();
  });

  test('by keyboard alone from the wall to a line, to its machine, and back', async () => {
    const page = await open('/');
    await page.locator('.tile').nth(79).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement?.closest("a, button, h1")?.textContent ?? ""');
    const tabTo = async (text: string): Promise<void> => {
      for (let press = 0; press < 60 && !(await focused()).includes(text); press++)
        await page.keyboard.press('Tab');
      expect(await focused()).toContain(text);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo('hall / line1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'line1', level: 1 }).waitFor();
    await expect.poll(focused).toBe('line1');
    expect(await page.title()).toContain('line1');
    await page.getByRole('table', { name: 'Machines' }).waitFor();
    await tabTo('Yesterday');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'What was lost' }).getByText('Breakdown').first().waitFor();
    await tabTo('m-0');
    const machine = await focused();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: machine, level: 1 }).waitFor();
    await expect.poll(focused).toBe(machine);
    await page.goBack();
    await page.getByRole('heading', { name: 'line1', level: 1 }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('go to the plant').waitFor();
    await looksWell(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.locator('.tile').nth(79).waitFor();
    await page.keyboard.press('w');
    await page.locator('.wall-bar').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.wall-bar').waitFor({ state: 'detached' });
    await page.close();
  });

  test('a line tells which machine lost most to what yesterday, as the ledger has it', async () => {
    const page = await open(`/lines/${LINE}?window=yesterday&against=day`);
    const losses = page.getByRole('table', { name: 'What was lost' });
    await losses
      .locator('tbody tr')
      .first()
      .filter({ hasText: 'm-02' })
      .filter({ hasText: '4 hrs' })
      // Reasons may come later than the ledger.
      .filter({ hasText: 'hydraulics' })
      .waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).first().click(),
    ]);
    const csv = await (await download.createReadStream()).toArray();
    const [machine, , reason, ms] = Buffer.concat(csv).toString().split('\r\n')[1]?.split(',') ?? [];
    expect([machine, reason]).toEqual([`${LINE}/m-02`, 'hydraulics']);
    expect(Number(ms)).toBe(4 * 3_600_000);
    await looksWell(page, 'line');
    await page.close();
  });

  test.each([
    ['nowhere', '/nothing/here', 'There is no such page.'],
    ['machine-gone', '/machines/acme/zhoushan/hall/line1/gone', 'There is no such machine.'],
    ['line-gone', '/lines/acme/zhoushan/hall/gone', 'There is no such line, area or site.'],
    ['scope-gone', '/?scope=acme/gone', 'There is no machine below acme/gone.'],
    [
      'future',
      `/lines/${LINE}?window=2999-01-01T00:00:00Z..2999-01-02T00:00:00Z`,
      'This time has not begun yet.',
    ],
    [
      'no-data',
      `/lines/${LINE}?window=2001-01-01T00:00:00Z..2001-01-01T00:00:01Z`,
      'There is no data in this span.',
    ],
    ['no-window', `/lines/${LINE}?window=fortnight`, 'There is no window “fortnight” here.'],
  ])('%s is said', async (name, route, text) => {
    const page = await open(route);
    await page.getByText(text).first().waitFor();
    await looksWell(page, name);
    await page.close();
  });

  test.each([
    ['fr-FR', 'en-GB', 'Nobody speaks “tlh” here'],
    ['zh-CN', 'zh-CN', '没有“tlh”这种语言'],
  ])('a language nobody has: a browser that speaks %s gets %s, and a note', async (spoken, got, note) => {
    const context = await browser.newContext({ locale: spoken === 'fr-FR' ? 'en-US' : spoken });
    const page = await context.newPage();
    await page.goto(`${service.url}/?lang=tlh#/`);
    await page.getByText(note).waitFor();
    await page.waitForSelector(`html[lang=${got}]`);
    await looksWell(page, `no-language-${got}`);
    await page.locator('.note button').click();
    await page.locator('.note').waitFor({ state: 'detached' });
    await context.close();
  });

  test('a reply that never comes is told to be late, then as missing, and asked for again', async () => {
    const page = await open('/', {
      before: (opened) => opened.route('**/api/v1/plant', () => NEVER),
    });
    await page.getByText(/not answered yet; waiting for \d+ s/).waitFor();
    await looksWell(page, 'late');
    await page.getByText('The service did not answer.').waitFor({ timeout: 30_000 });
    await looksWell(page, 'no-answer');
    const again = page.waitForRequest('**/api/v1/plant');
    await page.getByRole('button', { name: 'Try again' }).click();
    await again;
    await page.unroute('**/api/v1/plant');
    await page.locator('.tile').nth(79).waitFor();
    await page.close();
  });

  test('a token that is not accepted is said to be so; before there is one, only what is asked for', async () => {
    const page = await open('/', {
      before: (opened) =>
        opened.route('**/api/v1/**', (route) =>
          route.fulfill({ status: 401, json: { code: 'unauthorized', detail: 'a token is needed' } }),
        ),
    });
    const field = page.getByLabel('Access token');
    await field.waitFor();
    const refused = page.getByRole('alert').filter({ hasText: 'This token was not accepted' });
    expect(await refused.count()).toBe(0);
    await field.fill('revoked');
    await page.getByRole('button', { name: 'Enter' }).click();
    await refused.waitFor();
    await looksWell(page, 'token-refused');
    await page.close();
  });

  test('an error in one view leaves the rest of the page alive', async () => {
    const page = await browser.newPage();
    await page.route('**/api/v1/plant', (route) =>
      route.fulfill({
        json: { asOf: new Date().toISOString(), machines: [{ path: 'a/b/c/d/e', state: 7 }] },
      }),
    );
    await page.route('**/api/v1/machines/**', (route) => route.fulfill({ json: { path: 3 } }));
    await page.goto(`${service.url}/?lang=en#/machines/a/b/c/d/e`);
    await page.getByText('This part could not be drawn').waitFor();
    await looksWell(page, 'broken');
    await page.getByRole('link', { name: 'Data health' }).click();
    await page.getByRole('heading', { name: 'Ingest books' }).waitFor();
    await page.close();
  });

  test.each([
    { what: 'a portal’s page', body: '<!doctype html><script>alert(1)</script>' },
    { what: 'half an answer', body: '{"asOf":"2026-01-01T00:00:00.000Z","machines":[{"path":"a/b' },
    { what: 'null', body: 'null' },
  ])('an answer that is none of ours is told, and asked for again: $what', async ({ body }) => {
    for (const route of [
      '/',
      '/machines/a/b/c/d/e',
      '/lines/a/b/c/d',
      '/health',
      '/programme',
      '/pilots/a',
    ]) {
      const page = await open('/');
      await page.route('**/api/v1/**', (asked) => asked.fulfill({ contentType: 'application/json', body }));
      await page.goto(`${service.url}/?lang=en#${route}`);
      await page.getByText('The answer cannot be read.').first().waitFor();
      await page.getByRole('button', { name: 'Try again' }).first().waitFor();
      await page.close();
    }
  });

  test('what a machine is called is text, and does not break the wall', async () => {
    await service.publish(`acme/zhoushan/hall/line2/${HOSTILE}`, { state: 'down', reason: HOSTILE });
    await service.publish(`acme/zhoushan/hall/line2/${LONG}`, { state: 'idle', reason: LONG });
    const page = await open('/?text=line2', { size: 'tablet' });
    await page.locator('.tile', { hasText: HOSTILE }).waitFor();
    await page.locator('.tile', { hasText: LONG }).waitFor();
    const end = page.locator('.tile', { hasText: LONG }).locator('.name.long > :last-child');
    expect(
      await end.evaluate((part) => {
        const { scrollWidth, clientWidth } = part as unknown as Record<'scrollWidth' | 'clientWidth', number>;
        return scrollWidth <= clientWidth;
      }),
      'the end of a name that does not fit',
    ).toBe(true);
    const sideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(false);
    await page.locator('.tile', { hasText: HOSTILE }).click();
    await page.getByRole('heading', { name: HOSTILE }).waitFor();
    await page.goto(`${service.url}/#/lines/acme/zhoushan/hall/line2?window=today`);
    await page.getByRole('table', { name: 'Machines' }).waitFor();
    expect(await page.evaluate(sideways)).toBe(false);
    expect(await page.title()).not.toBe('!');
    await looksWell(page, 'hostile');
    await page.close();
  });

  test('a wall never looks alive while the platform is away, and goes on by itself when it is back', async () => {
    const page = await open('/?wall=1', { size: 'wall' });
    await page.locator('.tile').nth(79).waitFor();
    await page.waitForSelector('.live.on');
    await service.stop();
    await page.getByText('this is not how things are').waitFor();
    expect(await page.locator('.plant.dead').count()).toBe(1);
    await looksWell(page, 'dead');
    await service.start();
    await page.locator('.plant.dead').waitFor({ state: 'detached', timeout: 30_000 });
    await service.publish(`${LINE}/m-07`, { state: 'down', reason: 'after-restart' });
    await page.locator('.tile', { hasText: 'after-restart' }).waitFor();
    await page.close();
  });

  test('a page that is older than the platform offers to load itself again', async () => {
    const page = await open('/', { before: (opened) => opened.route('**/api/v1/live', (r) => r.abort()) });
    await page.locator('.tile').first().waitFor();
    await page.route(`${service.url}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<script type="module" src="./assets/index-NEWNEWNE.js"></script>',
      }),
    );
    await page.unroute('**/api/v1/live');
    await page.getByText('The platform was updated').waitFor();
    await looksWell(page, 'new-version');
    await page.close();
  });

  test('until a theme is chosen, the page follows the system', async () => {
    const page = await browser.newPage({ colorScheme: 'light' });
    await page.goto(`${service.url}/?lang=en#/`);
    const theme = () => page.getAttribute('html', 'data-theme');
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    await page.getByRole('button', { name: 'Switch light and dark' }).click();
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await expect.poll(theme).toBe('light');
    await page.close();
  });
});
