import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-health-'));
const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const TOPIC = `kaidong/v1/${MACHINE}`;
const PLANT = `sites:\n  - { path: acme/zhoushan, zone: Asia/Shanghai }\nmachines:\n  - { path: ${MACHINE} }\n  - { path: acme/zhoushan/moulding/line1/imm-02 }\n`;
const HOUR_MS = 3_600_000;
/** So many refused messages are on one page. */
const PAGE = 50;

let browser: Browser;
let platform: Started;
let client: MqttClient;

/** Starts the platform on the same data with a configuration. */
async function start(name: string, extra = ''): Promise<void> {
  const config = join(dir, `${name}.yaml`);
  writeFileSync(config, PLANT + extra);
  platform = await startKaidong(['serve', '--config', config], {
    KAIDONG__DATA__DIR: join(dir, 'data'),
    KAIDONG__HTTP__PORT: '0',
    KAIDONG__BROKER__PORT: '0',
  });
  client = await mqtt.connectAsync(platform.ready.mqtt as string);
}

async function stop(): Promise<void> {
  await client?.endAsync();
  await platform?.[Symbol.asyncDispose]();
}

const publish = (topic: string, payload: string | Buffer): Promise<unknown> =>
  client.publishAsync(topic, payload, { qos: 1 });

async function open(
  route: string,
  language: 'zh' | 'en' = 'en',
  size: keyof typeof SIZES = 'desktop',
): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES[size] });
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('dialog', () => {
    throw new Error('a payload was run as a script');
  });
  await page.goto(`${platform.ready.http}/?lang=${language}#${route}`);
  return page;
}

/** Opens the message of a code, and gives its details. */
async function opened(page: Page, code: string) {
  const row = page.locator('.messages tbody tr', { hasText: code }).first();
  await row.getByRole('button').click();
  return page.locator('.message-detail');
}

const books = async () =>
  (await (await fetch(`${platform.ready.http}/api/v1/ingest/books`)).json()) as {
    messages: Record<string, number>;
  };

