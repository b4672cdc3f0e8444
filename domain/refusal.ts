/** What a code means, and what to do about it. */
export interface RefusalWords {
  readonly meaning: { readonly zh: string; readonly en: string };
  readonly remedy: { readonly zh: string; readonly en: string };
}

/** Why a message or an observation is refused: a closed list; each code has its meaning and remedy. */
export const REFUSALS = {
  'topic-shape': {
    meaning: {
      zh: '主题层级数不符：应为 kaidong/v1/企业/厂区/区域/产线/设备[/信号]。',
      en: 'The topic has another depth than kaidong/v1/{enterprise}/{site}/{area}/{line}/{machine}[/{signal}].',
    },
    remedy: {
      zh: '在 kaidong/v1 之下写五层（带信号时六层）；没有名称的层级写“-”。',
      en: 'Publish to five levels below kaidong/v1, or six with a signal; write "-" for a level without a name.',
    },
  },
  'not-utf8': {
    meaning: { zh: '载荷不是有效的 UTF-8 文本。', en: 'The payload is no valid UTF-8.' },
    remedy: {
      zh: '以 UTF-8 编码发布 JSON 文本；发送 GBK 或二进制数据的设备需先转换。',
      en: 'Publish JSON text in UTF-8; a device that sends GBK or binary data needs a converter in front.',
    },
  },
  'not-json': {
    meaning: { zh: '载荷不是 JSON。', en: 'The payload is no JSON.' },
    remedy: {
      zh: '按说明所指位置检查载荷：常见原因是内容被截断、用了单引号，或写了 NaN。',
      en: 'Compare the payload with what the detail points at: often it is cut off, has single quotes, or says NaN.',
    },
  },
  'payload-shape': {
    meaning: {
      zh: '载荷是 JSON，但结构与主题要求的不符。',
      en: 'The payload is JSON of another shape than the topic asks for.',
    },
    remedy: {
      zh: '发布以信号名为键的对象；信号自己的主题则发布 {"ts": …, "value": …}。保留键不可另作他用。',
      en: 'Publish an object with the signals by name, or {"ts": …, "value": …} to a signal\'s own topic; reserved keys keep their meaning.',
    },
  },
  'payload-too-large': {
    meaning: { zh: '载荷超过大小上限。', en: 'The payload is larger than the limit.' },
    remedy: {
      zh: '减小每批的数据量，或调大 ingest.maxPayloadBytes；完整保存的消息随后可以重放。',
      en: 'Publish smaller batches, or raise ingest.maxPayloadBytes; then replay what was kept whole.',
    },
  },
  'ts-malformed': {
    meaning: {
      zh: '时间既不是毫秒数，也不是带时区偏移的 ISO 8601。',
      en: 'The time is neither milliseconds nor ISO 8601 with an offset.',
    },
    remedy: {
      zh: '写整数毫秒，或带偏移（如 +08:00）的 ISO 8601；也可以不写 ts。',
      en: 'Write integer milliseconds, or ISO 8601 with an offset such as +08:00; or leave ts out.',
    },
  },
  'ts-out-of-range': {
    meaning: {
      zh: '时间早于 2000-01-01，或超前收到时间太多。',
      en: 'The time is before 2000-01-01 or too far ahead of the receive time.',
    },
    remedy: {
      zh: '校准来源的时钟和时间单位（毫秒）；若时钟确须超前，调大 ingest.maxAheadSeconds，重启后重放。',
      en: 'Set the clock of the source and its unit (milliseconds); where its clock must be ahead, raise ingest.maxAheadSeconds, restart, and replay.',
    },
  },
  'value-not-finite': {
    meaning: { zh: '数值不是有限数。', en: 'The number is NaN or infinite.' },
    remedy: { zh: '数值未知时不要发送该项。', en: 'Leave the value out while it is unknown.' },
  },
  'value-out-of-range': {
    meaning: {
      zh: '数值超出为该信号配置的范围。',
      en: 'The value lies outside the range that is configured for its signal.',
    },
    remedy: {
      zh: '检查传感器和单位；若数值正确，放宽 signals 中的 min、max，重启后重放。',
      en: 'Look at the sensor and its unit; where the value is right, widen min and max in `signals`, restart, and replay.',
    },
  },
  'value-jump': {
    meaning: {
      zh: '数值变化快于该信号合理的速度。',
      en: 'The value changed faster than is plausible for its signal.',
    },
    remedy: {
      zh: '检查传感器和接线；若变化属实，调大 signals 中的 maxStepPerSecond，或改为 onJump: flag。',
      en: 'Look at the sensor and its wiring; where the change is real, raise maxStepPerSecond in `signals`, or write onJump: flag.',
    },
  },
  'value-shape': {
    meaning: {
      zh: '此处需要单个值，收到的却是对象、数组或空值。',
      en: 'The value is an object, an array or null where a single value is needed.',
    },
    remedy: {
      zh: '每个信号只发布一个数、一段文本、true 或 false；没有值就不要发送。',
      en: 'Publish a number, a text, true or false for each signal, or leave it out.',
    },
  },
  'type-drift': {
    meaning: {
      zh: '值的类型与该信号首个值确定的类型不同。',
      en: "The value's type is not the one that the signal's first value pinned.",
    },
    remedy: {
      zh: '按说明中的类型发送，或换一个信号名发布新类型的值。',
      en: 'Send the type that the detail names, or publish the new kind of value under another signal name.',
    },
  },
  'name-malformed': {
    meaning: {
      zh: '名称为空、过长，或含有控制字符或通配符。',
      en: 'A name is empty, too long, or has a control character or a wildcard.',
    },
    remedy: {
      zh: '在来源处修改层级或信号的名称；没有名称的层级写“-”。',
      en: 'Rename the level or signal at the source; write "-" for a level without a name.',
    },
  },
  'too-many-names': {
    meaning: {
      zh: '设备数或单台设备的信号数已达上限。',
      en: 'The cap on machines, or on signals of a machine, is reached.',
    },
    remedy: {
      zh: '检查是否有每次都变的名称，例如主题里带有序列号或时间。',
      en: 'Look for names that are made up anew each time, such as serial numbers or times in the topic.',
    },
  },
  'store-refused': {
    meaning: {
      zh: '数据库拒收了该观测值；原因见说明。',
      en: 'The store refused the observation; its own reason is in the detail.',
    },
    remedy: {
      zh: '按数据库给出的原因修正（多为字段类型冲突），然后重放。',
      en: 'Mend what the store complains of, often a field of another type, and replay.',
    },
  },
  'no-rule': {
    meaning: { zh: '没有规则对应该主题。', en: 'No rule maps the topic.' },
    remedy: {
      zh: '为该主题写一条映射规则（kaidong suggest 会给出建议）并 kaidong reload，然后重放；或改为发布到 kaidong/v1 之下。',
      en: 'Write a mapping rule for the topic (kaidong suggest proposes one), kaidong reload, and replay; or publish below kaidong/v1.',
    },
  },
  'rule-mismatch': {
    meaning: {
      zh: '载荷与映射规则不符：规则所指位置没有值，或有多个值。',
      en: 'The payload is not what its mapping rule expects: a path of the rule finds nothing, or several values.',
    },
    remedy: {
      zh: '用 kaidong explain 查看是哪个路径；修正规则或标为 optional，再 kaidong reload 并重放。',
      en: 'See with kaidong explain which path it is; correct it or make it optional, then kaidong reload, and replay.',
    },
  },
  'value-unmapped': {
    meaning: {
      zh: '规则的对照表没有该值，或该值无法转换为规则要求的类型。',
      en: "The rule's map has no entry for the value, or the value can't be made the type that the rule asks for.",
    },
    remedy: {
      zh: '在规则的 map 中补上该值，或写 otherwise；再 kaidong reload 并重放。',
      en: 'Add the value to the map of the rule, or write "otherwise"; then kaidong reload, and replay.',
    },
  },
  'line-malformed': {
    meaning: { zh: '该行不是 InfluxDB 行协议。', en: 'The line is no InfluxDB line protocol.' },
    remedy: {
      zh: '按说明所指的行列修正来源：名称和标签中的空格、逗号、等号前要加反斜杠，文本要加双引号。',
      en: 'Correct the source at the line and column of the detail: spaces, commas and = in names and tags need a backslash, texts double quotes.',
    },
  },
  'integer-too-large': {
    meaning: {
      zh: '整数超出有符号 64 位范围，存储会丢失末尾数字。',
      en: 'The integer is beyond 64 bits with a sign; stored, it would lose its last digits.',
    },
    remedy: {
      zh: '以文本发送，或由规则转换为 number（允许舍入）。',
      en: 'Send it as a text, or have the rule make it a number, which rounds.',
    },
  },
  'sparkplug-topic': {
    meaning: {
      zh: '主题在 spBv1.0 之下，但不是 Sparkplug B 的主题。',
      en: 'The topic is below spBv1.0, and none of Sparkplug B.',
    },
    remedy: {
      zh: '按 spBv1.0/组/动词/节点 发布；DBIRTH、DDATA、DDEATH 之后再写设备。',
      en: 'Publish to spBv1.0/group/verb/node, with a device behind it for DBIRTH, DDATA and DDEATH.',
    },
  },
  'sparkplug-malformed': {
    meaning: {
      zh: '载荷不是有效的 Sparkplug（Protocol Buffers）消息。',
      en: 'The payload is no valid Sparkplug message (Protocol Buffers).',
    },
    remedy: {
      zh: '检查边缘节点的编码：应为 sparkplug_b.proto 的 Payload；内容可能被截断，或发布了 JSON。',
      en: 'Check how the edge node encodes: it must be the Payload of sparkplug_b.proto; it may be cut off, or be JSON.',
    },
  },
  'sparkplug-no-birth': {
    meaning: {
      zh: '不知道该节点或设备的出生消息，因此无法解释其数据。',
      en: 'No birth of the node or device is known, so nobody can tell what its data means.',
    },
    remedy: {
      zh: '系统会请求节点重新发布出生消息（Rebirth），收到后自动重放此后的数据。若始终不来，检查节点是否接受 NCMD。',
      en: 'A rebirth is asked for, and data that came since is replayed by itself when it comes. If it never does, check whether the node takes NCMD.',
    },
  },
  'sparkplug-unknown-metric': {
    meaning: {
      zh: '数据中有出生消息没有声明的指标（别名或名称）。',
      en: 'The data has a metric, by alias or name, of which the birth does not tell.',
    },
    remedy: {
      zh: '系统会请求重新发布出生消息，收到后自动重放；若仍然缺少，请在边缘节点的出生消息中声明该指标。',
      en: 'A rebirth is asked for, and the message is replayed when it comes; if the metric is still missing, let the edge node tell of it in its birth.',
    },
  },
  'sparkplug-value': {
    meaning: {
      zh: '指标的值与其数据类型不符，或无法精确保存。',
      en: "The metric's value does not fit its datatype, or can't be kept exactly.",
    },
    remedy: {
      zh: '按说明在边缘节点修正该指标的数据类型或值。',
      en: "Correct the metric's datatype or value at the edge node, as the detail says.",
    },
  },
  overload: {
    meaning: {
      zh: '等待处理的消息过多，而该消息以不要求确认的 QoS 0 发送。',
      en: 'Too much was waiting, and the message was sent at QoS 0, which asks for no acknowledgement.',
    },
    remedy: {
      zh: '改用 QoS 1 发布：来源会自动放慢，不会丢失消息。',
      en: 'Publish at QoS 1: the publisher is slowed down then, and nothing is lost.',
    },
  },
  defect: {
    meaning: {
      zh: '程序自身的缺陷使该消息无法读取；其他消息不受影响。',
      en: 'A defect of the platform itself keeps it from reading the message; others are not held up.',
    },
    remedy: {
      zh: '消息已完整保留。请连同消息报告该缺陷，升级后重放。',
      en: 'The message is kept whole. Report the defect with it, and replay it after an update.',
    },
  },
} as const satisfies Readonly<Record<string, RefusalWords>>;
export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** What was wrong, where, and what to do. */
  readonly detail: string;
}
