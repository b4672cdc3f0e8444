import type { Readiness, ReadinessPart } from '../api/ingest-desk.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Ingest, IngestStatus } from '../ingest/create-ingest.ts';
import type { MqttStatus } from '../ingest/edge/mqtt-edge.ts';

/** The embedded broker: it is there as long as the process is. */
export const embeddedBrokerPart = (connections: number, held: number): ReadinessPart => ({
  part: 'broker',
  ok: true,
  detail: `embedded; ${connections} connections, ${held} messages not yet acknowledged`,
  message: {
    zh: `内置消息代理：${connections} 个连接，${held} 条消息待确认。`,
    en: `The embedded broker: ${connections} connections, ${held} messages not yet acknowledged.`,
  },
  remedy: null,
});

/** So long a lost or disputed session is worth a word after it is ours again. */
const RECENT_MS = 86_400_000;

/** Our session at an outside broker; `url` without secrets. */
export function outsideBrokerPart(
  url: string,
  status: Pick<
    MqttStatus,
    | 'connected'
    | 'lastError'
    | 'protocol'
    | 'sessionLostAt'
    | 'shortenedExpirySeconds'
    | 'takenOverAt'
    | 'takeOvers'
    | 'yielding'
  >,
  now: EpochMs,
): ReadinessPart {
  const { connected, lastError, protocol, sessionLostAt, takenOverAt, takeOvers, yielding } = status;
  const isRecent = (at: EpochMs | null): at is EpochMs => at !== null && now - at < RECENT_MS;
  if (isRecent(takenOverAt) && (connected || yielding)) {
    return {
      part: 'broker',
      ok: connected,
      detail: `${connected ? 'connected to' : 'not connected to'} ${url}; another client took the session over, ${takeOvers} times since the start, last at ${iso(takenOverAt)}`,
      message: {
        zh: `另一个客户端使用相同的客户端标识，占用了代理 ${url} 上的会话。`,
        en: `Another client with the same client id took our session at the broker ${url}.`,
      },
      remedy: {
        zh: '为每个客户端设置各自的 mqtt.clientId，或停掉多余的平台进程。为避免互相争抢，系统会等待较长时间再重连。',
        en: 'Give each client a mqtt.clientId of its own, or stop the platform that runs twice. To end the fight, reconnecting waits longer each time.',
      },
    };
  }
  if (connected && isRecent(sessionLostAt)) {
    return {
      part: 'broker',
      ok: true,
      detail: `connected to ${url}, MQTT ${protocol}; at ${iso(sessionLostAt)} the broker had forgotten our session, and what it kept for us then is gone`,
      message: {
        zh: `已连接消息代理 ${url}；但代理曾丢失平台的会话，此前为平台保留的消息可能已丢失。`,
        en: `Connected to the broker ${url}, which had lost our session: messages that it kept for us before may be gone.`,
      },
      remedy: {
        zh: '检查代理的 persistence（重启后保留会话）和 persistent_client_expiration（会话保留期，应不少于 7 天）。',
        en: 'Check persistence (sessions survive a restart) and persistent_client_expiration (7 days or more) at the broker.',
      },
    };
  }
  const { shortenedExpirySeconds: seconds } = status;
  if (connected && seconds !== null) {
    return {
      part: 'broker',
      ok: true,
      detail: `connected to ${url}, MQTT ${protocol}; the broker keeps our session for ${seconds} s only`,
      message: {
        zh: `已连接消息代理 ${url}；平台离线超过 ${seconds} 秒，代理就不再为平台保留消息。`,
        en: `Connected to the broker ${url}, which keeps messages for us for ${seconds} s only while we are away.`,
      },
      remedy: {
        zh: '在代理上放宽会话保留期（应不少于 7 天）：mosquitto 的 persistent_client_expiration，HiveMQ 的 session-expiry，EMQX 的 mqtt.session_expiry_interval。',
        en: 'Let the broker keep sessions for 7 days or more: persistent_client_expiration of mosquitto, session-expiry of HiveMQ, mqtt.session_expiry_interval of EMQX.',
      },
    };
  }
  if (connected) {
    return {
      part: 'broker',
      ok: true,
      detail: `connected to ${url}, MQTT ${protocol}`,
      message: { zh: `已连接消息代理 ${url}。`, en: `Connected to the broker ${url}.` },
      remedy: null,
    };
  }
  return {
    part: 'broker',
    ok: false,
    detail: `not connected to ${url}: ${lastError ?? 'connecting'}`,
    message: { zh: `未能连接消息代理 ${url}。`, en: `Not connected to the broker ${url}.` },
    remedy: {
      zh: '检查代理是否运行，以及 mqtt 一节的地址和登录信息。系统会不断重连；代理在其限额内保留消息。',
      en: 'Check that the broker runs, and the address and login under mqtt. Connecting is tried again and again; the broker keeps messages as far as its queue allows.',
    },
  };
}

const iso = (at: EpochMs): string => new Date(at).toISOString();

/** How the parts of a process that takes messages stand. */
export function readinessOf({
  ingest,
  edge,
}: {
  readonly ingest: Pick<Ingest, 'status'>;
  readonly edge: {
    readonly outside: boolean;
    readiness(): ReadinessPart;
    readonly hosts?: () => readonly ReadinessPart[];
  };
}): Readiness {
  const status = ingest.status();
  const parts = [edge.readiness(), ...(edge.hosts?.() ?? []), spoolPart(status), storePart(status)];
  return { ready: parts.every(({ ok }) => ok), parts, outsideBroker: edge.outside };
}

/** As the system (errno), InfluxDB (Go) and the journal say it, of which a disk took a part only. */
const isFull = (error: string | null): boolean =>
  /no space left on device|ENOSPC|only \d+ of \d+ bytes were written/i.test(error ?? '');

