import type { ReadinessPart } from '../api/ingest-desk.ts';
import type { EpochMs } from '../domain/time.ts';
import type { MqttStatus } from '../ingest/edge/mqtt-edge.ts';
import type { Gaps } from '../ingest/sparkplug/gaps.ts';
import type { StateTrouble } from '../ingest/sparkplug/own-state.ts';

/** So long what others did to our STATE is worth a word. */
const RECENT_MS = 3_600_000;

export interface SparkplugStanding {
  readonly part: string;
  /** Without secrets. */
  readonly url: string;
  readonly status: Pick<MqttStatus, 'connected' | 'lastError' | 'protocol'>;
  readonly hostId: string | undefined;
  /** `null`: no host id, so that nothing is published that others could change. */
  readonly trouble: StateTrouble | null;
  /** `null`: no message of a node was missing. */
  readonly gaps: Gaps | null;
  readonly now: EpochMs;
}

/** The Sparkplug host's connection to one broker, and what isn't as it should be there. */
export function sparkplugPart({ part, url, status, hostId, ...more }: SparkplugStanding): ReadinessPart {
  const { connected, lastError, protocol } = status;
  const as = hostId === undefined ? '' : ` as the host ${hostId}`;
  if (!connected) {
    return {
      part,
      ok: false,
      detail: `not connected to ${url}${as}: ${lastError ?? 'connecting'}`,
      message: { zh: `Sparkplug：未能连接 ${url}。`, en: `Sparkplug: not connected to ${url}.` },
      remedy: {
        zh: '检查代理是否运行，以及 sparkplug.brokers（或 mqtt）的地址和登录信息。系统会不断重连；其间节点的数据不会保留，重连后会请求各节点重新发布出生消息。',
        en: 'Check that the broker runs, and the address and login under sparkplug.brokers or mqtt. Connecting is tried again and again; what nodes publish meanwhile is not kept, and they are asked for their births afterwards.',
      },
    };
  }
  const detail = `connected to ${url}${as}, MQTT ${protocol}`;
  const told = troubleIn(more);
  return told
    ? { part, ok: true, detail: `${detail}; ${told.detail}`, message: told.message, remedy: told.remedy }
    : {
        part,
        ok: true,
        detail,
        message: { zh: `Sparkplug：已连接 ${url}。`, en: `Sparkplug: connected to ${url}.` },
        remedy: null,
      };
}

/** What needs a look though the connection stands; `undefined`: nothing. */
export function troubleIn({
  trouble,
  gaps,
  now,
}: Pick<SparkplugStanding, 'trouble' | 'gaps' | 'now'>):
  | Pick<ReadinessPart, 'detail' | 'message' | 'remedy'>
  | undefined {
  const isRecent = (at: EpochMs | null | undefined): at is EpochMs =>
    at !== null && at !== undefined && now - at < RECENT_MS;
  if (isRecent(trouble?.otherHostAt)) {
    const at = iso(trouble.otherHostAt);
    return {
      detail: `another host with the same id said at ${at} that it is there`,
      message: {
        zh: `Sparkplug：另一个主机使用相同的 sparkplug.hostId（${at}）。边缘节点无法区分两者。`,
        en: `Sparkplug: another host uses the same sparkplug.hostId (${at}); edge nodes can't tell the two apart.`,
      },
      remedy: {
        zh: '为每个主机设置各自的 sparkplug.hostId，或停掉多余的一个。',
        en: 'Give each host a sparkplug.hostId of its own, or stop the one that is too many.',
      },
    };
  }
  if (isRecent(trouble?.contradictedAt)) {
    const { contradictions } = trouble;
    const at = iso(trouble.contradictedAt);
    return {
      detail: `somebody said, emptied or overwrote our STATE ${contradictions} times since the start, last at ${at}; it was said again`,
      message: {
        zh: `Sparkplug：有其他客户端改动了本主机的 STATE（自启动以来 ${contradictions} 次，最近 ${at}），已重新发布。`,
        en: `Sparkplug: another client changed this host's STATE (${contradictions} times since the start, last at ${at}); it was published again.`,
      },
      remedy: {
        zh: '查明哪个客户端发布 spBv1.0/STATE 之下的主题；在代理上只允许本平台写入。',
        en: 'Find the client that publishes below spBv1.0/STATE, and let the broker allow that to this platform alone.',
      },
    };
  }
  if (!gaps) return undefined;
  const { count, nodes, last } = gaps;
  const at = iso(last.at);
  return {
    detail: `${count} gaps in the messages of ${nodes} edge nodes within the last hour, last of ${last.node} at ${at}`,
    message: {
      zh: `Sparkplug：最近一小时 ${nodes} 个节点的消息有 ${count} 处缺失（最近：${last.node}，${at}），已请求重新发布出生消息。`,
      en: `Sparkplug: ${count} gaps in the messages of ${nodes} edge nodes within the last hour (last ${last.node}, ${at}); births were asked for.`,
    },
    remedy: {
      zh: '检查节点到代理的网络，以及代理为每个客户端排队的上限（HiveMQ 的 max-queue-size、EMQX 的 max_mqueue_len，默认都是 1000；mosquitto 的 max_queued_messages）；超出的消息由代理丢弃。',
      en: 'Look at the path from node to broker, and at how many messages the broker queues for a client, beyond which it drops them: max-queue-size of HiveMQ and max_mqueue_len of EMQX (both 1,000 unless set), max_queued_messages of mosquitto.',
    },
  };
}

const iso = (at: EpochMs): string => new Date(at).toISOString();
