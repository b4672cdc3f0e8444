import { REFUSALS, type RefusalCode } from '../../domain/refusal.ts';

/** A sentence of a refusal's detail, and the same in Chinese: `$1` is what its first brackets hold, `{1}` the Chinese of it. */
type Sentence = readonly [en: RegExp, zh: string];

const WHERE: readonly Sentence[] = [
  [/^The payload$/, '载荷'],
  [/^Item (\d+) of the batch$/, '批次第 $1 项（从 0 起）'],
  [/^Line (\d+)$/, '第 $1 行'],
  [/^The topic$/, '主题'],
];
const FAULT: readonly Sentence[] = [
  [/^is empty\b.*$/, '为空'],
  [/^has (\d+) characters; (\d+) are .*$/, '有 $1 个字符，最多 $2 个'],
  [/^has a control character\b.*$/, '含有控制字符或 + #'],
  [/^is no usable name\b.*$/, '不能用作名称'],
];
const TYPE: readonly Sentence[] = [
  [/^double$/, '数值'],
  [/^int64$/, '64 位整数'],
  [/^boolean$/, '布尔值'],
  [/^text$/, '文本'],
];
const KIND: readonly Sentence[] = [
  [/^null$/, '空值'],
  [/^an array$/, '数组'],
  [/^an object$/, '对象'],
  [/^a text$/, '文本'],
  [/^a number of 0 or more$/, '不小于 0 的数'],
];
const AHEAD = '校准时钟，并检查是否误用了更细的时间单位';
const PARTS = [WHERE, FAULT, TYPE, KIND].flat();

