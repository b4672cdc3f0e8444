import type { ChannelKind, Verdict } from '../channel.ts';
import { type Marks, markdownOf } from '../markdown.ts';
import type { Entry } from '../message.ts';
import { robotAnswer } from '../robot-answer.ts';

/** Bytes of UTF-8 that `markdown.content` may have. */
const MAX_BYTES = 4096;
/** Called too often: the quota is one of minutes. */
const TOO_OFTEN = new Set([45009, 45033]);
const TOO_OFTEN_AFTER_MS = 60_000;
/** Its own trouble: "system busy", and time-outs inside. */
const BUSY = new Set([-1, 45008]);

/** The three colours that its markdown knows. */
const colourOf = ({ event, severity }: Entry): 'info' | 'comment' | 'warning' =>
  event === 'resolved' ? 'info' : severity === 'info' ? 'comment' : 'warning';

const MARKS: Marks = {
  heading: (text) => `### ${text}`,
  label: (text, entry) => `**<font color="${colourOf(entry)}">${text}</font>**`,
  quote: (text) => `> ${text}`,
  link: (text, url) => `[${text}](${url})`,
  line: '\n',
};

/** The robot of a 企业微信 (WeCom) group. */
export const wecom: ChannelKind = {
  id: 'wecom',
  title: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  source: 'https://developer.work.weixin.qq.com/document/path/91770',
  perMinute: 20,
  request({ channel: { url, language }, message }) {
    const content = markdownOf({ message, language, marks: MARKS, maxBytes: MAX_BYTES });
    return {
      url,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
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
