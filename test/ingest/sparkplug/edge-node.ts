import mqtt, { type MqttClient } from 'mqtt';
import { encodePayload, PAYLOAD } from './proto.ts';

interface Metric {
  readonly name: string;
  readonly alias: number;
  readonly datatype: number;
  /** The field and its value, as the proto has them. */
  readonly value: object;
}

/** An edge node as a plant has it: births, data by alias, its will, and a rebirth when it is asked. */
export interface EdgeNode {
  /** How often it was asked for its births. */
  readonly asked: number;
  /** Publishes its births. */
  birth(): Promise<void>;
  /** Data of a device by alias. */
  data(device: string, values: Readonly<Record<number, object>>, ts: number): Promise<void>;
  /** Skips a sequence number, as a lost message does. */
  lose(): void;
  /** Its connection breaks; the broker publishes its will. */
  die(): void;
  /** Connects again, as a new session. */
  connect(): Promise<void>;
  close(): Promise<void>;
}

const REBIRTH = 'Node Control/Rebirth';

/** An edge node that is written with protobufjs, and shares nothing with what it tests. */
export async function startEdgeNode({
  url,
  group,
  node,
  devices,
  now = Date.now,
  answers = true,
}: {
  readonly url: string;
  readonly group: string;
  readonly node: string;
  readonly devices: Readonly<Record<string, readonly Metric[]>>;
  readonly now?: () => number;
  /** Whether it does what it is asked to. */
  readonly answers?: boolean;
}): Promise<EdgeNode> {
  let client: MqttClient | undefined;
  let bdSeq = -1;
  let seq = 0;
  let asked = 0;
  const topic = (verb: string, device?: string): string =>
    ['spBv1.0', group, verb, node, ...(device === undefined ? [] : [device])].join('/');
  const nextSeq = (): number => {
    const own = seq;
    seq = (seq + 1) % 256;
    return own;
  };
  const number = () => ({ name: 'bdSeq', datatype: 4, timestamp: now(), long_value: bdSeq });
  const publish = (where: string, payload: object): Promise<unknown> =>
    client!.publishAsync(where, encodePayload(payload), { qos: 0 });

  async function birth(): Promise<void> {
    seq = 0;
    const rebirth = { name: REBIRTH, datatype: 11, timestamp: now(), boolean_value: false };
    await publish(topic('NBIRTH'), { timestamp: now(), seq: nextSeq(), metrics: [number(), rebirth] });
    for (const [device, metrics] of Object.entries(devices)) {
      await publish(topic('DBIRTH', device), {
        timestamp: now(),
        seq: nextSeq(),
        metrics: metrics.map(({ value, ...metric }) => ({ ...metric, timestamp: now(), ...value })),
      });
    }
  }

  async function connect(): Promise<void> {
    bdSeq = (bdSeq + 1) % 256;
    client = await mqtt.connectAsync(url, {
      clientId: `edge-${group}-${node}`,
      clean: true,
      reconnectPeriod: 0,
      will: {
        topic: topic('NDEATH'),
        payload: encodePayload({ timestamp: now(), metrics: [number()] }),
        qos: 1,
        retain: false,
      },
    });
    client.on('error', () => {});
    client.on('message', (_topic, bytes) => {
      const command = PAYLOAD.toObject(PAYLOAD.decode(bytes));
      const wantsBirth = command.metrics?.some(
        (metric: { name?: string; boolean_value?: boolean }) =>
          metric.name === REBIRTH && metric.boolean_value === true,
      );
      if (!wantsBirth) return;
      asked++;
      if (answers) void birth();
    });
    await client.subscribeAsync(topic('NCMD'), { qos: 1 });
  }

  await connect();
  return {
    get asked() {
      return asked;
    },
    birth,
    connect,
    async data(device, values, ts) {
      const metrics = Object.entries(values).map(([alias, value]) => ({
        alias: Number(alias),
        timestamp: ts,
        ...value,
      }));
      await publish(topic('DDATA', device), { timestamp: ts, seq: nextSeq(), metrics });
    },
    lose: () => void nextSeq(),
    die: () => client!.stream.destroy(),
    close: () => client!.endAsync(true),
  };
}