/** What ingest's details say; the remedies stand in the catalogue of codes. */
const SENTENCES: readonly Sentence[] = [
  [/^No rule maps the topic ("(?:.*)"); publish/, '没有规则对应主题 $1'],
  [/^The topic has (\d+) levels below kaidong\/v1;/, '主题在 kaidong/v1 之下有 $1 层'],
  [/^The topic's level "ts" is the time and no signal;/, '主题层级“ts”是时间，不是信号'],
  [/^The topic's level ("(?:.*)") ((?:is empty|has \d|has a control|is no usable).*)\.$/, '主题层级 $1 {2}'],
  [/^The payload of (\d+) bytes is no valid UTF-8;/, '$1 字节的载荷不是有效的 UTF-8'],
  [/^The payload is empty;/, '载荷为空'],
  [/^No JSON: Unexpected end\b/, '不完整的 JSON：内容中途结束'],
  [/^No JSON: Unexpected token (.*?), (?:\.\.\.)?"/s, '不是 JSON：遇到意外的字符 $1'],
  [/^No JSON: .* at position (\d+)/s, '不是 JSON：问题在第 $1 个字符（从 0 起）'],
  [/^("(?:.*)") is (\S+); allowed is (\S+) to (\S+?)(?: .*)?\. Mend/s, '$1 的值为 $2，允许范围为 $3 至 $4'],
  [
    /^("(?:.*)") jumped from (\S+) to (\S+), (\S+) a second; plausible is at most (\S+)/s,
    '$1 从 $2 跳到 $3，每秒变化 $4，合理的上限为每秒 $5',
  ],
  [/^The batch is empty;/, '批次为空'],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic) is no object; publish (.*)\.$/,
    '{1}不是对象，应为 $2',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic) holds no value; publish (.*)\.$/,
    '{1}没有任何值，应为 $2',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic): "(\w+)" is a reserved key and needs (a text|a number of 0 or more), not (.*); rename it/s,
    '{1}：保留键 $2 需要{3}，收到 $4',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic) has the name ("(?:.*)"), which (.*)\.$/,
    '{1}中的名称 $2 {3}',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic) has the ts (.*); write integer/s,
    '{1}的 ts 为 $2',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic): ("(?:.*)") is beyond what a number can hold;/,
    '{1}：$2 超出数值范围',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic): the text of ("(?:.*)") has (\d+) characters; (\d+) are the most/,
    '{1}：$2 的文本有 $3 个字符，最多 $4 个',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic): the text of ("(?:.*)") has half of a surrogate pair/,
    '{1}：$2 的文本含有残缺字符',
  ],
  [
    /^(.+?): the name in ("\w+") has (\d+) characters; (\d+) are the most/,
    '{1}：$2 中的名称有 $3 个字符，最多 $4 个',
  ],
  [
    /^(.+?): the name in ("\w+"), ("(?:.*)"), has a control character at its place (\d+) \((U\+\w+)\);/s,
    '{1}：$2 中的名称 $3 的第 $4 个字符是控制字符（$5）',
  ],
  [
    /^(The payload|Item \d+ of the batch|Line \d+|The topic): ("(?:.*)") is (null|an array|an object); publish/,
    '{1}：$2 是{3}',
  ],
  [
    /^(.+?): the rule finds nothing at ("(?:.*)") for the machine's path;/s,
    '{1}：规则在 $2 找不到设备路径所需的值',
  ],
  [/^(.+?): the rule finds no time at ("(?:.*)");/s, '{1}：规则在 $2 找不到时间'],
  [/^(.+?): the rule finds no object with members at ("(?:.*)");/s, '{1}：规则在 $2 找不到对象'],
  [/^(.+?): the rule finds nothing at ("(?:.*)") for ("(?:.*)");/s, '{1}：规则在 $2 找不到 $3 的值'],
  [
    /^(.+?): the rule finds (\d+) values at ("(?:.*)") for ("(?:.*)"), and/s,
    '{1}：规则在 $3 为 $4 找到 $2 个值，只能有一个',
  ],
  [/^The payload: the rule finds nothing to read at ("(?:.*)");/s, '规则在 $1 找不到要读取的元素'],
  [
    /^The payload: ("(?:.*)") took longer than (\d+) ms, since/s,
    '$1 里的正则表达式在 $2 毫秒内没有匹配完，请去掉嵌套的重复',
  ],
  [
    /^The payload is nested too deeply for ("(?:.*)");/s,
    '载荷嵌套太深，无法用 $1 查找，请写明路径，不用“..”',
  ],
  [/^The payload: the rule finds none of its values;/, '规则要读的值一个也没有'],
  [
    /^(.+?): the rule makes ("(?:.*)") the machine's path, which has (\d+) levels;/s,
    '{1}：规则得出的设备路径 $2 有 $3 层，应为 5 层',
  ],
  [
    /^(.+?): the machine's level ("(?:.*)") ((?:is empty|has \d|has a control|is no usable).*)\.$/s,
    '{1}：设备路径中的层级 $2 {3}',
  ],
  [/^(.+?) has the ts (.*); the rule expects (.*)\.$/s, '{1}的时间为 $2，规则要求的格式是 $3'],
  [
    /^(.+?): ("(?:.*)") is (.*), for which the rule's map has no entry; it has (.*)\. Add it/s,
    '{1}：$2 的值 $3 不在规则的对照表中，表中有 $4',
  ],
  [/^(.+?): ("(?:.*)") is (.*), no number, which/s, '{1}：$2 的值 $3 不是数'],
  [/^(.+?): ("(?:.*)") is (.*), no integer, which/s, '{1}：$2 的值 $3 不是整数'],
  [/^(.+?): ("(?:.*)") is (.*), neither true nor false,/s, '{1}：$2 的值 $3 不是真假值'],
  [
    /^(.+?): ("(?:.*)") (?:is|becomes) (.*), beyond (?:what )?64 bits/s,
    '{1}：$2 的整数 $3 超出有符号 64 位范围',
  ],
  [/^Line (\d+), column (\d+): (.*?); correct the line/s, '第 $1 行第 $2 个字符起不是行协议'],
  [/^The payload holds no line;/, '载荷中没有一行数据'],
  [/^The payload has (\d+) bytes; (\d+) are allowed/, '载荷有 $1 字节，上限 $2（ingest.maxPayloadBytes）'],
  [/^The ts (\S+) lies before 2000-01-01;/, '时间 $1 早于 2000-01-01'],
  [
    /^The ts (\S+) is (\d+) s ahead of the receive time, more than the ([\d.]+) s allowed;/,
    `时间 $1 比收到时间超前 $2 秒，上限 $3 秒；${AHEAD}`,
  ],
  [/^("(?:.*)") would be machine (\d+); (\d+) are the most/, '$1 将是第 $2 台设备，上限 $3'],
  [/^("(?:.*)") would be signal (\d+) of (.*); (\d+) are the most/, '$1 将是 $3 的第 $2 个信号，上限 $4'],
  [
    /^("(?:.*)") is (.*) \((\w+)\), but its first value made it (\w+);/s,
    '$1 的值 $2 是{3}，而首个值把它定为{4}',
  ],
  [
    /^The topic ("(?:.*)") (names no|has the|has a|has no|has too).*; publish to spBv1\.0\//,
    '主题 $1 不是 Sparkplug 主题',
  ],
  [
    /^The edge node ("(?:.*)") would be number (\d+); (\d+) are the most/,
    '边缘节点 $1 将是第 $2 个，一个进程最多记住 $3 个',
  ],
  [
    /^The device ("(?:.*)") would be number (\d+); (\d+) are the most/,
    '设备 $1 将是第 $2 台，一个进程最多记住 $3 台',
  ],
  [
    /^No Sparkplug payload: its compressed body is neither DEFLATE nor GZIP\./,
    '不是 Sparkplug 载荷：压缩内容既不是 DEFLATE 也不是 GZIP',
  ],
  [
    /^No Sparkplug payload: its compressed body has more than (\d+) bytes\./,
    '不是 Sparkplug 载荷：压缩内容解开后超过 $1 字节',
  ],
  [
    /^No Sparkplug payload: a compressed payload in a compressed one\./,
    '不是 Sparkplug 载荷：压缩内容里又是压缩内容',
  ],
  [/^No Sparkplug payload: it is empty\./, '载荷为空，不是 Sparkplug 消息'],
  [/^No Sparkplug payload: .*? at byte (\d+)\./, '不是 Sparkplug 载荷：问题在第 $1 个字节（从 0 起）'],
  [/^No Sparkplug payload: .*? after (\d+) bytes\./, '不是 Sparkplug 载荷：$1 字节后中途结束'],
  [
    /^No Sparkplug payload: .*? (?:before byte|at byte) (\d+)/,
    '不是 Sparkplug 载荷：问题在第 $1 个字节（从 0 起）',
  ],
  [
    /^No birth is known of the node (.*?) that tells/,
    '不知道节点 $1 的出生消息；已请求重新发布，收到后自动重读',
  ],
  [
    /^No birth is known of the device (.*?) of the node (.*?) that tells/,
    '不知道节点 $2 的设备 $1 的出生消息；已请求重新发布，收到后自动重读',
  ],
  [/^The birth tells nothing of the metric ("(?:.*)"); a rebirth/, '出生消息没有声明指标 $1；已请求重新发布'],
  [
    /^The birth tells nothing of the member ("(?:.*)") of ("(?:.*)"); a rebirth/,
    '出生消息没有声明 $2 的成员 $1；已请求重新发布',
  ],
  [/^The birth tells nothing of the alias (\d+); a rebirth/, '出生消息没有声明别名 $1；已请求重新发布'],
  [/^The birth tells nothing of a metric with neither/, '有一个指标既没有名称也没有别名'],
  [/^A metric of the birth has no name;/, '出生消息中有一个指标没有名称'],
  [/^The metric ("(?:.*)") is (\w+), and its value came as (\w+);/, '指标 $1 的类型是 $2，值却以 $3 发送'],
  [/^The metric ("(?:.*)") is (\w+), and (-?\d+) is none;/, '指标 $1 的类型是 $2，值 $3 超出其范围'],
  [/^The metric ("(?:.*)") is UInt64, and (\d+) is beyond/, '指标 $1 的值 $2 超过 2^63−1，无法精确保存'],
  [/^The metric ("(?:.*)") (.*); correct it at the edge node\./s, '指标 $1 无法读取：$2'],
  [
    /^Reading it failed in the platform itself \((.*)\); it is kept\b/,
    '程序读取该消息时出错（$1），消息已保留',
  ],
  [
    /^Too much was waiting, and (\d+) of the source's messages/,
    '等待处理的消息过多，该来源有 $1 条 QoS 0 消息未收',
  ],
];

