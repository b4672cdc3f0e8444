import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../config/rules/load.ts';
import { READY_RULES, readyFile, readyNames } from '../../config/rules/ready.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { DECODERS } from '../../ingest/decode/index.ts';
import { decodeArrival } from '../../ingest/prepare.ts';
import { createRouter, NO_MAPPING } from '../../ingest/route.ts';
import { NOW } from './harness.ts';

const files = readyNames().map((name) => readyFile(name) as NonNullable<ReturnType<typeof readyFile>>);

type Stored = readonly [
  machine: string,
  ts: number | null,
  signal: string,
  value: SignalValue | { int64: string },
];

test('the folder holds rule files and nothing else', () => {
  expect(readdirSync(READY_RULES).filter((name) => !/^[a-z0-9-]+\.yaml$/.test(name))).toEqual([]);
});

describe.for(files)('$id', ({ id, title, about, source, parameters, rules, examples }) => {
  test('says what it is for in both languages, and where the format is described', () => {
    expect(`${about.zh} ${title.zh}`).toMatch(/[\u4e00-\u9fff]/);
    for (const { about } of Object.values(parameters)) expect(about.zh).toMatch(/[\u4e00-\u9fff]/);
    for (const url of source) expect(url).toMatch(/^https:\/\//);
  });

  test('uses each of its parameters', () => {
    for (const name of Object.keys(parameters)) expect(JSON.stringify(rules)).toContain(`\${${name}}`);
  });

  test.for(examples)('$why', (example) => {
    const entry = { use: id, with: example.with };
    const loaded = loadRules({ entries: [entry], file: undefined, placeOf: () => 'kaidong.yaml:1' });
    expect(loaded.problems).toEqual([]);
    const mapping = { ...NO_MAPPING, rules: loaded.rules };
    const router = createRouter({ decoders: DECODERS, mapping, seen: () => {} });
    const route = router.of(example);
    expect(route.rule, 'the rule takes the topic').toMatch(new RegExp(`^${id}(-\\d+)?$`));
    const payload = Buffer.from(
      typeof example.payload === 'string' ? example.payload : JSON.stringify(example.payload),
    );
    const message = { topic: example.topic, payload, receivedAt: NOW, retain: false, delivery: null };
    const arrival = { number: 0, message, route, delivery: null, durable: null, replay: null };
    const { decoded } = decodeArrival(arrival, 1e6);
    const stored = decoded.readings.flatMap(({ machine, ts, signals, values }) =>
      signals.map((signal, index) => [machine, ts, signal, values[index]]),
    );
    expect(stored).toEqual(
      (example.stored as unknown as Stored[]).map(([machine, ts, signal, value]) => [
        machine,
        ts,
        signal,
        typeof value === 'object' ? BigInt(value.int64) : value,
      ]),
    );
    expect(decoded.refused.map(({ code }) => code)).toEqual(example.refused);
  });
});
