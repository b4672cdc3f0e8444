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

/** Of what is said of stops, and of periods to be assessed. */
const OF_STOPS: typeof SENTENCES = [
  [/^lies in the future$/, '在将来'],
  [/^does not lie before `to`$/, '不早于 to'],
  [/^lies in the future; nobody knows yet what happens then$/, '在将来，尚无人知道会发生什么'],
  [/^makes a span of more than (\d+) days; say it in parts$/, '时段长于 $1 天，请分段填写'],
  [
    /^(\S+) is too early: raw data before (\S+) is removed .*$/,
    '$1 太早：$2 之前的原始数据已按保留期（data.retentionDays）删除，那里的数值无法重算，以已记录的为准；请填写该时刻之后的时间',
  ],
  [
    /^(".*") was said of (\S+): raw data before (\S+) is removed .*$/s,
    '$1 填写的是 $2：$3 之前的原始数据已按保留期（data.retentionDays）删除，那里的数值无法重算，以已记录的为准，不能再撤销',
  ],
  [/^is no part of a reclassification; annotate with it first$/, '改类别时不填原因，请先标注原因'],
  [/^is given by a reclassification alone$/, '只有改类别时才填'],
  [/^(".*") is no longer offered$/s, '原因 $1 已停用'],
  [/^(".*") is in no group of the site’s tree$/s, '本工厂的原因树里没有 $1'],
  [/^(".*") is meant of the states (.*); the machine was (.*)$/s, '原因 $1 只适用于状态 $2，而设备当时为 $3'],
  [/^no stop goes on at that instant$/, '该时刻没有停机'],
  [/^the span holds less than two stops to be merged$/, '时段内不足两次停机，无法合并'],
  [/^the machine had no stop in the span$/, '时段内设备没有停机'],
  [/^nothing was said under the id (".*")$/s, '没有编号为 $1 的填写'],
  [/^(".*") is taken back already$/s, '$1 已经撤销'],
  [/^the id (".*") stands for something else that was said$/s, '编号 $1 已用于另一条填写'],
  [/^no site (".*") is declared or was heard of$/s, '没有声明或收到过工厂 $1'],
  [/^the period ends at (\S+), which is not after its beginning (\S+)$/, '评估期的结束 $1 不晚于开始 $2'],
  [
    /^the period ends in the future \((\S+); it is (\S+)\); end it earlier$/,
    '评估期结束于将来（$1，现在是 $2），请提前结束',
  ],
  [/^the period is longer than (\d+) days; assess a year at most$/, '评估期长于 $1 天，最多评估一年'],
  [
    /^observations before (\S+) are no longer kept .*; begin at (\S+) \((\S+)\) or later$/,
    '$1 之前的观测值已按保留期（data.retentionDays）删除，无法统计有数据的天数；请从 $2（$3）或之后开始',
  ],
  [
    /^observations before (\S+) are no longer kept .*; of this period no whole day is left$/,
    '$1 之前的观测值已按保留期（data.retentionDays）删除，无法统计有数据的天数；该评估期内已没有完整的一天',
  ],
];

const english = z.locales.en().localeError;
const chinese = z.locales.zhCN().localeError;

/** A part's message in Chinese: our own sentence, else the words of the checking library. `null`: nobody has it in Chinese. */
export function chineseOf(message: string, issue?: z.core.$ZodIssue): string | null {
  for (const [en, zh] of [...SENTENCES, ...OF_STOPS]) if (en.test(message)) return message.replace(en, zh);
  if (!issue || issue.code === 'custom') return null;
  // A message of the schema's own says more than the library's.
  const raw = issue as z.core.$ZodRawIssue;
  return message === wordsOf(english(raw)) ? wordsOf(chinese(raw)) : null;
}

const wordsOf = (said: ReturnType<typeof chinese>): string | null =>
  typeof said === 'string' ? said : (said?.message ?? null);
