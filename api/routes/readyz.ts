import { z } from 'zod';
import type { Readiness, ReadinessPart } from '../ingest-desk.ts';
import { jsonRoute } from '../route.ts';
import type { Seen } from '../store-look.ts';
import { bilingual } from '../wire/assess-scalars.ts';
import { certificatePart } from '../wire/certificate-part.ts';

/** What an outside broker must be told, because it keeps what we don't acknowledge. */
const BROKER_SETTINGS = [
  {
    name: 'max_queued_messages',
    why: 'How many messages the broker keeps for us while the spool is full or we are away; more are dropped by the broker. So mosquitto calls it; max-queue-size of HiveMQ, mqtt.max_mqueue_len of EMQX (both 1,000 unless set).',
    message: {
      zh: '暂存已满或平台离线时，代理为平台保留的消息数；超出的由代理丢弃。这是 mosquitto 的叫法；HiveMQ 为 max-queue-size，EMQX 为 mqtt.max_mqueue_len（默认都是 1000）。',
      en: 'How many messages the broker keeps for us while the spool is full or we are away; more are dropped by the broker. So mosquitto calls it; max-queue-size of HiveMQ, mqtt.max_mqueue_len of EMQX (both 1,000 unless set).',
    },
  },
  {
    name: 'max_inflight_messages',
    why: 'How many QoS 1 messages may wait for our acknowledgement at once; it bounds the throughput over a slow disk or network.',
    message: {
      zh: '同时等待平台确认的 QoS 1 消息数；磁盘或网络慢时，它限制吞吐量。',
      en: 'How many QoS 1 messages may wait for our acknowledgement at once; it bounds the throughput over a slow disk or network.',
    },
  },
] as const;

/** Readiness: every part can do its work. */
export const readyz = jsonRoute({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  summary: { zh: '就绪探针', en: 'Readiness probe: every part can do its work' },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      ready: z.boolean(),
      parts: z.array(
        z.strictObject({
          part: z.string(),
          ok: z.boolean(),
          detail: z.string().describe('for whoever runs it, with the words of whatever failed'),
          message: bilingual,
          remedy: bilingual.nullable().describe('null: nothing needs doing'),
        }),
      ),
      brokerSettings: z
        .array(z.strictObject({ name: z.string(), why: z.string(), message: bilingual }))
        .describe('settings of an outside broker that decide what is kept while we cannot take it'),
    })
    .meta({ id: 'Readiness' }),
  problems: [],
  status: ({ ready }) => (ready ? 200 : 503),
  async handler(_question, { desk, lookIntoStore, certificates, now }) {
    const ingest: Readiness = desk?.readiness() ?? { ready: true, parts: [] };
    const store = partOf(await lookIntoStore());
    const ends = certificatePart(certificates(), now());
    return {
      ready: ingest.ready && store.ok && (ends?.ok ?? true),
      parts: [...ingest.parts, store, ...(ends ? [ends] : [])],
      brokerSettings: ingest.outsideBroker ? BROKER_SETTINGS : [],
    };
  },
});

/** A store that is only busy can still do its work, later. */
function partOf(seen: Seen): ReadinessPart {
  switch (seen.is) {
    case 'read':
      return {
        part: 'analysis',
        ok: true,
        detail: 'stored facts can be read',
        message: { zh: '已存数据可以读取。', en: 'Stored facts can be read.' },
        remedy: null,
      };
    case 'busy':
      return {
        part: 'analysis',
        ok: true,
        detail: `the store is busy: no answer for ${seen.waitedMs} ms so far`,
        message: { zh: '数据库正忙，读取较慢。', en: 'The store is busy; reading takes longer.' },
        remedy: null,
      };
    case 'away':
      return {
        part: 'analysis',
        ok: false,
        detail: `stored facts can't be read: ${seen.reason}`,
        message: { zh: '读不到已存的数据。', en: "Stored facts can't be read." },
        remedy: {
          zh: '检查数据库是否运行，以及 store 一节的地址和登录信息。',
          en: 'Check that the store runs, and the address and login under store.',
        },
      };
  }
}
