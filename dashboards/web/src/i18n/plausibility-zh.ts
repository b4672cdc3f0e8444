/** Chinese, of evidence that carries less far than it should. */
export const plausibilityZh = {
  plausible: {
    title: '数据可信度',
    grade: '证据等级',
    hint: '不合常理之处连同证据列出，从不自动更正；等级不改动任何数值与得分。阈值为自行拟定，非官方。',
    judged: '按小时查看运行、产量、用电与测量值的时段：{from} ~ {to}',
    unjudged: '{machine}：{from} ~ {to} 之间有些日期的原始数据已删除，其测量值无法再判断',
    close: '逐条查看数据流的时段：{from} ~ {to}',
    compared: '按特征比对数据流（与自身此前、与其他设备）的时段：{from} ~ {to}',
    lookedOver: '查看了 {count} 台设备，{doubtful} 台等级低于 A。',
    lastDays: '最近 {days} 天',
    nothing: '没有发现不合常理之处。',
    notLooked: '取证时尚未做此检查，没有等级。',
    look: '现在查看',
    looking: '正在查看……',
    tooMany: '设备太多，一次查看不完；请用接口按厂区查看。',
    check: '检查',
    stretch: '时段',
    evidence: '所见',
  },
};
