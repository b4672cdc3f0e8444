/** Chinese, of alerts and notifications. */
export const alertsZh = {
  alerting: {
    alertsTitle: '告警与通知',
    firingCount: '{count} 项告警未确认',
    nothingOpen: '目前没有告警。',
    lasts: '已持续 {length}',
    ended: '{when} 恢复，持续 {length}',
    takeOn: '确认',
    takesCare: '{by} 已确认（{when}）',
    whoCares: '由谁处理',
    whatIsDone: '怎样处理（可不填）',
    cancel: '取消',
    overBefore: '最近恢复的告警',
    channelsTitle: '通知通道',
    lastDelivered: '上次送达 {when}',
    neverDelivered: '还没有送达过消息',
    waitingCount: '{count} 条待送达',
    notTaken: '此告警已由他人确认，或已恢复。',
    watchOff: '平台没有在监视：notify.rules 里没有规则。',
  },
  deliveries: {
    held: '静默时段内，{when} 汇总发送',
    waiting: '尚未送达，{when} 再试',
    delivered: '已送达 {when}',
    'given-up': '未送达，已放弃',
  },
};
