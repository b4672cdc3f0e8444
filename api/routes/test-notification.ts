import { z } from 'zod';
import { said } from '../http/assess-parameters.ts';
import { Problem } from '../problem.ts';
import { jsonRoute } from '../route.ts';

/** Sends a test message to a channel, and says what became of it. */
export const testNotification = jsonRoute({
  id: 'test-notification',
  method: 'post',
  path: '/api/v1/notifications/test',
  summary: { zh: '向通道发送测试消息', en: 'Send a test message to a channel' },
  params: z.strictObject({}),
  body: z
    .strictObject({ channel: said('Id of the channel', 'maintenance') })
    .meta({ id: 'NotificationTest', examples: [{ channel: 'maintenance' }] }),
  answer: z
    .strictObject({
      delivered: z.boolean(),
      error: z.string().nullable().describe('why it was not delivered; null: it was'),
    })
    .meta({ id: 'NotificationTested' }),
  problems: ['channel-not-found'],
  async handler({ body: { channel } }, { notifications }) {
    const outcome = await notifications.test(channel);
    switch (outcome.is) {
      case 'delivered':
        return { delivered: true, error: null };
      case 'failed':
        return { delivered: false, error: outcome.error };
      case 'unknown':
        throw new Problem('channel-not-found', `There is no channel "${channel}".`, {
          errors: [
            {
              ...{ in: 'body', name: 'channel', message: 'is no channel of notify.channels' },
              allowed: outcome.channels,
            },
          ],
        });
    }
  },
});