describe.skipIf(skipWithoutChromium())('data health in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
    await start('narrow');
  });
  afterAll(async () => {
    await browser?.close();
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('an integrator sees a refused message, explains it, mends the configuration, replays it, and the books balance', async () => {
    await publish(TOPIC, JSON.stringify({ ts: Date.now() + HOUR_MS, state: 'running', count: 7 }));
    const before = await open('/health');
    await before.locator('.fact.look', { hasText: '1 messages' }).waitFor();
    const refused = await opened(before, 'ts-out-of-range');
    await refused.getByText('It would still be refused.').waitFor();
    await refused.getByText('ingest.maxAheadSeconds').first().waitFor();
    await refused.getByRole('button', { name: 'Replay this one' }).click();
    await before.getByText('Replayed 1: 0 taken, 1 still refused.').waitFor();
    await before.locator('.mark', { hasText: 'still refused after a replay' }).waitFor();
    await before.close();

    await stop();
    await start('wide', 'ingest: { maxAheadSeconds: 7200 }\n');
    const after = await open('/health?code=ts-out-of-range');
    const mended = await opened(after, 'ts-out-of-range');
    await mended.getByText('It would be taken now: replay it.').waitFor();
    await mended.getByText(/read as running/).waitFor();
    await after.screenshot({ path: join(SHOTS, 'health-explained-en.png'), fullPage: true });
    await mended.getByRole('button', { name: 'Replay this one' }).click();
    await after.getByText('Replayed 1: 1 taken, 0 still refused.').waitFor();
    await after.getByText('No message fits the filter.').waitFor();
    await expect
      .poll(async () => (await books()).messages)
      .toMatchObject({ received: 1, stored: 1, refused: 0, spooled: 0 });
    expect(await after.locator('.equation .verdict.passed').count()).toBe(2);
    await after.close();
  });

  test('poisonous payloads are text, bytes or a part of themselves, and nothing else', async () => {
    await publish(TOPIC, '<script>alert(1)</script><img src=x onerror=alert(2)>');
    await publish(`${TOPIC}/binary`, Buffer.from([0, 255, 254, 0x41]));
    await publish(`${TOPIC}/large`, Buffer.alloc(1_000_000, '<b>'));
    await publish(`${TOPIC}/larger`, Buffer.alloc(2_000_000, 'x'));
    const page = await open('/health');
    for (const [topic, says] of [
      ['/binary', '00 ff fe 41'],
      ['/large', 'The first 64 kB of 1 MB.'],
      ['/larger', 'Only the first 65.5 kB of 2 MB are kept'],
      ['', 'onerror=alert(2)'],
    ] as const) {
      const address = `/health?${new URLSearchParams({ topic: TOPIC + topic })}`;
      await page.goto(`${platform.ready.http}/?lang=en#${address}`);
      const row = page.locator('.messages tbody tr').first();
      await row.filter({ hasText: TOPIC + topic }).waitFor();
      await row.getByRole('button').click();
      await page.locator('.message-detail').getByText(says).first().waitFor();
      const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(width, topic).toBeLessThanOrEqual(0);
    }
    expect(await page.locator('.messages img, .messages script').count()).toBe(0);
    await page.close();
  });

  test('a workbench says what would become of a message, and what the time ledger would not understand', async () => {
    const page = await open('/health/explain?topic=a');
    await page.getByLabel('Topic').fill(TOPIC);
    await page.getByLabel('Payload', { exact: true }).fill('{"state":"AUTO","count":18446744073709551615}');
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await page.getByText('no state word "AUTO"').waitFor();
    await page.getByText('18446744073709551615, beyond 64 bits').first().waitFor();
    // The address carries it, so that a colleague sees the same.
    const again = await open(new URL(page.url()).hash.slice(1));
    await again.getByText('no state word "AUTO"').waitFor();
    await again.getByLabel('Payload written as').selectOption('hex');
    await again.getByLabel('Payload', { exact: true }).fill('xyz');
    await again.getByRole('button', { name: 'Explain', exact: true }).click();
    await again.getByText('This is no hex').waitFor();
    await again.close();
    await page.close();
  });

  test('machines that were declared and never spoke, and those nobody declared, with the lines that declare them', async () => {
    await publish('kaidong/v1/new/-/-/-/m9', '{"state":"running"}');
    const page = await open('/health');
    const quiet = page.locator('section', { has: page.locator('#health-machines') });
    await quiet.locator('tr', { hasText: 'imm-02' }).getByText('declared, never heard').waitFor();
    await quiet.locator('tr', { hasText: 'new/-/-/-/m9' }).getByText('undeclared').waitFor();
    expect(await quiet.locator('pre').textContent()).toContain('machines:\n  - path: new/-/-/-/m9');
    await page.close();
  });

  test('what lies on disk, how long it is kept, and that growth is not known yet', async () => {
    for (const [language, title, kind] of [
      ['en', 'Disk and retention', 'recorded ledger'],
      ['zh', '磁盘与保留期', '时间账'],
    ] as const) {
      const page = await open('/health', language, 'tablet');
      const card = page.locator('section', { has: page.getByRole('heading', { name: title }) });
      await card.getByRole('rowheader', { name: kind, exact: true }).waitFor();
      expect(await card.locator('tbody tr').count()).toBe(6);
      expect(await card.innerText()).toContain('400');
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.close();
    }
  });

  test('ten thousand refused messages are leafed through page by page, filtered and replayed', async () => {
    const COUNT = 10_000;
    await Promise.all(
      Array.from({ length: COUNT }, (_, index) =>
        publish(`kaidong/v1/flood/${index % 100}`, `{"n":${index}}`),
      ),
    );
    const filter = encodeURIComponent('kaidong/v1/flood/#');
    const page = await open(`/health?topic=${filter}&code=topic-shape`);
    const newest = page.locator('.messages .preview').first();
    await newest.waitFor();
    await page.locator('tr.given', { hasText: '10,000' }).waitFor();
    // However many there are, a step is one page of them.
    const answers: number[] = [];
    const note = async (response: Response): Promise<void> => {
      if (!response.url().includes('/ingest/refused?')) return;
      answers.push(((await response.json()) as { items: unknown[] }).items.length);
    };
    page.on('response', note);
    for (let turn = 0; turn < 5; turn++) {
      const shown = await newest.textContent();
      await page.getByRole('link', { name: /Older/ }).click();
      await expect.poll(() => newest.textContent()).not.toBe(shown);
    }
    await expect.poll(() => answers).toEqual(Array(5).fill(PAGE));
    page.off('response', note); // it would read what comes as the page closes
    await page.goBack();
    await page.getByRole('link', { name: 'Back to the newest' }).click();
    await page.getByText('{"n":9999}').first().waitFor();
    await page.getByRole('button', { name: 'Replay all that fit the filter' }).click();
    await page.getByText('Replayed 10000: 0 taken, 10000 still refused.').waitFor({ timeout: 60_000 });
    await page.close();
  });

  test.each(['zh', 'en'] as const)(
    'looks right in %s, in three sizes, light and dark, without a serious finding of axe',
    async (language) => {
      for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
        for (const [view, route, ready] of [
          ['refused', '/health', '.messages tbody tr'],
          [
            'explain',
            `/health/explain?${new URLSearchParams({ topic: TOPIC, payload: '{"state":"AUTO"}' })}`,
            '.notes',
          ],
        ] as const) {
          const page = await open(route, language, size);
          await page.waitForSelector(ready);
          if (size === 'wall') await page.click('.tools button');
          const shot = `health-${view}-${language}-${size}`;
          await page.screenshot({ path: join(SHOTS, `${shot}.png`), fullPage: true });
          expect(await seriousFindings(page), shot).toEqual([]);
          const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          expect(width, shot).toBeLessThanOrEqual(0);
          await page.close();
        }
      }
    },
  );
});
