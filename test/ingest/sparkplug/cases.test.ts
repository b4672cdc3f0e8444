import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { refusalMessage } from '../../../api/wire/refusal-message.ts';
import { imbalance } from '../../../domain/books.ts';
import type { SignalValue } from '../../../domain/observation.ts';
import { REFUSALS, type RefusalCode } from '../../../domain/refusal.ts';
import type { Ingest } from '../../../ingest/create-ingest.ts';
import { CLAUSES } from '../../../ingest/sparkplug/clauses.ts';
import { NOW } from '../harness.ts';
import { stage } from './stage.ts';

/** One of the verbs with a payload as an object, or something else that happens. */
interface Step {
  /** `node` or `node/device`; default N, and N/D for a device's verb. */
  readonly of?: string;
  readonly NBIRTH?: Body;
  readonly DBIRTH?: Body;
  readonly NDATA?: Body;
  readonly DDATA?: Body;
  readonly NDEATH?: Body;
  readonly DDEATH?: Body;
  /** Any topic, with bytes. */
  readonly topic?: string;
  readonly base64?: string;
  readonly text?: string;
  readonly retain?: boolean;
  /** Milliseconds pass. */
  readonly wait?: number;
  /** The connection breaks, and another one is made. */
  readonly reconnect?: true;
  /** Replays what is in quarantine with this code. */
  readonly replay?: RefusalCode;
}

/** Times within a day of 0 are those from the test's begin on. `bdSeq` adds what every node's birth or death has. */
interface Body {
  readonly bdSeq?: number;
  readonly seq?: number;
  readonly timestamp?: number;
  readonly metrics?: readonly object[];
}

interface Case {
  readonly why: string;
  readonly clauses?: readonly string[];
  readonly reorderTimeoutMs?: number;
  readonly steps: readonly Step[];
  /** Device (`N`: the node itself), signal, time, value. */
  readonly stored: readonly (readonly [string, string, number, SignalValue | { readonly int64: string }])[];
  readonly refused?: readonly { readonly code: RefusalCode; readonly says: string }[];
  /** Nodes that were asked for their births. */
  readonly asked?: readonly string[];
  readonly messages?: Partial<Record<'received' | 'stored' | 'ignored' | 'refused' | 'duplicate', number>>;
  readonly online?: Readonly<Record<string, boolean>>;
}

const VERBS = ['NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'NDEATH', 'DDEATH'] as const;
const DAY_MS = 86_400_000;

const absolute = (value: unknown): unknown =>
  typeof value === 'number' && Math.abs(value) < DAY_MS ? NOW + value : value;

/** Times become absolute, however deep they stand. */
function dated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'timestamp' ? absolute(inner) : dated(inner)]),
  );
}

function payloadOf({ bdSeq, ...body }: Body, verb: string): object {
  const number = { name: 'bdSeq', datatype: 4, long_value: bdSeq ?? 0 };
  const rebirth = { name: 'Node Control/Rebirth', datatype: 11, boolean_value: false };
  const protocols = bdSeq === undefined ? [] : verb === 'NBIRTH' ? [number, rebirth] : [number];
  return dated({ ...body, metrics: [...protocols, ...(body.metrics ?? [])] }) as object;
}

/** What a timer began may take a few turns, of which each ends with everything stored. */
async function settled(ingest: Ingest): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await ingest.drained();
  }
}

/** Short where it is the node N or one of its devices. */
const machineName = (path: string): string =>
  path === 'G/-/-/N/-' ? 'N' : path.replace(/^G\/-\/-\/N\//, '');

const folder = join(import.meta.dirname, 'cases');
const cases = readdirSync(folder).map((file) => ({
  title: file.replace('.yaml', '').replaceAll('-', ' '),
  ...(parse(readFileSync(join(folder, file), 'utf8')) as Case),
}));

describe('what becomes of what an edge node publishes', () => {
  test.for(cases)('$title', async (given) => {
    expect(given.why, 'every case says why').toMatch(/\w/);
    for (const clause of given.clauses ?? []) expect(CLAUSES.map(({ id }) => id)).toContain(clause);
    const { parts, ingest, seat, hear, hand, asked } = await stage({
      reorderTimeoutMs: given.reorderTimeoutMs ?? 2000,
    });
    seat.session.connected();
    seat.session.opened();
    let sent = 0;
    for (const step of given.steps) {
      const verb = VERBS.find((one) => step[one] !== undefined);
      if (verb) {
        const [node, device] = (step.of ?? (verb.startsWith('N') ? 'N' : 'N/D')).split('/');
        const topic = ['spBv1.0/G', verb, node, ...(device ? [device] : [])].join('/');
        void hear(topic, payloadOf(step[verb] as Body, verb), { retain: step.retain ?? false });
        sent++;
      } else if (step.topic !== undefined) {
        const bytes = Buffer.from(
          step.base64 ?? step.text ?? '',
          step.base64 === undefined ? 'utf8' : 'base64',
        );
        void hear(step.topic, bytes, { retain: step.retain ?? false });
        sent++;
      } else if (step.reconnect) {
        seat.session.closed();
        seat.session.connected();
        seat.session.opened();
      } else if (step.replay !== undefined) {
        await ingest.drained();
        await ingest.replay({ code: step.replay });
      }
      await settled(ingest);
      if (step.wait !== undefined) hand.pass(step.wait);
      await settled(ingest);
    }

    const stored = parts.store.state.written.flatMap(({ machine, ts, signals, values }) =>
      signals.map((signal, index) => [machineName(machine), signal, ts, values[index]]),
    );
    expect(stored).toEqual(
      given.stored.map(([device, signal, ts, value]) => [
        device,
        signal,
        absolute(ts),
        typeof value === 'object' ? BigInt(value.int64) : value,
      ]),
    );
    const items = [...ingest.refused({ limit: 50 }).items].reverse();
    expect(items.map(({ code }) => code)).toEqual((given.refused ?? []).map(({ code }) => code));
    for (const [index, { says }] of (given.refused ?? []).entries()) {
      expect(items[index]?.detail).toContain(says);
    }
    for (const item of items) expect(refusalMessage(item).zh).not.toContain(REFUSALS[item.code].meaning.zh);
    expect(asked()).toEqual(given.asked ?? []);
    const { messages, observations } = ingest.books();
    expect(imbalance(messages)).toBe(0);
    expect(imbalance(observations)).toBe(0);
    expect(messages).toMatchObject(given.messages ?? {});
    if (given.messages?.received === undefined) expect(messages.received).toBeLessThanOrEqual(sent);
    for (const [machine, online] of Object.entries(given.online ?? {})) {
      expect(ingest.isOnline(`G/-/-/${machine}`)).toBe(online);
    }
  });
});
