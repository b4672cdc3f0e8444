import type { ListedAlert, NotificationDesk } from '../../api/notification-desk.ts';
import { IMM, T0 } from './plant-analysis.ts';

const STOPPED: ListedAlert = {
  id: 7,
  entry: 'long-stop',
  rule: 'machine-stopped',
  subject: IMM,
  severity: 'warning',
  state: 'firing',
  since: T0,
  firedAt: T0 + 600_000,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedNote: null,
  resolvedAt: null,
  clearSince: null,
  toldAt: T0 + 600_000,
  evidence: { state: 'down', reason: null, stoppedMs: 600_000 },
  machine: IMM,
  title: { zh: '设备停机', en: 'Machine stopped' },
  text: { zh: '已停机 10 分钟（故障）', en: 'has stood still for 10 min (Down)' },
  link: `#/machines/${IMM}`,
  tellings: [
    {
      channel: 'crew',
      event: 'fired',
      at: T0 + 600_000,
      state: 'waiting',
      attempts: 2,
      dueAt: T0 + 640_000,
      finishedAt: null,
      error: 'HTTP 502',
    },
  ],
};

/** A desk with one alert, which can be acknowledged once, and one channel that works and one that doesn't. */
export function noteNotifications(): NotificationDesk & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  let alert = STOPPED;
  return {
    asked,
    rules: 1,
    list(query) {
      asked.push(query);
      return { asOf: T0 + 640_000, items: [alert], next: query.limit === 1 ? alert.id : null };
    },
    channels: () => [
      {
        ...{ id: 'crew', kind: 'wecom', language: 'zh', minSeverity: 'info' },
        ...{ waiting: 1, lastDeliveredAt: T0, lastError: 'HTTP 502' },
      },
    ],
    acknowledge(id, { by, note }) {
      if (id !== alert.id) return { is: 'unknown' };
      if (alert.state !== 'firing') return { is: 'not-firing', alert };
      alert = {
        ...alert,
        ...{
          state: 'acknowledged',
          acknowledgedAt: T0 + 650_000,
          acknowledgedBy: by,
          acknowledgedNote: note,
        },
      };
      return { is: 'acknowledged', alert };
    },
    async test(channel) {
      asked.push({ channel });
      if (channel === 'crew') return { is: 'delivered' };
      return channel === 'broken'
        ? { is: 'failed', error: 'HTTP 404' }
        : { is: 'unknown', channels: ['crew', 'broken'] };
    },
  };
}

/** A desk where nothing is set up. */
export const noNotifications: NotificationDesk = {
  rules: 0,
  list: () => ({ asOf: T0, items: [], next: null }),
  channels: () => [],
  acknowledge: () => ({ is: 'unknown' }),
  test: async () => ({ is: 'unknown', channels: [] }),
};
