import { createHmac } from 'node:crypto';
import type { ChannelKind } from '../channel.ts';
import type { Entry, Message } from '../message.ts';
import { detailOf, labelOf, testText, titleOf } from '../wording.ts';

const PREFIX = 'whsec_';

/** The key that a secret stands for: base64 behind `whsec_`, else the bytes of the text. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);

/** `v1,` and HMAC-SHA256 in base64 of id, time in seconds and body, parted by full stops (Standard Webhooks). */
export function webhookSignature(
  secret: string,
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`);
  return `v1,${mac.digest('base64')}`;
}

/** Any server that takes JSON. Headers, signature and key of repetition follow the Standard Webhooks specification. */
export const webhook: ChannelKind = {
  id: 'webhook',
  title: { zh: 'Webhook（JSON）', en: 'Webhook (JSON)' },
  source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  perMinute: null,
  request({ channel: { url, secret, language }, message, at }) {
    const body = JSON.stringify(bodyOf(message, language));
    const id = message.key;
    const seconds = Math.floor(at / 1000);
    return {
      url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'idempotency-key': id,
        ...(secret === null ? {} : { 'webhook-signature': webhookSignature(secret, { id, seconds, body }) }),
      },
      body,
    };
  },
  verdict: () => ({ is: 'delivered' }),
};

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function bodyOf(message: Message, language: 'zh' | 'en') {
  const { kind, key, channel, createdAt, entries, more } = message;
  return {
    version: 1,
    kind,
    id: key,
    channel,
    createdAt: iso(createdAt),
    title: titleOf(message, language),
    text: kind === 'test' ? testText[language] : entries.map((entry) => lineOf(entry, language)).join('\n'),
    alerts: entries.map(({ title, text, since, firedAt, resolvedAt, clock, ...entry }) => ({
      ...entry,
      title,
      text,
      since: iso(since),
      firedAt: iso(firedAt),
      resolvedAt: iso(resolvedAt),
      zone: clock.zone,
    })),
    more,
  };
}

const lineOf = (entry: Entry, language: 'zh' | 'en'): string =>
  `${labelOf(entry, language)} ${entry.subject}: ${detailOf(entry, language)}`;
