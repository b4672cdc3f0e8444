import { entriesOf } from '../../composition/notify-settings.ts';
import { notifyOf } from '../../config/notify.ts';
import { plantOf } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import type { Alert } from '../../domain/alert.ts';
import type { RuleEntry } from '../../notify/rule.ts';

/** An entry of `notify.rules` with its defaults, as the configuration makes it. */
export function entry(rule: Record<string, unknown>): RuleEntry {
  const { notify } = configSchema.parse({ notify: { rules: [{ channels: ['crew'], ...rule }] } });
  return entriesOf(notifyOf(notify).settings)[0] as RuleEntry;
}

/** One site with a day shift from Monday to Saturday and a break at noon. */
export const { plant: PLANT } = plantOf(
  configSchema.parse({
    sites: [
      {
        path: 'acme/zhoushan',
        zone: 'Asia/Shanghai',
        shifts: [
          {
            id: 'day',
            start: '08:00',
            end: '20:00',
            days: [1, 2, 3, 4, 5, 6],
            breaks: [{ start: '12:00', end: '12:45' }],
          },
        ],
      },
    ],
    machines: [
      ...['m1', 'm2', 'm3', 'm4'].map((name) => ({ path: `acme/zhoushan/a/l/${name}` })),
      { path: 'acme/zhoushan/a/l/quiet', maxSilenceMs: null },
      {
        path: 'acme/zhoushan/a/l/kept',
        maintenance: [{ days: [1], start: '13:00', end: '16:00' }],
      },
    ],
  }),
);

/** An alert of an entry, firing since an instant. */
export const firing = (subject: string, since: number, over: Partial<Alert> = {}): Alert => ({
  id: 1,
  entry: 'machine-stopped',
  rule: 'machine-stopped',
  subject,
  severity: 'warning',
  state: 'firing',
  since,
  firedAt: since,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedNote: null,
  resolvedAt: null,
  clearSince: null,
  toldAt: since,
  evidence: {},
  ...over,
});
