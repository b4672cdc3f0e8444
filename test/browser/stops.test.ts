import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { launchChromium, SHOTS, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-stops-'));
const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const MINUTE_MS = 60_000;
const TOUCH_PX = 48;
const PATIENCE = { timeout: 60_000, interval: 100 };
const SIZES = { portrait: { width: 768, height: 1024 }, landscape: { width: 1280, height: 800 } };
/** A tablet as it hangs at a machine. */
const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };

interface Said {
  readonly kind: string;
  readonly reason: string | null;
  readonly class: string | null;
  readonly undone: boolean;
  readonly by: string;
}

describe.skipIf(skipWithoutChromium())('the operators’ page of stops in Chromium', () => {
  let browser: Browser;
  let platform: Started;
  let client: mqtt.MqttClient;
  let began: number;
  const publish = (minutesAgo: number, state: string) =>
    client.publishAsync(
      `kaidong/v1/${MACHINE}`,
      JSON.stringify({ ts: began - minutesAgo * MINUTE_MS, state }),
      { qos: 1 },
    );
  const stopCount = async (): Promise<number> => {
    const span = `from=${began - 600 * MINUTE_MS}&to=${began}`;
    return (await api<{ stops: unknown[] }>(`stops?machine=${MACHINE}&${span}`)).stops.length;
  };
  const onTablet = async (): Promise<Page> => {
    const page = await (await browser.newContext(TABLET)).newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.goto(`${platform.ready.http}/?lang=zh#/stops?machine=${MACHINE}`);
    await page.getByRole('button', { name: '全部' }).tap();
    return page;
  };
  const api = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${platform.ready.http}/api/v1/${path}`)).json()) as T;
  const said = async (): Promise<readonly Said[]> => {
    const span = `from=${Date.now() - 600 * MINUTE_MS}&to=${Date.now()}`;
    return (await api<{ annotations: Said[] }>(`annotations?machine=${MACHINE}&${span}`)).annotations;
  };
  const open = async (language: 'zh' | 'en', size: keyof typeof SIZES): Promise<Page> => {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.goto(`${platform.ready.http}/?lang=${language}#/stops?machine=${MACHINE}`);
    return page;
  };
  /** Buttons, lists and fields of the page that are smaller than a finger. */
  const tooSmall = (page: Page): Promise<string[]> =>
    page
      .locator('.stops-page')
      .locator('button, select, input')
      .evaluateAll(
        (all, least) =>
          all
            .filter((one) => one.clientWidth > 0)
            .filter((one) => {
              const { width, height } = one.getBoundingClientRect();
              return width < least || height < least;
            })
            .map((one) => one.outerHTML),
        TOUCH_PX,
      );

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
    platform = await startKaidong(['serve'], {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    began = Date.now();
    client = await mqtt.connectAsync(platform.ready.mqtt as string);
    const told: readonly (readonly [number, string])[] = [
      ...[
        [50, 'running'],
        [48, 'down'],
        [40, 'down'],
        [35, 'running'],
        [30, 'idle'],
        [25, 'running'],
      ],
      ...[
        [17, 'running'],
        [15, 'down'],
        [8, 'down'],
        [1, 'down'],
      ],
    ] as const;
    for (const [ago, state] of told) await publish(ago, state);
  });
  afterAll(async () => {
    await client?.endAsync();
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  test('two taps give a reason; it can be taken back at once; everything is as large as a finger', async () => {
    const page = await open('zh', 'portrait');
    const stops = page.locator('.stop-main');
    await expect.poll(() => stops.count(), PATIENCE).toBe(3);
    expect(await seriousFindings(page)).toEqual([]);
    await stops.first().click();
    await page.getByRole('button', { name: '缺料' }).waitFor();
    expect(await tooSmall(page)).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: join(SHOTS, 'stops-reasons-zh.png'), fullPage: true });
    await page.getByRole('button', { name: '缺料' }).click();
    await expect.poll(said, PATIENCE).toMatchObject([{ kind: 'annotate', reason: 'material-short' }]);
    await expect.poll(() => stops.count(), PATIENCE).toBe(2);
    await page.locator('.stop-toast').getByRole('button', { name: '撤销' }).click();
    await expect.poll(said, PATIENCE).toMatchObject([{ kind: 'undo' }, { undone: true }]);
    await expect.poll(() => stops.count(), PATIENCE).toBe(3);
    await page.close();
  });

  test('what is tapped offline waits, and arrives in its order', async () => {
    const page = await open('en', 'landscape');
    const stops = page.locator('.stop-main');
    await expect.poll(() => stops.count(), PATIENCE).toBe(3);
    await page.getByLabel('Your name (optional)').fill('Wang');
    // The reasons are asked for once, while there is a network.
    await stops.nth(1).click();
    await page.getByRole('button', { name: 'No orders' }).waitFor();
    await stops.nth(1).click();
    const before = (await said()).length;
    await page.context().setOffline(true);
    await stops.nth(1).click();
    await page.getByRole('button', { name: 'No orders' }).click();
    await page.getByText('Waiting to be sent: 1.').waitFor();
    await stops.nth(2).click();
    await page.getByRole('button', { name: 'Mechanical fault' }).click();
    await page.getByText('Waiting to be sent: 2.').waitFor();
    await page.getByText('waits to be sent').first().waitFor();
    await page.screenshot({ path: join(SHOTS, 'stops-offline-en.png'), fullPage: true });
    expect((await said()).length).toBe(before);
    await page.context().setOffline(false);
    await expect
      .poll(async () => (await said()).slice(0, 2), PATIENCE)
      .toMatchObject([
        { reason: 'mechanical', by: 'Wang' },
        { reason: 'no-orders', by: 'Wang' },
      ]);
    await expect.poll(() => page.getByText('Waiting to be sent').count(), PATIENCE).toBe(0);
    await page.close();
  });

  test('a class by hand, with the change of the figures before it is saved, and its history', async () => {
    const page = await open('en', 'landscape');
    await page.getByRole('button', { name: 'All' }).click();
    await expect.poll(() => page.locator('.stop-main').count(), PATIENCE).toBe(3);
    await page.getByRole('button', { name: 'Details' }).last().click();
    await page.getByLabel('Change the class').selectOption('plannedStop');
    await page.getByRole('button', { name: 'Preview the change' }).click();
    const change = page.getByRole('region', { name: 'What saving changes in the figures' });
    await change.getByRole('row', { name: /Breakdown/ }).waitFor();
    expect(await tooSmall(page)).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: join(SHOTS, 'stops-preview-en.png'), fullPage: true });
    const before = (await said()).length;
    await change.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await said()).length, PATIENCE).toBe(before + 1);
    expect((await said())[0]).toMatchObject({ kind: 'reclassify', class: 'plannedStop' });
    await page.getByText('Class Planned stop').waitFor();
    await page.close();
  });

  test('on a tablet a stop is split, merged again, and both are taken back and restored', async () => {
    const page = await onTablet();
    await expect.poll(() => page.locator('.stop-main').count(), PATIENCE).toBe(3);
    const save = async (): Promise<void> => {
      await page
        .getByRole('region', { name: '保存后指标的变化' })
        .getByRole('button', { name: '保存' })
        .tap();
    };
    const oldest = page.locator('.stop-list > li').last();
    await oldest.getByRole('button', { name: '详情' }).tap();
    await oldest.getByRole('button', { name: '在此时刻拆分' }).tap();
    expect(await tooSmall(page)).toEqual([]);
    await page.screenshot({ path: join(SHOTS, 'stops-split-zh.png'), fullPage: true });
    await save();
    await expect.poll(said, PATIENCE).toMatchObject([{ kind: 'split', undone: false }, {}, {}, {}, {}, {}]);
    await expect.poll(stopCount, PATIENCE).toBe(4);
    await expect.poll(() => page.locator('.stop-main').count(), PATIENCE).toBe(4);

    const second = page.locator('.stop-list > li').nth(2);
    await second.getByRole('button', { name: '详情' }).tap();
    await second.getByRole('button', { name: '与前一次停机合并' }).tap();
    await save();
    await expect
      .poll(async () => (await said())[0], PATIENCE)
      .toMatchObject({ kind: 'merge', undone: false });
    await expect.poll(stopCount, PATIENCE).toBe(3);
    await expect.poll(() => page.locator('.stop-main').count(), PATIENCE).toBe(3);

    const history = oldest.locator('.stop-history li');
    await history.filter({ hasText: '合并' }).first().getByRole('button', { name: '撤销' }).tap();
    await expect.poll(stopCount, PATIENCE).toBe(4);
    await history.filter({ hasText: '拆分' }).first().getByRole('button', { name: '撤销' }).tap();
    await expect.poll(stopCount, PATIENCE).toBe(3);
    await history.filter({ hasText: '撤销' }).first().getByRole('button', { name: '恢复' }).tap();
    await expect.poll(stopCount, PATIENCE).toBe(4);
    await page.context().close();
  });

  test('what was said offline of a stop that is none any more is told in the page’s words', async () => {
    const page = await onTablet();
    await page.locator('.stop-main').first().waitFor();
    const stop = page.locator('.stop-list > li').filter({ hasText: '待机' });
    await stop.locator('.stop-main').tap();
    const reason = page.getByRole('button', { name: '无订单', exact: true });
    await reason.waitFor();
    await page.context().setOffline(true);
    await reason.tap();
    await page.getByText('待提交 1 条').waitFor();
    await publish(30, 'running');
    await expect.poll(stopCount, PATIENCE).toBe(3);
    const before = (await said()).length;
    await page.context().setOffline(false);
    const alert = page.getByRole('alert').filter({ hasText: '未被接受' });
    await alert.getByText('这段时间内设备没有停机').waitFor();
    expect(await alert.textContent()).toContain('imm-01 · ');
    expect(await alert.textContent()).toContain('无订单');
    await page.getByText('待提交').waitFor({ state: 'detached' });
    await page.locator('.stop-toast').waitFor({ state: 'detached' });
    await page.screenshot({ path: join(SHOTS, 'stops-refused-zh.png'), fullPage: true });
    expect((await said()).length).toBe(before);
    await alert.getByRole('button', { name: '知道了' }).tap();
    await expect.poll(() => alert.count(), PATIENCE).toBe(0);
    await page.context().close();
  });

  test('a stop whose raw data is removed is shown as closed, and of one across the border only the part after it is said', async () => {
    const page = await onTablet();
    const border = async (minutesAgo: number): Promise<void> => {
      // As the platform says it once raw data is a day older than it keeps, which nobody waits for here.
      const editableSince = new Date(began - minutesAgo * MINUTE_MS).toISOString();
      await page.route('**/api/v1/stops?*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), editableSince } });
      });
    };
    const stops = page.locator('.stop-list > li');
    await border(20);
    const closed = stops.filter({ hasText: '已封账：' }).first();
    await closed.waitFor();
    expect(await closed.locator('.stop-main').isDisabled()).toBe(true);
    await closed.getByRole('button', { name: '详情' }).tap();
    await closed.getByText('标注记录').waitFor();
    for (const name of ['预览变化', '在此时刻拆分', '与前一次停机合并'])
      expect(await closed.getByRole('button', { name }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: join(SHOTS, 'stops-closed-zh.png'), fullPage: true });
    await page.unrouteAll({ behavior: 'wait' });
    await border(14);
    const across = stops.filter({ hasText: '只能填写其后的部分' });
    await across.locator('.stop-main').tap();
    await page.getByRole('button', { name: '缺料' }).tap();
    await expect
      .poll(async () => (await said())[0], PATIENCE)
      .toMatchObject({ kind: 'annotate', from: new Date(began - 14 * MINUTE_MS).toISOString() });
    await page.unrouteAll({ behavior: 'wait' });
    await page.context().close();
  });
});