const MAKE_ROOM_FOR_JOURNAL = {
  zh: 'data.dir 所在磁盘已满：腾出空间即可，不需要重新启动。',
  en: 'The disk of data.dir is full: free space on it; nothing has to be restarted.',
};
const LOOK_AT_DISK = {
  zh: '检查 data.dir 所在磁盘是否正常、是否可写。系统会不断重试，不需要重新启动。',
  en: 'Check that the disk of data.dir is well and may be written. It is tried again and again; nothing has to be restarted.',
};

/** What is durable and waits for the store. */
export const spoolPart = ({ full, diskError, spooledBytes }: IngestStatus): ReadinessPart =>
  diskError !== null
    ? {
        part: 'spool',
        ok: false,
        detail: `the journal can't be written (${diskError}): messages wait unacknowledged at the broker`,
        message: {
          zh: '磁盘暂存无法写入：不再确认消息，消息留在消息代理处。',
          en: 'The disk does not take the journal: messages wait unacknowledged at the broker.',
        },
        remedy: isFull(diskError) ? MAKE_ROOM_FOR_JOURNAL : LOOK_AT_DISK,
      }
    : full
      ? {
          part: 'spool',
          ok: false,
          detail: `full (${spooledBytes} bytes): messages wait unacknowledged at the broker; bring the store back or raise spool.maxBytes`,
          message: {
            zh: `磁盘暂存已满（${spooledBytes} 字节）：不再确认消息，消息留在消息代理处。`,
            en: `The spool is full (${spooledBytes} bytes): messages wait unacknowledged at the broker.`,
          },
          remedy: {
            zh: '恢复数据库，腾出磁盘空间，或调大 spool.maxBytes。',
            en: 'Bring the store back, free disk space, or raise spool.maxBytes.',
          },
        }
      : {
          part: 'spool',
          ok: true,
          detail: `${spooledBytes} bytes wait for the store`,
          message: {
            zh: `${spooledBytes} 字节等待入库。`,
            en: `${spooledBytes} bytes wait for the store.`,
          },
          remedy: null,
        };

const LOOK_AT_STORE = {
  zh: '检查数据库是否运行，以及 store 一节的地址和登录信息。消息照常确认并暂存在磁盘上，恢复后自动入库。',
  en: 'Check that the store runs, and the address and login under store. Messages are acknowledged and rest on disk meanwhile; they are stored when it is back.',
};
const MAKE_ROOM = {
  zh: '数据库所在磁盘已满：腾出空间即可，不需要重新启动。',
  en: 'The disk of the store is full: free space on it; nothing has to be restarted.',
};

/** Whether the store takes what it is given. */
export const storePart = ({ storeOk, lastError }: IngestStatus): ReadinessPart =>
  storeOk
    ? {
        part: 'store',
        ok: true,
        detail: 'takes what it is given',
        message: { zh: '数据库正常写入。', en: 'The store takes what it is given.' },
        remedy: null,
      }
    : {
        part: 'store',
        ok: false,
        detail: lastError ?? 'does not answer',
        message: { zh: '数据库不接受写入。', en: 'The store takes nothing.' },
        remedy: isFull(lastError) ? MAKE_ROOM : LOOK_AT_STORE,
      };

/** An ingest that runs as another process, as its published books tell. */
export const distantIngestPart = (fresh: boolean): ReadinessPart => ({
  part: 'ingest',
  ok: fresh,
  detail: fresh
    ? 'publishes its books'
    : 'has published no books lately; is "kaidong ingest" running on this data.dir?',
  message: fresh
    ? { zh: '收数进程正常运行。', en: 'The ingest process publishes its books.' }
    : { zh: '收数进程近期没有公布账目。', en: 'The ingest process has published no books lately.' },
  remedy: fresh
    ? null
    : {
        zh: '在同一个 data.dir 上启动 kaidong ingest。',
        en: 'Start kaidong ingest on this data.dir.',
      },
});

/** One of several ingest processes; while it is away, the broker keeps its share of the messages. */
export function workerPart(worker: string, running: boolean, asOf: EpochMs): ReadinessPart {
  const part = worker === '' ? 'ingest' : `ingest ${worker}`;
  const name =
    worker === ''
      ? { zh: '无名称的收数进程', en: 'the ingest without a worker name' }
      : { zh: `收数进程 ${worker}`, en: `worker ${worker}` };
  if (running) {
    return {
      part,
      ok: true,
      detail: 'publishes its books',
      message: { zh: `${name.zh} 正常运行。`, en: `${sentence(name.en)} publishes its books.` },
      remedy: null,
    };
  }
  const since = new Date(asOf).toISOString();
  const start = worker === '' ? 'kaidong ingest' : `kaidong ingest --worker ${worker}`;
  return {
    part,
    ok: false,
    detail: `has published no books since ${since}; the broker keeps its share of the messages as far as its queue allows`,
    message: {
      zh: `${name.zh} 自 ${since} 起没有公布账目；属于它的消息留在消息代理处，以代理限额为限。`,
      en: `${sentence(name.en)} has published no books since ${since}; the broker keeps its share of the messages as far as its queue allows.`,
    },
    remedy: {
      zh: `启动 ${start}；若不再需要，用 ${start} --leave 让它退出。`,
      en: `Run ${start}; or, where it isn't needed any more, ${start} --leave.`,
    },
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The store can't be read: nothing can be said of the machines. */
export const storeAwayPart: ReadinessPart = {
  part: 'store',
  ok: false,
  detail: "stored facts can't be read",
  message: { zh: '读不到已存的数据。', en: "Stored facts can't be read." },
  remedy: {
    zh: '检查数据库是否运行，以及 store 一节的地址和登录信息。',
    en: 'Check that the store runs, and the address and login under store.',
  },
};
