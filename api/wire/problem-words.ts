import { z } from 'zod';

/** What our own checks say of a part of a request, and the same in Chinese: `$1` is what the first brackets hold. */
const SENTENCES: readonly (readonly [en: RegExp, zh: string])[] = [
  [/^is needed$/, '必填'],
  [/^is empty$/, '不能为空'],
  [/^is no parameter of this route$/, '此地址没有这个参数'],
  [/^is no field of this body$/, '此内容没有这个字段'],
  [/^is given more than once$/, '只能给出一次'],
  [/^has (\d+) characters; (\d+) are the most$/, '有 $1 个字符，最多 $2 个'],
  [
    /^has a control character, or half of a surrogate pair, at its place (\d+) \((U\+\w+)\)$/,
    '第 $1 个字符是控制字符或残缺字符（$2）',
  ],
  [/^has a control character, or half of a surrogate pair$/, '含有控制字符或残缺字符'],
  [/^(".*") is not known$/s, '没有 $1 这个选项'],
  [/^(".*") is there twice$/s, '$1 出现了两次'],
  [/^(".*") is no whole number from (\d+) to (\d+)$/s, '$1 不是 $2 至 $3 的整数'],
  [/^(".*") is no positive number of whole milliseconds$/s, '$1 不是整毫秒的正数时长'],
  [/^(".*") is no path of one to five levels$/s, '$1 不是一至五层的路径'],
  [/^(".*") has not five levels$/s, '$1 不是五层路径'],
  [/^(".*") has not four levels$/s, '$1 不是四层路径'],
  [/^(".*") has not two to five levels$/s, '$1 不是二至五层的路径'],
  [/^(".*") is no time zone$/s, '$1 不是时区'],
  [/^(".*") is no day$/s, '$1 不是日期'],
  [/^(".*") is no duration$/s, '$1 不是时长'],
  [/^(".*") has years or months, which have no fixed length$/s, '$1 含有年或月，其长度不固定'],
  [/^(".*") lies beyond the calendar, .*$/s, '$1 超出日历范围（公元 1 至 9999 年）'],
  [/^is no whole number of pieces$/, '不是整数件数'],
  [/^is below 0$/, '小于 0'],
  [/^is longer than (\d+) days$/, '长于 $1 天'],
  [/^is neither a text nor whole milliseconds$/, '既不是文本也不是整毫秒'],
  [
    /^is no id of letters, digits, .* of (\d+) characters at most$/,
    '编号只能用字母、数字和 . : _ -，最多 $1 个字符',
  ],
  [/^(".*") has no offset from UTC, or is no time$/s, '$1 不是时间，或没有写明与 UTC 的时差'],
  [/^(".*") is no time$/s, '$1 不是时间'],
  [/^is not after `from`; spans are half-open, \[from, to\)$/, '不晚于 from；时段含起点、不含终点'],
  [/^has more than (\d+) decimals$/, '小数多于 $1 位'],
  [/^is no number, or one with more digits than can be kept$/, '不是数，或位数多到无法保存'],
  [/^is no field of (.*)$/, '$1 没有这个字段'],
  [/^is no part of (.*)$/, '$1 没有这一项'],
  [/^is no channel of (.*)$/, '$1 没有这个渠道'],
  [/^is needed by (.*)$/, '$1 需要它'],
  [/^names either `payload` or `payloadBase64`$/, '要么给出 payload，要么给出 payloadBase64'],
  [
    /^write lower-case letters, digits and hyphens, up to (\d+), such as (\S+)$/,
    '只能用小写字母、数字和连字符，最多 $1 个，例如 $2',
  ],
  [/^names either `ids`, or `code` or `topic` or both$/, '要么给出 ids，要么给出 code、topic 或两者'],
];

const english = z.locales.en().localeError;
const chinese = z.locales.zhCN().localeError;

/** A part's message in Chinese: our own sentence, else the words of the checking library. `null`: nobody has it in Chinese. */
export function chineseOf(message: string, issue?: z.core.$ZodIssue): string | null {
  for (const [en, zh] of SENTENCES) if (en.test(message)) return message.replace(en, zh);
  if (!issue || issue.code === 'custom') return null;
  // A message of the schema's own says more than the library's.
  const raw = issue as z.core.$ZodRawIssue;
  return message === wordsOf(english(raw)) ? wordsOf(chinese(raw)) : null;
}

const wordsOf = (said: ReturnType<typeof chinese>): string | null =>
  typeof said === 'string' ? said : (said?.message ?? null);
