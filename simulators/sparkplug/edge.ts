import type { EpochMs } from '../../domain/time.ts';
import type { LastWill } from '../event.ts';
import type { Outgoing, Said } from '../outgoing.ts';
import { birthMetrics, type Device, newDevice, takeIn } from './device.ts';
import { encodePayload, type Metric, REBIRTH } from './payload.ts';

/** What an edge node gives to its connection. */
export interface EdgeMessage {
  readonly topic: string;
  readonly payload: Buffer;
}

/** A Sparkplug edge node: what it publishes in which order. It holds no connection itself. */
export interface EdgeNode {
  /** [tck-id-topics-nbirth-bdseq-increment] Of the session that begins; the will of its connection. */
  connecting(ts: EpochMs): EdgeMessage;
  /** NBIRTH, and a DBIRTH of each device that lives. */
  births(ts: EpochMs): readonly EdgeMessage[];
  /** The messages that say it. */
  messagesOf(told: Outgoing): readonly EdgeMessage[];
}

export interface EdgeNodeOptions {
  readonly group: string;
  readonly node: string;
  /** Bytes that are no payload; `draw` in [0, 1) says which. */
  garbageOf(draw: number): Buffer;
}

export function edgeNode({ group, node, garbageOf }: EdgeNodeOptions): EdgeNode {
  const devices = new Map<string, Device>();
  let bdSeq = -1;
  let seq = 0;
  let aliases = 0;
  const topicOf = (verb: string, device?: string): string =>
    `spBv1.0/${group}/${verb}/${node}${device === undefined ? '' : `/${device}`}`;
  // [tck-id-payloads-sequence-num-incrementing] One counter for the node and all its devices; 0 follows 255.
  const nextSeq = (): number => {
    const mine = seq;
    seq = (seq + 1) % 256;
    return mine;
  };
  const deviceMessage = (
    verb: 'DBIRTH' | 'DDATA' | 'DDEATH',
    { name }: Device,
    { ts, metrics = [] }: { readonly ts: EpochMs; readonly metrics?: readonly Metric[] },
  ): EdgeMessage => ({
    topic: topicOf(verb, name),
    payload: encodePayload({ ts, metrics, seq: nextSeq() }),
  });
  const birthOf = (device: Device, ts: EpochMs): EdgeMessage => {
    device.born = true;
    return deviceMessage('DBIRTH', device, { ts, metrics: birthMetrics(device, ts, device.diedAt === null) });
  };
  const deathOf = (device: Device, ts: EpochMs): EdgeMessage => {
    device.born = false;
    return deviceMessage('DDEATH', device, { ts });
  };
  const deviceOf = (machine: string): Device => {
    const name = machine.slice(machine.lastIndexOf('/') + 1);
    let device = devices.get(name);
    if (!device) {
      device = newDevice(name);
      devices.set(name, device);
    }
    return device;
  };

  function report({ event, drifted }: Outgoing<Extract<Said, { kind: 'report' }>>): EdgeMessage[] {
    const device = deviceOf(event.machine);
    const { diedAt } = device;
    const { metrics, isNew } = takeIn(device, event, { drifted, nextAlias: () => ++aliases });
    const data = () => deviceMessage('DDATA', device, { ts: event.ts, metrics });
    if (diedAt !== null && event.ts <= diedAt) {
      // What was held up before the device died: nobody may take it for alive, and data needs a birth.
      return [birthOf(device, diedAt), data(), deathOf(device, diedAt)];
    }
    device.diedAt = null;
    // The birth repeats what the data says: a host that dates births by its own clock still has it at its time.
    return device.born && !isNew ? [data()] : [birthOf(device, event.ts), data()];
  }

  function lastWill({ machine, ts }: LastWill): EdgeMessage[] {
    const device = deviceOf(machine);
    if (device.metrics.size === 0 || device.diedAt !== null) return [];
    if (ts < device.newest) {
      // Too late for a death: the device lives again, but it was away from then on.
      return [
        deviceMessage('DDATA', device, {
          ts,
          metrics: (['state', 'reason'] as const).map((name) => ({
            alias: device.metrics.get(name)?.alias ?? 0,
            ...{ ts, isHistorical: true },
            value: name === 'state' ? 'unknown' : 'offline',
          })),
        }),
      ];
    }
    device.diedAt = ts;
    device.newest = ts;
    return [deathOf(device, ts)];
  }

  const births = (ts: EpochMs): readonly EdgeMessage[] => {
    // [tck-id-payloads-nbirth-seq] A birth of the node begins anew.
    seq = 0;
    const metrics: Metric[] = [
      { name: 'bdSeq', ts, datatype: 'Int64', value: BigInt(bdSeq) },
      { name: REBIRTH, ts, datatype: 'Boolean', value: false },
    ];
    const own: EdgeMessage = {
      topic: topicOf('NBIRTH'),
      payload: encodePayload({ ts, metrics, seq: nextSeq() }),
    };
    for (const device of devices.values()) device.born = false;
    const living = [...devices.values()].filter(
      ({ diedAt, metrics: { size } }) => size > 0 && diedAt === null,
    );
    return [own, ...living.map((device) => birthOf(device, Math.max(ts, device.newest)))];
  };

  return {
    connecting(ts) {
      bdSeq = (bdSeq + 1) % 256;
      const metrics: Metric[] = [{ name: 'bdSeq', ts, datatype: 'Int64', value: BigInt(bdSeq) }];
      return { topic: topicOf('NDEATH'), payload: encodePayload({ ts, metrics, seq: null }) };
    },
    births,
    messagesOf(told) {
      const { event } = told;
      switch (event.kind) {
        case 'report':
          return report({ ...told, event });
        case 'last-will':
          return lastWill(event);
        case 'announcement':
          return births(event.ts);
        case 'garbage':
          return [{ topic: topicOf('DDATA', deviceOf(event.machine).name), payload: garbageOf(event.draw) }];
        case 'severance':
          return [];
      }
    },
  };
}
