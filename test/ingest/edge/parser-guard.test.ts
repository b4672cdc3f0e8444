import type { Client } from 'aedes';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { guardParser } from '../../../ingest/edge/parser-guard.ts';
import { recordingLog } from './broker-for-test.ts';

const publish = (payload: string): Buffer =>
  mqttPacket.generate({ cmd: 'publish', topic: 't', qos: 0, dup: false, retain: false, payload });

test('a handler that makes the parser read on from within gets every packet whole and in order', () => {
  const parser = mqttPacket.parser();
  const { log } = recordingLog();
  guardParser({ client: { _parser: parser } as unknown as Client, maxBytes: 1000, log });
  const stream = Buffer.concat(['a', 'bb', 'ccc', 'dddd', 'eeeee'].map(publish));
  const rest = Array.from({ length: stream.length - 7 }, (_, i) => stream.subarray(i + 7, i + 8));
  const heard: string[] = [];
  parser.on('packet', (packet: Packet) => {
    heard.push(String((packet as { payload: Buffer }).payload));
    for (const byte of rest.splice(0, 5)) parser.parse(byte);
  });
  parser.parse(stream.subarray(0, 7));
  for (let byte = rest.shift(); byte; byte = rest.shift()) parser.parse(byte);
  expect(heard).toEqual(['a', 'bb', 'ccc', 'dddd', 'eeeee']);
});
