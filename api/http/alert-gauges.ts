import { Gauge, type Registry } from 'prom-client';
import { SEVERITIES } from '../../domain/alert.ts';
import type { NotificationDesk } from '../notification-desk.ts';

/** More alerts than this are counted as so many: nobody reads on. */
const COUNTED = 10_000;

/** Puts the gauges of alerts and of messages that wait to be delivered; none where nothing is watched. */
export function registerAlertGauges(registry: Registry, notifications: NotificationDesk): void {
  if (notifications.rules === 0) return;
  const registers = [registry];
  new Gauge({
    name: 'kaidong_alerts_firing',
    help: 'Alerts that nobody has acknowledged',
    labelNames: ['severity'],
    registers,
    collect() {
      const { items } = notifications.list({ limit: COUNTED, states: ['firing'] });
      for (const severity of SEVERITIES) {
        this.set({ severity }, items.filter((alert) => alert.severity === severity).length);
      }
    },
  });
  new Gauge({
    name: 'kaidong_notifications_waiting',
    help: 'Messages that wait to be delivered',
    labelNames: ['channel'],
    registers,
    collect() {
      for (const { id: channel, waiting } of notifications.channels()) this.set({ channel }, waiting);
    },
  });
}
