import { expect, test } from 'vitest';
import { imbalance } from '../../../domain/books.ts';
import { sparkplugRules } from '../../../ingest/mapping/sparkplug-rules.ts';
import { NOW } from '../harness.ts';
import { mappingOf, rulesOf } from '../rules.ts';
import { stage } from './stage.ts';

const RULE = {
  format: 'sparkplug',
  topic: ['spBv1.0/Plant/+/{node}', 'spBv1.0/Plant/+/{node}/{device}'],
  machine: 'acme/zhoushan/moulding/{node}/{device|gateway}',
  signals: {
    state: { at: 'Machine/Mode', map: { 1: 'running', 2: 'idle' } },
    count: 'Counter/Good',
    power: { at: 'Electric/W', from: 'W', to: 'kW' },
  },
};

test('a rule goes before what else says where machines are, and leaves it the others', () => {
  const machineOf = sparkplugRules(rulesOf([RULE]), () => 'else/where/-/-/-')?.machineOf;
  expect(machineOf?.('Plant', 'line1', 'imm-01')).toBe('acme/zhoushan/moulding/line1/imm-01');
  expect(machineOf?.('Plant', 'line1', null)).toBe('acme/zhoushan/moulding/line1/gateway');
  expect(machineOf?.('Other', 'line1', null)).toBe('else/where/-/-/-');
  expect(sparkplugRules([])).toBeNull();
});

const metric = (name: string, datatype: number, value: object) => ({
  name,
  datatype,
  timestamp: NOW,
  ...value,
});

test('a rule says which machine a device is, and what its metrics are called', async () => {
  const { parts, ingest, seat, hear } = await stage({ mapping: mappingOf([RULE]) });
  seat.session.connected();
  seat.session.opened();
  const births = [{ name: 'bdSeq', datatype: 4, long_value: 0 }, metric('Uptime', 10, { double_value: 5 })];
  void hear('spBv1.0/Plant/NBIRTH/line1', { timestamp: NOW, seq: 0, metrics: births });
  void hear('spBv1.0/Plant/DBIRTH/line1/imm-01', {
    timestamp: NOW,
    seq: 1,
    metrics: [
      metric('Machine/Mode', 3, { int_value: 1 }),
      metric('Counter/Good', 4, { long_value: 12 }),
      metric('Electric/W', 10, { double_value: 1500 }),
      metric('Other', 10, { double_value: 1 }),
    ],
  });
  void hear('spBv1.0/Plant/DDATA/line1/imm-01', {
    timestamp: NOW + 1,
    seq: 2,
    metrics: [{ ...metric('Machine/Mode', 3, { int_value: 9 }), timestamp: NOW + 1 }],
  });
  void hear('spBv1.0/Elsewhere/NBIRTH/n', { timestamp: NOW, seq: 0, metrics: births });
  await new Promise((resolve) => setImmediate(resolve));
  await ingest.drained();
  const stored = parts.store.state.written.flatMap(({ machine, signals, values }) =>
    signals.map((signal, index) => [machine, signal, values[index]]),
  );
  const device = 'acme/zhoushan/moulding/line1/imm-01';
  expect(stored).toEqual([
    ['acme/zhoushan/moulding/line1/gateway', 'Uptime', 5],
    [device, 'state', 'running'],
    [device, 'count', expect.anything()],
    [device, 'power', 1.5],
    [device, 'Other', 1],
    ['Elsewhere/-/-/n/-', 'Uptime', 5],
  ]);
  expect(Number(stored[2]?.[2])).toBe(12);
  const { items } = ingest.refused({ limit: 10 });
  expect(items.map(({ code }) => code)).toEqual(['value-unmapped']);
  const { messages, observations } = ingest.books();
  expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
  expect(ingest.isOnline(device)).toBe(true);
});

test('a metric that a rule calls otherwise keeps its unit, unless the rule stores another one', async () => {
  const { ingest, seat, hear } = await stage({
    mapping: mappingOf([
      { ...RULE, signals: { speed: 'Spindle/Speed', power: { at: 'power', from: 'W', to: 'kW' } } },
    ]),
  });
  seat.session.connected();
  seat.session.opened();
  const inUnit = (unit: string) => ({
    double_value: 1500,
    properties: { keys: ['engUnit'], values: [{ type: 12, string_value: unit }] },
  });
  void hear('spBv1.0/Plant/NBIRTH/line1', {
    timestamp: NOW,
    seq: 0,
    metrics: [
      { name: 'bdSeq', datatype: 4, long_value: 0 },
      metric('Spindle/Speed', 10, inUnit('1/min')),
      metric('power', 10, inUnit('W')),
      metric('Flow', 10, inUnit('l/s')),
    ],
  });
  await new Promise((resolve) => setImmediate(resolve));
  await ingest.drained();
  const units = ['speed', 'power', 'Flow'].map((signal) =>
    ingest.unitOf('acme/zhoushan/moulding/line1/gateway', signal),
  );
  expect(units).toEqual(['1/min', null, 'l/s']);
});

test('a UInt64 of 2^63 or more is refused, but where a rule makes it a text or a rounded number', async () => {
  const signals = {
    serial: { at: 'Id/Serial', type: 'text' },
    rounded: { at: 'Id/Rounded', type: 'number' },
    exact: { at: 'Id/Exact', type: 'integer' },
  };
  const { parts, ingest, seat, hear } = await stage({ mapping: mappingOf([{ ...RULE, signals }]) });
  seat.session.connected();
  seat.session.opened();
  const births = [{ name: 'bdSeq', datatype: 4, long_value: 0 }];
  void hear('spBv1.0/Plant/NBIRTH/line1', { timestamp: NOW, seq: 0, metrics: births });
  const large = { long_value: '18446744073709551615' };
  void hear('spBv1.0/Plant/DBIRTH/line1/imm-01', {
    timestamp: NOW,
    seq: 1,
    metrics: [
      metric('Id/Serial', 8, large),
      metric('Id/Rounded', 8, large),
      metric('Id/Exact', 8, large),
      metric('Id/Bare', 8, large),
      metric('Id/Fits', 8, { long_value: '9223372036854775807' }),
    ],
  });
  void hear('spBv1.0/Plant/DDATA/line1/imm-01', {
    timestamp: NOW + 1,
    seq: 2,
    metrics: [{ ...metric('Id/Serial', 8, { long_value: 7 }), timestamp: NOW + 1 }],
  });
  await new Promise((resolve) => setImmediate(resolve));
  await ingest.drained();
  const stored = parts.store.state.written
    .filter(({ machine }) => machine.endsWith('/imm-01'))
    .flatMap(({ signals, values }) => signals.map((signal, index) => [signal, values[index]]));
  expect(stored).toEqual([
    ['serial', '18446744073709551615'],
    ['rounded', 2 ** 64],
    ['Id/Fits', 9223372036854775807n],
    ['serial', '7'],
  ]);
  const refused = ingest.refused({ limit: 10, bodyBytes: 0 }).items;
  expect(refused.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
    expect.stringMatching(
      /^sparkplug-value: The metric "Id\/Exact" is UInt64, and 18446744073709551615 is beyond 2\^63 - 1.*let a rule make it a text or a rounded number/,
    ),
  ]);
  expect(imbalance(ingest.books().observations)).toBe(0);
});
