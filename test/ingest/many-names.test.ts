import { expect, test } from 'vitest';
import type { Binding } from '../../ingest/decode/decoder.ts';
import { ruleDecoder } from '../../ingest/mapping/rule-decoder.ts';
import { NOW } from './harness.ts';
import { rulesOf } from './rules.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const COUNT = 60_000;
const names = Array.from({ length: COUNT }, (_, nth) => `f${nth}`);

/** Time that grows with the square of the names would be half a minute here, in which nobody else is heard. */
test.each([
  {
    what: 'members of an object',
    rule: { machine: MACHINE, members: {} },
    payload: JSON.stringify(Object.fromEntries(names.map((name) => [name, 1]))),
  },
  {
    what: 'elements of an array',
    rule: { machine: MACHINE, each: '/items', time: '^/ts', signals: { '{/n}': '/v' } },
    payload: JSON.stringify({ ts: NOW, items: names.map((n) => ({ n, v: 1 })) }),
  },
  {
    what: 'fields of a line',
    rule: { format: 'line-protocol' },
    payload: `m,machine=imm-01 ${names.map((name) => `${name}=1`).join(',')} ${NOW}000000`,
  },
  {
    what: 'fields of a line that a rule reads',
    rule: { format: 'line-protocol', machine: MACHINE, members: { at: '/fields' } },
    payload: `m ${names.map((name) => `${name}=1`).join(',')} ${NOW}000000`,
  },
])('60,000 $what are read in no time', ({ rule, payload }) => {
  const decoder = ruleDecoder(rulesOf([{ topic: 't', ...rule }])[0]!);
  const binding = decoder.bind('t') as Binding;
  const message = {
    topic: 't',
    payload: Buffer.from(payload),
    receivedAt: NOW,
    retain: false,
    delivery: null,
  };
  const before = process.cpuUsage();
  const { readings } = decoder.decode(binding, message.payload, { number: 1, message, replay: null });
  const { user } = process.cpuUsage(before);
  expect(readings.map(({ signals }) => signals.length)).toEqual([COUNT]);
  expect(user).toBeLessThan(3_000_000);
});
