/** What shipped rubrics, measures and benefits cite, in Chinese; of other sources the text is as it was written. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  'Networked equipment / all equipment: a secondary source. No official reading of “networked” was found; the share of scheduled days (assessment settings, networkedShare) is our own.':
    '联网设备 / 全部设备：二手来源。未找到“联网”的官方解释；按排产日比例判定（评估设置 networkedShare）为本系统自定。',
  'Numerically controlled key processes / all key processes, by count: a secondary source (the national figure of 55.3 % for the end of 2021 is published so).':
    '数控化的关键工序 / 全部关键工序，按数量计：二手来源（2021 年底全国 55.3 % 即按此公布）。',
  'Numerically controlled equipment / all equipment; in public tools it is asked of key equipment (关键设备数控化率): a secondary source.':
    '数控设备 / 全部设备；公开的评估工具针对关键设备（关键设备数控化率）：二手来源。',
  'Digital production equipment / all production equipment (生产设备数字化率), recalled from GB/T 23020; its exact text was not seen.':
    '数字化生产设备 / 全部生产设备（生产设备数字化率），凭记忆引自 GB/T 23020，未核对原文。',
  'Our definition, with the denominator named: the term is used loosely in practice. Elements APT and POT: ISO 22400-2 (GB/T 34044.2-2017).':
    '本系统的定义，分母已写明：实践中该词用法不一。要素 APT 与 POT 见 ISO 22400-2（GB/T 34044.2-2017）。',
  'ISO 22400-2 (GB/T 34044.2-2017), availability; verified against the published ontology.':
    'ISO 22400-2（GB/T 34044.2-2017）可用率；已对照公开的本体核实。',
  'ISO 22400-2 (GB/T 34044.2-2017), effectiveness; summed over products. Never clipped at 1.':
    'ISO 22400-2（GB/T 34044.2-2017）性能；按产品求和，大于 1 时不截断。',
  'ISO 22400-2 (GB/T 34044.2-2017), quality ratio; verified against the published ontology.':
    'ISO 22400-2（GB/T 34044.2-2017）合格率；已对照公开的本体核实。',
  'ISO 22400-2 (GB/T 34044.2-2017), OEE index = availability · effectiveness · quality ratio, as one ratio of sums.':
    'ISO 22400-2（GB/T 34044.2-2017）OEE 指数 = 可用率 × 性能 × 合格率，以总和之比计算。',
  'Our own: the coverage that every figure of the time ledger carries.':
    '自定：时间账每个数字所带的数据覆盖率。',
  'Our own; evidence for questions on real-time equipment status.':
    '自定；用于“设备状态实时采集”类问题的取证。',
  'Our own; evidence for questions on collecting production data automatically.':
    '自定；用于“生产数据自动采集”类问题的取证。',
  'Our own; it shows whether causes are collected at all, as question banks ask of fault statistics.':
    '自定；表明是否采集停机原因，题库在故障统计中有此要求。',
  'Our own; evidence for questions on collecting energy data in real time.':
    '自定；用于“能耗数据实时采集”类问题的取证。',
  'Our own; evidence for questions on tracking the execution of plans.':
    '自定；用于“计划执行跟踪”类问题的取证。',
  'Our own; evidence for questions on whether OEE is analysed and managed.':
    '自定；用于“是否分析和管理 OEE”类问题的取证。',
  '(after − before) / before, as used in filings; which efficiency is meant differs. Good pieces per planned busy hour is our own reading.':
    '（后 − 前）/ 前，按申报惯例；“生产效率”所指不一，每计划忙时的合格件数为本系统的理解。',
  '(before − after) / before, as used in filings; the sign convention is derived.':
    '（前 − 后）/ 前，按申报惯例；正负号的约定由此推出。',
  'National average of factories of the excellent level (卓越级): production efficiency +22.3 %.':
    '全国卓越级智能工厂平均：生产效率 +22.3 %。',
  'National average of factories of the excellent level (卓越级): defect rate −50.2 %.':
    '全国卓越级智能工厂平均：产品不良率 −50.2 %。',
  'National average of factories of the excellent level (卓越级): development cycle −28.4 %.':
    '全国卓越级智能工厂平均：研制周期 −28.4 %。',
  'GB/T 39116-2020 and 39117-2020; elements and levels verified, names of subdomains recalled':
    'GB/T 39116-2020 与 39117-2020；要素与等级已核实，能力子域名称凭记忆',
  'Bands of the overall score S (0.8, 1.8, 2.8, 3.8, 4.8 of 5), recalled from GB/T 39117-2020':
    '总分 S 的分档（5 分制 0.8、1.8、2.8、3.8、4.8），凭记忆引自 GB/T 39117-2020',
  "Kaidong's own proposal": 'Kaidong 自拟',
  '《浙江省“未来工厂”分级建设要求（试行）》, question bank read in a secondary copy; effective date is that of the pilot programme':
    '《浙江省“未来工厂”分级建设要求（试行）》，题库取自二手文本；生效日期取试点工作的日期',
  "Kaidong's own proposal; the question bank gives no numeric threshold":
    'Kaidong 自拟；题库没有给出数值门槛',
  'Options of the shipped questions that belong to the level; the official pass marks were not found':
    '随附题目中属于该级的选项；未找到官方的通过分数线',
};

/** A source in the language of the reader; `isOriginal`: it is as it was written, in whatever language. */
export function sourceIn(
  language: 'zh' | 'en',
  text: string,
): { readonly text: string; readonly isOriginal: boolean } {
  const chinese = language === 'zh' ? IN_CHINESE[text] : undefined;
  return { text: chinese ?? text, isOriginal: chinese === undefined };
}
