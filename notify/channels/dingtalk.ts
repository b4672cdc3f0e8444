import { createHmac } from 'node:crypto';
import type { EpochMs } from '../../domain/time.ts';
import type { ChannelKind, Verdict } from '../channel.ts';
import { type Marks, markdownOf, plain } from '../markdown.ts';
import { robotAnswer } from '../robot-answer.ts';
import { titleOf } from '../wording.ts';

/** Bytes of a whole message that are taken; the rest is for the JSON around the text. */
const MAX_BYTES = 18_000;
/** More than 20 messages within a minute: then nothing is taken for ten. */
const TOO_OFTEN = new Set([130_101, 410_100, 90_018]);
const TOO_OFTEN_AFTER_MS = 600_000;
/** "System busy". */
const BUSY = new Set([-1]);

const MARKS: Marks = {
  heading: (text) => `### ${text}`,
  label: (text) => `**${text}**`,
  quote: (text) => `> ${text}`,
  link: (text, url) => `[${text}](${url})`,
  // One line break alone is none in its markdown.
  line: '\n\n',
};

/**
 * The signature of a robot's "additional signature" (加签): HMAC-SHA256 of `timestamp`, a line break and the secret, with the
 * secret as the key, in base64. `timestamp` in ms may differ from theirs by an hour.
 */
export const dingtalkSign = (secret: string, at: EpochMs): string =>
  createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');

/** The robot of a 钉钉 (DingTalk) group. */
export const dingtalk: ChannelKind = {
  id: 'dingtalk',
  title: { zh: '钉钉群机器人', en: 'DingTalk group robot' },
  source: 'https://open.dingtalk.com/document/orgapp/custom-robot-access',
  perMinute: 20,
  request({ channel: { url, secret, language }, message, at }) {
    const signed = new URL(url);
    if (secret !== null) {
      signed.searchParams.set('timestamp', String(at));
      signed.searchParams.set('sign', dingtalkSign(secret, at));
    }
    const text = markdownOf({ message, language, marks: MARKS, maxBytes: MAX_BYTES });
    const title = plain(titleOf(message, language));
    return {
      url: signed.href,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ msgtype: 'markdown', markdown: { title, text } }),
    };
  },
  verdict(body): Verdict {
    const answer = robotAnswer(body);
    if (answer.is !== 'refused') return answer;
    const { code, why } = answer;
    if (TOO_OFTEN.has(code)) return { is: 'again', why, afterMs: TOO_OFTEN_AFTER_MS };
    return BUSY.has(code) ? { is: 'again', why } : { is: 'never', why };
  },
};
