import type { AlertSpec } from '../alert.ts';
import { influxql } from '../influxql.ts';
import { LIMITS } from '../limits.ts';

export const silentSource: AlertSpec = {
  id: 'silent-source',
  title: { zh: '数据源静默', en: 'Silent source' },
  says: {
    zh: `数据源 {{ $labels.source }} 已经 ${LIMITS.silentForMinutes} 分钟没有发来任何消息。`,
    en: `Nothing came from the source {{ $labels.source }} for ${LIMITS.silentForMinutes} minutes.`,
  },
  remedy: {
    zh: '检查网关、网线和代理上的账号。停产的数据源可在 Grafana 里静默此告警。',
    en: "Check the gateway, the cable and the client's account at the broker. Silence the alert in Grafana for a source that rests.",
  },
  rangeMinutes: LIMITS.silentForMinutes,
  influxql: influxql({
    // Where several ingests share the work, a source may come to one of them for a while.
    select: [['sum("heard")', 'received']],
    from: {
      select: [['spread("messages_received")', 'heard']],
      from: 'source_books',
      // Messages of nobody in particular: no source that could fall silent.
      where: [`"source" != 'unmatched'`],
      by: ['ingest', 'source'],
    },
    by: ['source'],
  }),
  fires: { when: 'below', limit: 1 },
  // One evaluation more: a source that is new has one post and no spread yet.
  forMinutes: 5,
  severity: 'warning',
  // Nobody posts books: ingest doesn't run, or the store is away.
  noData: 'NoData',
  onError: 'Error',
  look: { dashboard: 'health', panel: 'Sources' },
  equals: 'received',
};
