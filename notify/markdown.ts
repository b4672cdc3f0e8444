import type { Name } from '../domain/names.ts';
import type { Entry, Message } from './message.ts';
import { detailOf, labelOf, moreOf, testText, titleOf } from './wording.ts';

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Characters that robots take for markup, as their full-width likes: names and reasons come from outside. */
const LIKE: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '*': '＊',
  '`': '｀',
  '#': '＃',
  '@': '＠',
  '~': '～',
  '|': '｜',
};
const LONGEST = 300;

/** A text from outside as plain text: no markup, no lines of its own, not longer than a robot's message can bear. */
export function plain(text: string): string {
  const flat = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[<>[\]*`#@~|]/g, (one) => LIKE[one] ?? one);
  return flat.length > LONGEST ? `${Array.from(flat).slice(0, LONGEST).join('')}…` : flat;
}

/** How a kind of robot marks up what it is told. */
export interface Marks {
  heading(text: string): string;
  /** The first line of an entry. */
  label(text: string, entry: Entry): string;
  quote(text: string): string;
  link(text: string, url: string): string;
  /** Parts of an entry, and entries, are parted by it. */
  readonly line: string;
}

/**
 * A message in a robot's markup, in at most so many bytes of UTF-8: entries that don't fit are counted at the end, since
 * a message that is cut somewhere would be refused or say something else.
 */
export function markdownOf({
  message,
  language,
  marks,
  maxBytes,
}: {
  readonly message: Message;
  readonly language: keyof Name;
  readonly marks: Marks;
  readonly maxBytes: number;
}): string {
  const title = marks.heading(plain(titleOf(message, language)));
  if (message.kind === 'test') return [title, testText[language]].join(marks.line);
  const blocks = message.entries.map((entry) => blockOf(entry, language, marks));
  for (let shown = blocks.length; ; shown--) {
    const rest = blocks.length - shown + message.more;
    const parts = [title, ...blocks.slice(0, shown), ...(rest > 0 ? [moreOf(rest, language)] : [])];
    const text = parts.join(marks.line);
    if (bytesOf(text) <= maxBytes || shown === 0) return text;
  }
}

function blockOf(entry: Entry, language: keyof Name, marks: Marks): string {
  const lines = [
    `${marks.label(labelOf(entry, language), entry)} ${plain(entry.subject)}`,
    marks.quote(plain(detailOf(entry, language))),
  ];
  if (entry.link) {
    const url = entry.link.replaceAll('(', '%28').replaceAll(')', '%29'); // would end the link
    lines.push(marks.quote(marks.link(language === 'zh' ? '查看' : 'Look', url)));
  }
  return lines.join(marks.line);
}
