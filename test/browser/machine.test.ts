import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReasonTree } from '../../domain/reason-tree.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';
import { type SimulatedPlant, startSimulatedPlant, type TruePart } from './simulated-plant.ts';

const HOSTILE = 'demo/site/hall/line1/press-<script>document.title="!"<script>';
const LOST = ['breakdown', 'changeover', 'delay', 'minorStop', 'idle'];

let plant: SimulatedPlant;
let browser: Browser;

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
/** Minutes as the page shows them. */
const shown = (ms: number): string =>
  new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 60_000);

/** What the site of a machine calls a reason; one that it doesn't know goes by its own word. */
async function reasonNames(machine: string): Promise<(reason: string) => string> {
  const site = machine.split('/').slice(0, 2).join('/');
  const answer = await fetch(`${plant.http}/api/v1/reason-tree?site=${encodeURIComponent(site)}`);
  const { groups } = (await answer.json()) as ReasonTree;
  const names = new Map(groups.flatMap(({ reasons }) => reasons.map(({ id, en }) => [id, en])));
  return (reason) => names.get(reason) ?? reason;
}

async function open(
  route: string,
  { language = 'en', size = 'desktop' }: { language?: 'zh' | 'en'; size?: keyof typeof SIZES } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES[size] });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${plant.http}/?lang=${language}#${route}`);
  return page;
}

