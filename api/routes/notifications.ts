import { z } from 'zod';
import { ALERT_STATES, type AlertState } from '../../domain/alert.ts';
import { text, wholeNumber, words } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';
import { notification, notificationOf, severity } from '../wire/notification.ts';
import { count, iso, isoOrNull, time } from '../wire/scalars.ts';

/** What people were told of, or are about to be. */
const TOLD: readonly AlertState[] = ['firing', 'acknowledged', 'resolved'];

const channel = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['webhook', 'wecom', 'dingtalk']),
    language: z.enum(['zh', 'en']),
    minSeverity: severity,
    waiting: count.describe('messages that wait to be delivered'),
    lastDeliveredAt: time.nullable(),
    lastError: z.string().nullable().describe('of what failed after the last delivery; null: nothing did'),
  })
  .meta({ id: 'NotificationChannel' });

/** Alerts, newest first, and the channels that are told of them. */
export const notifications = jsonRoute({
  id: 'notifications',
  method: 'get',
  path: '/api/v1/notifications',
  summary: { zh: '告警及通知通道', en: 'Alerts, who was told of them, and the channels' },
  params: z.strictObject({
    state: words(ALERT_STATES, 'Only alerts in these states; absent: all but pending', [
      'firing,acknowledged',
    ]).optional(),
    scope: text('Only of machines in this path prefix of whole levels', ['acme/zhoushan']).optional(),
    limit: wholeNumber({ min: 1, max: 1000 }, 'At most so many alerts; absent: 100').optional(),
    cursor: wholeNumber(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      '`next` of the answer before; absent: from the first page',
    ).optional(),
  }),
  answer: z
    .strictObject({
      asOf: time,
      rules: count.describe('entries of notify.rules; 0: nothing is watched'),
      items: z.array(notification),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
      channels: z.array(channel),
    })
    .meta({ id: 'Notifications' }),
  problems: [],
  handler({ params: { state = TOLD, scope, limit = 100, cursor } }, { notifications: desk }) {
    const { asOf, items, next } = desk.list({
      ...{ limit, states: state },
      ...(scope === undefined ? {} : { scope }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return {
      asOf: iso(asOf),
      rules: desk.rules,
      items: items.map(notificationOf),
      next: next === null ? null : String(next),
      channels: desk
        .channels()
        .map((entry) => ({ ...entry, lastDeliveredAt: isoOrNull(entry.lastDeliveredAt) })),
    };
  },
});
