import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../config/schema.ts';
import { CHANNEL_KINDS, type ChannelKindId, type Verdict } from '../../notify/channel.ts';
import { dingtalkSign } from '../../notify/channels/dingtalk.ts';
import { KINDS, kindOf } from '../../notify/channels/index.ts';
import { webhookSignature } from '../../notify/channels/webhook.ts';
import { plain } from '../../notify/markdown.ts';
import { post } from '../../notify/post.ts';
import { ROBOT_OK, startReceiver } from './receiver.ts';
import { MONDAY, sampleEntry, sampleMessage } from './sample.ts';

const channel = (kind: ChannelKindId, url: string, secret: string | null = null) =>
  ({ kind, url, secret, language: 'zh' }) as const;

test('folder, list, closed list and configuration agree', () => {
  const files = readdirSync(join(import.meta.dirname, '../../notify/channels')).filter(
    (name) => name !== 'index.ts',
  );
  expect(KINDS.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  expect(KINDS.map(({ id }) => id)).toEqual(CHANNEL_KINDS);
  for (const kind of CHANNEL_KINDS) {
    const channels = [{ id: 'x', kind, url: 'http://127.0.0.1/' }];
    expect(configSchema.parse({ notify: { channels } }).notify.channels[0]?.kind).toBe(kind);
  }
});

describe('what an answer means', () => {
  interface Case {
    readonly why: string;
    readonly kind: ChannelKindId;
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly expect: Verdict;
  }
  const cases = parse(readFileSync(join(import.meta.dirname, 'answers.yaml'), 'utf8')) as readonly Case[];
  test.each(cases.map((one) => [`${one.kind}: ${one.why}`, one] as const))('%s', async (_, given) => {
    const receiver = await startReceiver();
    receiver.answer(given);
    const verdict = await post({
      channel: channel(given.kind, `${receiver.url}/hook?key=k`),
      message: sampleMessage(),
      at: MONDAY,
    });
    expect(verdict).toEqual(given.expect);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a receiver that gives no answer', () => {
  test('hangs up', async () => {
    const receiver = await startReceiver();
    receiver.answer((response) => response.destroy());
    const verdict = await post({
      channel: channel('webhook', receiver.url),
      message: sampleMessage(),
      at: MONDAY,
    });
    expect(verdict).toMatchObject({
      is: 'again',
      why: expect.stringMatching(/^no connection \((UND_ERR_SOCKET|ECONNRESET)\)$/),
    });
  });

  test('never comes to an end', async () => {
    const receiver = await startReceiver();
    receiver.answer(() => {});
    const sending = { channel: channel('webhook', receiver.url), message: sampleMessage(), at: MONDAY };
    expect(await post({ ...sending, timeoutMs: 50 })).toEqual({
      is: 'again',
      why: 'no answer within 0.05 s',
    });
  });

  test('answers without end: it is hung up on', async () => {
    const receiver = await startReceiver();
    receiver.answer((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(
      await post({ channel: channel('wecom', receiver.url), message: sampleMessage(), at: MONDAY }),
    ).toMatchObject({
      is: 'again',
      why: expect.stringContaining('no JSON'),
    });
  });

  test('is not there; the words hold no key', async () => {
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    const gone = createServer().listen(0, '127.0.0.1', resolve);
    await listening;
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    for (const [url, why] of [
      [`http://127.0.0.1:${port}/?key=hush`, 'ECONNREFUSED'],
      // A port that fetch keeps from, whoever listens there.
      ['http://127.0.0.1:6000/?key=hush', 'bad port'],
    ] as const) {
      const verdict = await post({ channel: channel('wecom', url), message: sampleMessage(), at: MONDAY });
      expect(verdict).toEqual({ is: 'again', why: `no connection (${why})` });
    }
  });
});

describe('webhook', () => {
  test('a receiver can verify it as the specification says, and knows a repetition by its key', async () => {
    const receiver = await startReceiver();
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const message = sampleMessage();
    for (const at of [MONDAY, MONDAY + 60_000]) {
      await post({ channel: channel('webhook', receiver.url, secret), message, at });
    }
    for (const [index, { headers, body }] of receiver.received.entries()) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      );
      expect(Number(headers['webhook-timestamp'])).toBe(MONDAY / 1000 + index * 60);
      expect([headers['webhook-id'], headers['idempotency-key']]).toEqual([message.key, message.key]);
    }
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      version: 1,
      kind: 'alerts',
      id: message.key,
      title: '开动 Kaidong：设备停机 imm-01',
      alerts: [
        { rule: 'machine-stopped', event: 'fired', since: '2026-03-02T00:00:00.000Z', resolvedAt: null },
      ],
      more: 0,
    });
  });

  test('the example of the specification', () => {
    // https://github.com/standard-webhooks/standard-webhooks, the vector of its libraries' tests.
    const signed = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      seconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(webhookSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', signed)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  test('without a secret it is not signed', () => {
    const { headers } = kindOf('webhook').request({
      channel: channel('webhook', 'http://x/'),
      message: sampleMessage(),
      at: MONDAY,
    });
    expect(headers).not.toHaveProperty('webhook-signature');
  });
});

describe('the robot of 企业微信', () => {
  test('gets markdown with colour, time and link', async () => {
    const receiver = await startReceiver();
    receiver.answer(ROBOT_OK);
    const message = sampleMessage({
      entries: [
        sampleEntry(),
        sampleEntry({
          ...{ event: 'resolved', state: 'resolved', resolvedAt: MONDAY + 1_500_000, link: null },
          clock: { since: '03-02 08:00', resolved: '03-02 08:25', zone: 'Asia/Shanghai' },
        }),
      ],
      more: 3,
    });
    await post({
      channel: channel('wecom', `${receiver.url}/cgi-bin/webhook/send?key=k`),
      message,
      at: MONDAY,
    });
    const [{ path, query, body } = { path: '', query: new URLSearchParams(), body: '' }] = receiver.received;
    expect([path, query.get('key')]).toEqual(['/cgi-bin/webhook/send', 'k']);
    const { msgtype, markdown } = JSON.parse(body);
    expect(msgtype).toBe('markdown');
    expect(markdown.content.split('\n')).toEqual([
      '### 开动 Kaidong：5 项告警',
      '**<font color="warning">警告 · 设备停机</font>** acme/zhoushan/moulding/line1/imm-01',
      '> 已停机 10 分钟（故障）（03-02 08:00 起，Asia/Shanghai）',
      '> [查看](http://kaidong.plant:8080/#/machines/acme/zhoushan/moulding/line1/imm-01)',
      '**<font color="info">已恢复 · 设备停机</font>** acme/zhoushan/moulding/line1/imm-01',
      '> 持续 25 分钟（03-02 08:00 至 03-02 08:25，Asia/Shanghai）',
      '另有 3 项，见网页“数据健康”。',
    ]);
  });
});

describe('the robot of 钉钉', () => {
  test('is signed by its own rule: time, line break and secret, the secret being the key', async () => {
    const receiver = await startReceiver();
    receiver.answer(ROBOT_OK);
    const secret = 'SECf0a1b2c3';
    const url = `${receiver.url}/robot/send?access_token=t`;
    expect(
      await post({ channel: channel('dingtalk', url, secret), message: sampleMessage(), at: MONDAY }),
    ).toEqual({
      is: 'delivered',
    });
    const [{ query, body } = { query: new URLSearchParams(), body: '' }] = receiver.received;
    const sign = createHmac('sha256', secret)
      .update(`${query.get('timestamp')}\n${secret}`)
      .digest('base64');
    expect([query.get('access_token'), query.get('timestamp')]).toEqual(['t', String(MONDAY)]);
    // Decoded by the receiver as any form is: what `+` and `/` are written as on the way makes no difference to it.
    expect(query.get('sign')).toBe(sign);
    const { msgtype, markdown } = JSON.parse(body);
    expect([msgtype, markdown.title]).toEqual(['markdown', '开动 Kaidong：设备停机 imm-01']);
    expect(markdown.text).toContain('**警告 · 设备停机** acme/zhoushan/moulding/line1/imm-01\n\n> 已停机');
  });

  test('the signature of a known secret and time', () => {
    // By `openssl dgst -sha256 -hmac`, of "1583245678900\nthis is secret".
    expect(dingtalkSign('this is secret', 1_583_245_678_900)).toBe(EXPECTED_SIGN);
  });
});

const EXPECTED_SIGN = 'o9Zd7iHytAcIQUUihuai7fd0rj12RX7/6s3pcb5oZkE=';

test('names and reasons from outside can make neither markup nor mentions nor lines', () => {
  expect(plain('</font>[点我](http://evil)\n# @all `x` **b**')).toBe(
    '＜/font＞［点我］(http://evil) ＃ ＠all ｀x｀ ＊＊b＊＊',
  );
});

test('a name with brackets leaves the link whole', () => {
  const link = 'http://kd/#/machines/a/b/c/d/press%20(old)';
  const message = sampleMessage({ entries: [sampleEntry({ subject: 'a/b/c/d/press (old)', link })] });
  for (const kind of ['wecom', 'dingtalk'] as const) {
    const { body } = kindOf(kind).request({ channel: channel(kind, 'http://x/'), message, at: MONDAY });
    const { markdown } = JSON.parse(body);
    expect(markdown.content ?? markdown.text).toContain(
      '[查看](http://kd/#/machines/a/b/c/d/press%20%28old%29)',
    );
  }
});

test('property: whatever is told, a robot’s limit is kept, and every alert is in it or counted', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 400 });
  fc.assert(
    fc.property(
      fc.array(texts, { minLength: 1, maxLength: 60 }),
      fc.constantFrom('zh', 'en'),
      (subjects, language) => {
        const message = sampleMessage({ entries: subjects.map((subject) => sampleEntry({ subject })) });
        for (const [kind, limit] of [
          ['wecom', 4096],
          ['dingtalk', 20_000],
        ] as const) {
          const { body } = kindOf(kind).request({
            channel: { url: 'http://x/', secret: null, language },
            message,
            at: MONDAY,
          });
          const { markdown } = JSON.parse(body);
          const content: string = markdown.content ?? markdown.text;
          expect(Buffer.byteLength(content)).toBeLessThanOrEqual(limit);
          const shown = content.split('imm-01)').length - 1;
          const more = Number(/另有 (\d+) 项|And (\d+) more/.exec(content)?.slice(1).find(Boolean) ?? 0);
          expect(shown + more).toBe(subjects.length);
        }
      },
    ),
    { numRuns: 200 },
  );
});
