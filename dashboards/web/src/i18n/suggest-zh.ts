/** Chinese, of rules that are proposed for topics. */
export const suggestZh = {
  suggesting: {
    suggestTitle: '建议的映射规则',
    seenTopics: '看到 {topics} 个没有规则的主题；它们的消息只计数，没有保存。',
    othersSeen: '另有 {count} 条消息来自更多的主题，没有逐一记录。',
    putThere: '核对设备路径和信号名，放到 kaidong.yaml 的这一项之下（已有这一项时，只加其中的条目）：',
    thenReload: '让规则生效，不必重启：',
    fromThenOn: '之后收到的消息按规则入库。',
    familySeen: '{topics} 个主题，{messages} 条消息',
    familyMapped: '建议的规则可读懂 {mapped} 条',
    familyUnread: '没有可建议的规则',
    sampleOf: '示例',
    noSample: '载荷太大，没有保留示例。',
    readsOf: '规则从示例中读出',
    proposedRule: '建议的规则',
    noProposal: '从示例看不出怎样读取，请自己写一条规则。',
    lookAgain: '再看一次',
    familiesShown: '显示消息最多的 {count} 组，共 {all} 组；其余可用此命令列出：',
  },
};
