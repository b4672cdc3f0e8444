import type { alertsZh } from './alerts-zh.ts';

/** English, of alerts and notifications. */
export const alertsEn: typeof alertsZh = {
  alerting: {
    alertsTitle: 'Alerts and notifications',
    firingCount: '{count} alerts not acknowledged',
    nothingOpen: 'There are no alerts now.',
    lasts: 'for {length}',
    ended: 'over at {when}, after {length}',
    takeOn: 'Acknowledge',
    takesCare: 'acknowledged by {by} ({when})',
    whoCares: 'Who takes care',
    whatIsDone: 'What is done (may be empty)',
    cancel: 'Cancel',
    overBefore: 'Alerts that are over',
    channelsTitle: 'Channels',
    lastDelivered: 'last delivered at {when}',
    neverDelivered: 'nothing was delivered yet',
    waitingCount: '{count} waiting',
    notTaken: 'Somebody else has acknowledged it, or it is over.',
    watchOff: 'Nothing is watched: notify.rules has no rules.',
  },
  deliveries: {
    held: 'in quiet hours, told in a summary at {when}',
    waiting: 'not delivered yet, tried again at {when}',
    delivered: 'delivered at {when}',
    'given-up': 'not delivered, and given up',
  },
};
