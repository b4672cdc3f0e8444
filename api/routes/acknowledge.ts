import { z } from 'zod';
import { said } from '../http/assess-parameters.ts';
import { wholeNumber } from '../http/parameter.ts';
import { Problem } from '../problem.ts';
import { jsonRoute } from '../route.ts';
import { notification, notificationOf } from '../wire/notification.ts';

/** Takes an alert on: nobody is reminded of it any more, and everybody sees who takes care. */
export const acknowledge = jsonRoute({
  id: 'acknowledge',
  method: 'post',
  path: '/api/v1/notifications/{id}/acknowledge',
  summary: { zh: '确认告警：由谁处理', en: 'Acknowledge an alert: who takes care of it' },
  params: z.strictObject({
    id: wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }, 'Number of the alert'),
  }),
  body: z
    .strictObject({
      by: said('Who takes care', '王工'),
      note: said('What is done', '正在更换模具').optional(),
    })
    .meta({ id: 'Acknowledgement', examples: [{ by: '王工', note: '正在更换模具' }] }),
  answer: notification,
  problems: ['notification-not-found', 'notification-not-firing'],
  handler({ params: { id }, body: { by, note = null } }, { notifications }) {
    const outcome = notifications.acknowledge(id, { by, note });
    switch (outcome.is) {
      case 'acknowledged':
        return notificationOf(outcome.alert);
      case 'unknown':
        throw new Problem(
          'notification-not-found',
          `There is no notification ${id}; GET /api/v1/notifications lists them.`,
        );
      case 'not-firing': {
        const { state, acknowledgedBy } = outcome.alert;
        const by = acknowledgedBy === null ? '' : ` by ${acknowledgedBy}`;
        throw new Problem(
          'notification-not-firing',
          `Notification ${id} is ${state}${by}; only a firing one can be acknowledged.`,
        );
      }
    }
  },
});
