import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { refusalMessage } from '../../api/wire/refusal-message.ts';
import { imbalance } from '../../domain/books.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.ts';
import type { Correction } from '../../domain/values/correction.ts';
import type { ValueRule } from '../../domain/values/rule.ts';
import { bench, MACHINE, message, send } from './harness.ts';
import { mappingOf } from './rules.ts';

interface Case {
  readonly why: string;
  readonly topic: string;
  readonly payload?: string;
  readonly payloadBase64?: string;
  readonly retain?: boolean;
  /** A message sent first. */
  readonly before?: string;
  readonly beforeBase64?: string;
  readonly beforeTopic?: string;
  /** It still waits when the message comes, and that is as much as may. */
  readonly beforeWaits?: boolean;
  readonly caps?: { readonly maxMachines: number; readonly maxSignalsPerMachine: number };
  readonly maxPayloadBytes?: number;
  /** Mapping rules, as a configuration has them. */
  readonly rules?: readonly object[];
  readonly discover?: readonly string[];
  /** What a rule is said to leave out. */
  readonly skipped?: readonly { readonly signal: string; readonly at: string }[];
  /** Rules for values of the machine's signals. */
  readonly values?: readonly (Partial<ValueRule> & { readonly signal: string })[];
  readonly corrections?: readonly Partial<Correction>[];
  /** The decoder of Sparkplug has a defect. */
  readonly decoderFails?: boolean;
  readonly storeRefuses?: { readonly signal: string; readonly detail: string };
  readonly stored: readonly {
    readonly machine?: string;
    readonly signal: string;
    readonly ts: number;
    readonly value: SignalValue | { readonly int64: string };
  }[];
  readonly refused: readonly { readonly code: RefusalCode; readonly says: string }[];
}

const cases = ['cases', 'mapped'].flatMap((name) => {
  const folder = join(import.meta.dirname, name);
  return readdirSync(folder).map((file) => ({
    title: `${name === 'mapped' ? 'mapped: ' : ''}${file.replace('.yaml', '').replaceAll('-', ' ')}`,
    ...(parse(readFileSync(join(folder, file), 'utf8')) as Case),
  }));
});

/** Fails where a node's own machine is asked for, which only the decoder does. */
function failingNames(group: string, node: string, device: string | null): string {
  if (device === null) throw new Error('no name for it');
  return `${group}/-/-/${node}/${device}`;
}

describe('what becomes of a message', () => {
  test.for(cases)('$title', async (given) => {
    expect(given.why, 'every case says why').toMatch(/\w/);
    const parts = bench();
    await using ingest = await parts.start({
      ...(given.caps ? { caps: given.caps } : {}),
      ...(given.beforeWaits ? { inboxMessages: 0 } : {}),
      ...(given.decoderFails ? { sparkplug: { machineOf: failingNames } } : {}),
      values: {
        plant: {
          ...{ sites: [], machines: [] },
          signals: (given.values ?? []).map((rule) => ({
            ...{ scope: MACHINE, outOfRange: 'refuse' as const, onJump: 'flag' as const },
            ...rule,
          })),
        },
        corrections: parts.corrections,
      },
      mapping: mappingOf(given.rules ?? [], { discover: given.discover ?? [] }),
      ...(given.maxPayloadBytes === undefined ? {} : { maxPayloadBytes: given.maxPayloadBytes }),
    });
    const first = given.beforeBase64 ? Buffer.from(given.beforeBase64, 'base64') : given.before;
    const before = first && send(ingest, message(given.beforeTopic ?? given.topic, first));
    if (!given.beforeWaits) {
      await before;
      await ingest.drained();
    }
    parts.store.state.written.length = 0;
    ingest.listCorrections();
    parts.corrections.rows.length = 0;
    const { storeRefuses } = given;
    if (storeRefuses) {
      parts.store.state.refuses = (_reading, signal) =>
        signal === storeRefuses.signal ? storeRefuses.detail : null;
    }

    const payload = given.payloadBase64 ? Buffer.from(given.payloadBase64, 'base64') : (given.payload ?? '');
    const explained = ingest.explain({ topic: given.topic, payload: message('', payload).payload });
    const sent = send(ingest, message(given.topic, payload, { retain: given.retain ?? false }));
    if (given.beforeWaits) await expect(sent).rejects.toThrow('too much is waiting');
    await Promise.allSettled([before, sent]);
    await ingest.drained();

    const stored = parts.store.state.written.flatMap(({ machine, ts, signals, values }) =>
      signals.map((signal, index) => ({ machine, signal, ts, value: values[index] })),
    );
    const expected = given.stored.map(({ machine = MACHINE, signal, ts, value }) => ({
      machine,
      signal,
      ts,
      value: typeof value === 'object' ? BigInt(value.int64) : value,
    }));
    expect(stored).toEqual(expected);
    const { items } = ingest.refused({ limit: 10 });
    expect(items.map(({ code }) => code)).toEqual(given.refused.map(({ code }) => code));
    for (const [index, { says }] of given.refused.entries()) expect(items[index]?.detail).toContain(says);
    // Chinese has the sentence too, and needn't fall back on what the code means.
    for (const item of items) expect(refusalMessage(item).zh).not.toContain(REFUSALS[item.code].meaning.zh);

    ingest.listCorrections();
    expect(parts.corrections.rows).toMatchObject(given.corrections ?? []);
    expect(parts.corrections.rows).toHaveLength(given.corrections?.length ?? 0);

    const { messages, observations } = ingest.books();
    expect(imbalance(messages)).toBe(0);
    expect(imbalance(observations)).toBe(0);
    expect(messages.received).toBe(before ? 2 : 1);
    expect(messages.ignored).toBe(stored.length === 0 && items.length === 0 ? 1 : 0);

    // `explain` says the same beforehand, but for what only the store, the retain flag, the load or a defect can tell.
    if (storeRefuses || given.retain || given.beforeWaits || given.decoderFails) return;
    expect(explained.observations).toEqual(expected);
    expect(explained.skipped).toEqual(given.skipped ?? []);
    if (items[0]) expect(explained.refused[0]?.code).toBe(items[0].code);
    else expect(explained.refused).toEqual([]);
  });

  test('every code of the list has a case, and every case a code of the list', () => {
    const seen = new Set(cases.flatMap(({ refused }) => refused.map(({ code }) => code)));
    expect([...seen].sort()).toEqual(Object.keys(REFUSALS).sort());
  });
});
