import type { AlertSpec } from '../alert.ts';
import { influxql } from '../influxql.ts';
import { LIMITS } from '../limits.ts';

export const spoolFilling: AlertSpec = {
  id: 'spool-filling',
  title: { zh: '暂存盘将满', en: 'Spool filling' },
  says: {
    zh: `接收进程 {{ $labels.ingest }} 的暂存盘已用超过 ${LIMITS.spoolShare * 100} %，或者存储没有应答。`,
    en: `The spool of {{ $labels.ingest }} is more than ${LIMITS.spoolShare * 100} % full, or the store does not answer.`,
  },
  remedy: {
    zh: '恢复 InfluxDB，或调高 spool.maxBytes。暂存盘满后消息留在代理上，直到代理自己的上限。',
    en: "Bring InfluxDB back, or raise spool.maxBytes. Once the spool is full, messages stay at the broker as far as the broker's own limits allow.",
  },
  rangeMinutes: 10,
  influxql: influxql({
    select: [['"above" / "below"', 'filled']],
    from: {
      select: [
        ['last("spooled_bytes")', 'above'],
        ['last("spool_max_bytes")', 'below'],
      ],
      from: 'books',
      by: ['ingest'],
    },
    where: ['"below" > 0'],
    by: ['ingest'],
  }),
  fires: { when: 'above', limit: LIMITS.spoolShare },
  forMinutes: 5,
  severity: 'critical',
  // A spool fills while the store is away, and then nothing can be read from the store: silence is the alarm.
  noData: 'Alerting',
  onError: 'Alerting',
  look: { dashboard: 'health', panel: 'Spool' },
  equals: 'filled',
};