const BOOKED =
  /^(.*?)(?: And (\d+) more of its parts are refused\.)?(?: \[(The message is refused|The rest of the message went on); observations refused: (\d+)(?:; retained)?\])?$/s;

/** A refusal in both languages: what was wrong with this very message. Where Chinese lacks the sentence, it tells the code's meaning. */
export function refusalMessage({ code, detail }: { readonly code: RefusalCode; readonly detail: string }): {
  readonly zh: string;
  readonly en: string;
} {
  const [, fact = detail, more, fate, observations] = BOOKED.exec(detail) ?? [];
  const zh = [
    `${translated(fact, SENTENCES) ?? ofStore(code, fact) ?? REFUSALS[code].meaning.zh.replace(/。$/, '')}。`,
  ];
  if (more) zh.push(`另有 ${more} 处也被拒收。`);
  if (fate) {
    const whole = fate === 'The message is refused';
    const counted = observations === '0' ? '' : `（拒收观测值 ${observations} 个）`;
    zh.push(`${whole ? '整条消息被拒收' : '消息的其余部分已收下'}${counted}。`);
  }
  return { zh: zh.join(''), en: detail };
}

/** Those are the store's own words. */
const ofStore = (code: RefusalCode, fact: string): string | undefined =>
  code === 'store-refused' ? `数据库拒收：${fact.replace(/\.$/, '')}` : undefined;

function translated(text: string, sentences: readonly Sentence[]): string | undefined {
  for (const [en, zh] of sentences) {
    const match = en.exec(text);
    if (!match) continue;
    const part = (index: string): string => match[Number(index)] ?? '';
    // In one go: what a source wrote may hold braces and dollars of its own.
    return zh.replace(/\{(\d)\}|\$(\d)/g, (_, phrase, text) => (phrase ? partOf(part(phrase)) : part(text)));
  }
  return undefined;
}

const partOf = (text: string): string => translated(text, PARTS) ?? text;