describe.skipIf(skipWithoutChromium())('a machine in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    plant = await startSimulatedPlant({ machines: 4, seed: 11 });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await plant?.[Symbol.asyncDispose]();
  });

  test('an engineer finds which machine lost most to what yesterday, to the displayed digit', async () => {
    // By the simulator's account: the class of a machine with the most minutes, and what it was made of.
    const lost = plant.truth.filter((part) => LOST.includes(part.class));
    const byClass = Map.groupBy(lost, (part) => `${part.machine} ${part.class}`);
    const total = (parts: readonly TruePart[]): number => parts.reduce((sum, { ms }) => sum + ms, 0);
    const worst = [...byClass.values()].toSorted((a, b) => total(b) - total(a))[0]?.[0] as TruePart;
    const line = worst.machine.slice(0, worst.machine.lastIndexOf('/'));
    const ofMachine = lost.filter(({ machine }) => machine === worst.machine).toSorted((a, b) => b.ms - a.ms);

    const page = await open('/');
    await page
      .locator(`a[href="#/lines/${encoded(line)}"]`)
      .first()
      .click();
    await page.getByRole('link', { name: 'Yesterday' }).click();
    const ranking = page.getByRole('table', { name: 'What was lost, worst first' });
    const first = ranking.locator('tbody tr').first();
    await first.filter({ hasText: worst.machine.slice(line.length + 1) }).waitFor();
    await first.getByRole('link').click();

    await page.locator('.pareto li').first().waitFor();
    const rows = () =>
      page.locator('.pareto li').evaluateAll((items) =>
        items.map((item) => ({
          reason: item.querySelector('.reason')?.textContent,
          minutes: item.querySelector('b')?.textContent,
          stops: item.querySelector('.number')?.textContent,
        })),
      );
    const count = (await rows()).length;
    const nameOf = await reasonNames(worst.machine);
    await expect.poll(rows).toEqual(
      ofMachine.slice(0, count).map(({ reason, ms, stops }) => ({
        reason: reason ? nameOf(reason) : 'No reason given',
        minutes: shown(ms),
        stops: String(stops),
      })),
    );
    expect(count).toBeGreaterThan(2);

    // A click points its stops out; the address keeps that, and the way back leads out of it.
    await page.locator('.pareto-row').first().click();
    await page.locator('.filter-note').waitFor();
    expect(new URL(page.url()).hash).toContain('reason=');
    await page.goBack();
    await page.locator('.filter-note').waitFor({ state: 'detached' });
    await page.close();
  });

  test('the ledger of the day is the simulator’s, to the millisecond', async () => {
    const machine = plant.machines[0] as string;
    const page = await open(`/machines/${encoded(machine)}?window=yesterday`);
    const table = page.locator('section[aria-labelledby="ledger-title"] details.as-table');
    await table.locator('summary').click();
    const cells = await table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
    const truth = Map.groupBy(
      plant.truth.filter((part) => part.machine === machine),
      (part) => part.class,
    );
    const names: Readonly<Record<string, string>> = {
      ...{ running: 'Running', changeover: 'Changeover', minorStop: 'Minor stops', delay: 'Delay' },
      ...{ breakdown: 'Breakdown', idle: 'Idle', unknown: 'Unknown', plannedStop: 'Planned stop' },
      ...{ notScheduled: 'Not scheduled', extra: 'Unplanned running' },
    };
    for (const [name, title] of Object.entries(names)) {
      const ms = (truth.get(name as TruePart['class']) ?? []).reduce((sum, part) => sum + part.ms, 0);
      expect(cells.find(([cell]) => cell === title)?.[1], name).toBe(String(ms));
    }
    await page.close();
  });

  test('a timeline is zoomed by keyboard, wheel and buttons; the address keeps the stretch, the back button works', async () => {
    const page = await open(`/machines/${encoded(plant.machines[0] as string)}?window=7d`);
    const lane = page.locator('.state-lane');
    await lane.waitFor();
    const zoomIn = (): string | null =>
      new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('zoom');
    const length = (): number => {
      const [from = '', to = ''] = zoomIn()?.split('..') ?? [];
      return Date.parse(to) - Date.parse(from);
    };
    await lane.focus();
    await page.keyboard.press('+');
    await page.waitForURL(/zoom=/);
    const [first, half] = [zoomIn(), length()];
    await page.keyboard.press('ArrowLeft');
    await expect.poll(zoomIn).not.toBe(first);
    expect(length()).toBe(half);
    await lane.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(length).toBeLessThan(half);
    for (let press = 0; press < 20; press++) await page.keyboard.press('+');
    await expect.poll(length).toBe(60_000);
    await page.goBack();
    await expect.poll(length).toBeGreaterThan(60_000);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect.poll(zoomIn).toBeNull();
    await page.close();
  });

  test('a timeline that is moved on while its address follows is not taken back', async () => {
    const page = await open(`/machines/${encoded(plant.machines[0] as string)}?window=7d`);
    const lane = page.locator('.state-lane');
    await lane.focus();
    // The page's own listener comes first: its render is done, and what comes after painting isn't.
    await page.evaluate(`
      addEventListener('hashchange', () => {
        document.querySelector('.state-lane').dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }),
        );
      }, { once: true });
    `);
    await page.keyboard.press('+');
    await page.waitForURL(/zoom=/);
    const first = page.url();
    await page.waitForURL((url) => url.href !== first && url.href.includes('zoom='));
    const fromOf = (url: string): number =>
      Date.parse(new URLSearchParams(url.split('?').at(-1)).get('zoom')?.split('..')[0] ?? '');
    expect(fromOf(page.url())).toBeLessThan(fromOf(first));
    // Two steps back at once are two steps.
    await page.evaluate('history.back()');
    await page.waitForURL(first);
    await page.evaluate('history.back()');
    await page.waitForURL((url) => !url.href.includes('zoom='));
    await expect.poll(() => page.getByRole('button', { name: 'All', exact: true }).isDisabled()).toBe(true);
    await page.close();
  });

  test.each(Object.keys(SIZES) as (keyof typeof SIZES)[])(
    'a timeline stays where it is once it is seen, in size %s',
    async (size) => {
      const page = await browser.newPage({ viewport: SIZES[size] });
      const figures = Promise.withResolvers<void>();
      await page.route('**/api/v1/kpis?**', async (route) => {
        await figures.promise;
        await route.continue();
      });
      await page.addInitScript(`
        places = [];
        const look = () => {
          const lane = document.querySelector('.state-lane');
          const top = lane && Math.round(lane.getBoundingClientRect().top + scrollY);
          if (lane && top !== places.at(-1)) places.push(top);
          requestAnimationFrame(look);
        };
        look();
      `);
      const drawn = page.waitForResponse('**/api/v1/timeline?**');
      await page.goto(
        `${plant.http}/?lang=en#/machines/${encoded(plant.machines[0] as string)}?window=yesterday`,
      );
      await drawn;
      await page.locator('.pareto li').first().waitFor();
      figures.resolve();
      await page.locator('.factors').waitFor();
      await page.locator('.state-lane').focus();
      for (let press = 0; press < 12; press++) await page.keyboard.press('+');
      await page.getByRole('link', { name: 'Figures of this stretch alone' }).waitFor();
      expect(await page.evaluate('places')).toHaveLength(1);
      await page.close();
    },
  );

  test('from a stretch of the timeline to what was heard in it, page by page', async () => {
    const machine = plant.machines[0] as string;
    const page = await open(`/machines/${encoded(machine)}?window=yesterday`);
    const lane = page.locator('.state-lane');
    await lane.waitFor();
    await lane.focus();
    await page.keyboard.press(']');
    await page.getByRole('link', { name: 'What was heard here' }).click();
    const table = page.getByRole('table', { name: 'Raw observations' });
    await table.locator('tbody tr').first().waitFor();
    await page.getByLabel('Signal').selectOption('state');
    await page.waitForURL(/signal=state/);
    await table.getByText('text').first().waitFor();
    const { from, to } = Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.split('?')[1]));
    const asked = `machine=${encodeURIComponent(machine)}&signal=state&from=${from}&to=${to}`;
    const stored = (await (await fetch(`${plant.http}/api/v1/signals?${asked}`)).json()) as {
      points: unknown[];
    };
    await expect.poll(() => table.locator('tbody tr').count()).toBe(Math.min(500, stored.points.length));
    await page.close();
  });

  test.each(['zh', 'en'] as const)(
    'in %s, in three sizes, without a serious finding of axe',
    async (language) => {
      const machine = encoded(plant.machines[0] as string);
      const { from, to } = plant.yesterday;
      const heard = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
      const views = {
        'machine-day': [`/machines/${machine}?window=yesterday&signals=count`, '.pareto li'],
        observations: [`/machines/${machine}/observations?${heard}`, 'main table tbody tr'],
      } as const;
      for (const [view, [route, ready]] of Object.entries(views)) {
        for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
          const page = await open(route, { language, size });
          await page.locator(ready).first().waitFor();
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

  test.each([
    ['a range in the future', '?window=2100-01-01..2100-01-02', 'This time has not come yet.'],
    ['a range without data', '?window=2001-01-01..2001-01-02', 'No state was heard in this time'],
    ['a window nobody has', '?window=fortnight', 'There is no such window.'],
    ['observations of no stretch', '/observations?from=x', 'The address has no valid stretch of time.'],
    [
      'observations of a silent stretch',
      '/observations?from=2001-01-01T00:00Z&to=2001-01-02T00:00Z',
      'Nothing was heard',
    ],
  ])('%s has words', async (_, rest, words) => {
    const page = await open(`/machines/${encoded(plant.machines[0] as string)}${rest}`);
    await page.getByText(words).first().waitFor();
    await page.close();
  });

  test('names and reasons with markup are text, and 200 characters break nothing', async () => {
    const client = await mqtt.connectAsync(plant.mqtt);
    const reason = `<img src=x onerror=document.title="!">${'很长的原因'.repeat(40)}`;
    const said = { ts: Date.now() - 3_600_000, state: 'down', reason, temperature: 20 };
    await client.publishAsync(`kaidong/v1/${HOSTILE}`, JSON.stringify(said), { qos: 1 });
    await client.publishAsync(`kaidong/v1/${HOSTILE}`, '{"state":"running"}', { qos: 1 });
    await client.endAsync();
    const page = await open(`/machines/${encoded(HOSTILE)}`, { size: 'tablet' });
    await page.locator('.pareto li').filter({ hasText: '<img src=x' }).waitFor();
    expect(await page.title()).not.toBe('!');
    expect(await page.locator('img').count()).toBe(0);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(overflow).toBe(false);
    await page.screenshot({ path: join(SHOTS, 'machine-hostile.png'), fullPage: true });
    await page.close();
  });

  test('a name that is one word of 200 letters widens no view', async () => {
    const name = 'x'.repeat(200);
    const machine = `demo/site/hall/line1/${name}`;
    const client = await mqtt.connectAsync(plant.mqtt);
    await client.publishAsync(`kaidong/v1/${machine}`, '{"state":"running"}', { qos: 1 });
    await client.endAsync();
    const views = [
      [`/machines/${machine}`, 'h1'],
      [`/machines/${machine}/observations?from=2001-01-01T00:00Z&to=2001-01-02T00:00Z`, 'h1'],
      [`/?scope=${name}`, '.plant-tools'],
      [`/pilots/${name}`, '.notice'],
    ] as const;
    for (const [address, awaited] of views) {
      const page = await open(address, { size: 'tablet' });
      await page.locator(`main ${awaited}`).first().waitFor();
      const wider = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(wider, address).toBe(0);
      await page.close();
    }
  });

  test.each(['zh', 'en'] as const)(
    'on a phone the names of the pages stand in one line, each in one piece: %s',
    async (language) => {
      const page = await open('/health', { size: 'phone', language });
      await page.locator('.top nav a').last().waitFor();
      const tops = await page
        .locator('.top nav a')
        .evaluateAll((links) =>
          links.map((link) => [
            link.getBoundingClientRect().top,
            link.getClientRects().length,
            link.clientHeight,
          ]),
        );
      expect(new Set(tops.map(String)).size).toBe(1);
      expect(tops[0]?.[2]).toBeLessThan(40);
      await page.close();
    },
  );

  test('what of a stretch is no longer stored says so, in both languages', async () => {
    const [{ machine }] = plant.truth as [TruePart];
    const day = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 13);
    const span = { from: `${day(500)}:00:00.000Z`, to: `${day(499)}:00:00.000Z` };
    const heard = new URLSearchParams(span);
    const addresses = [
      `/machines/${encoded(machine)}?window=${span.from}..${span.to}`,
      `/machines/${encoded(machine)}/observations?${heard}`,
    ];
    for (const address of addresses) {
      const page = await open(address);
      await page
        .getByRole('note')
        .filter({ hasText: /^Raw data before .* is past its retention/ })
        .waitFor();
      await page.close();
    }
    const page = await open(addresses[0] as string, { language: 'zh' });
    await page.getByRole('note').filter({ hasText: '之前的原始数据已过保留期' }).waitFor();
    await page.close();
    // What is stored says nothing of it.
    const recent = await open(`/machines/${encoded(machine)}?window=yesterday`);
    await recent.getByRole('heading', { name: 'Timeline' }).waitFor();
    expect(await recent.getByRole('note').count()).toBe(0);
    await recent.close();
  });

  test('a machine that was never heard says how to let it speak', async () => {
    const page = await browser.newPage();
    // Declared, and silent: as the service tells it.
    const path = 'demo/site/hall/line1/silent';
    const now = new Date().toISOString();
    await page.route('**/api/v1/machines/**', (route) =>
      route.fulfill({
        json: {
          ...{
            path,
            declared: true,
            state: 'unknown',
            reason: null,
            since: null,
            lastHeard: null,
            stale: true,
          },
          ...{ source: null, signals: [], config: { zone: 'Asia/Shanghai', dayStart: '08:00' } },
        },
      }),
    );
    await page.route('**/api/v1/timeline**', (route) => {
      const { from, to } = Object.fromEntries(new URL(route.request().url()).searchParams);
      const span = { from: new Date(Number(from)).toISOString(), to: new Date(Number(to)).toISOString() };
      return route.fulfill({
        json: {
          ...{ machine: path, ...span, asOf: now },
          intervals: [{ ...span, state: 'unknown', raw: null, reason: null, source: 'never' }],
        },
      });
    });
    await page.goto(
      `${plant.http}/?lang=en#/machines/${encoded(path)}?window=2026-01-05T00:00:00Z..2026-01-06T00:00:00Z`,
    );
    await page.getByText('This machine was never heard').waitFor();
    await page.close();
  });
});
