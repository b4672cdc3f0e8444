import { createHash } from 'node:crypto';
import type { IngestDesk, ReadinessPart, RefusedItem } from '../../api/ingest-desk.ts';
import { emptyBooks } from '../../domain/books.ts';
import type { Correction } from '../../domain/values/correction.ts';
import { BEYOND, IMM, T0 } from './plant-analysis.ts';

/** How its spool stands. */
export const SPOOL: ReadinessPart = {
  part: 'spool',
  ok: true,
  detail: 'empty',
  message: { zh: '空', en: 'empty' },
  remedy: null,
};

/** What a rule did. */
export const CORRECTION: Correction = {
  ...{ id: 7, machine: IMM, signal: 'temperature', kind: 'out-of-range', action: 'refused' },
  words: { zh: '允许 0 至 300 °C', en: '0 to 300 °C' },
  ...{ from: T0, to: T0 + 1, receivedAt: T0 + 2, count: 2 },
  ...{ before: null, raw: 900, result: null, lastRaw: BEYOND },
};

/** A desk with three refused messages that notes what it was asked. */
export interface NoteDesk extends IngestDesk {
  readonly asked: unknown[];
}

export function noteDesk(overrides: Partial<IngestDesk> = {}): NoteDesk {
  const asked: unknown[] = [];
  const items = [1, 2, 3].map((id): RefusedItem => {
    const payload = Uint8Array.of(0xff, 0x00, id);
    return {
      id,
      topic: `kaidong/v1/${IMM}`,
      source: IMM,
      receivedAt: T0 + id,
      code: 'not-utf8',
      detail: 'byte 0 is no UTF-8',
      payload,
      keptBytes: payload.length,
      payloadBytes: payload.length,
      sha256: createHash('sha256').update(payload).digest('hex'),
      truncated: false,
    };
  });
  const books = {
    ...emptyBooks(),
    messages: { ...emptyBooks().messages, received: 5, stored: 2, refused: 3 },
  };
  return {
    asked,
    books: () => ({ asOf: T0, ...books, sources: [{ source: IMM, ...books }] }),
    sources: () => ({
      asOf: T0,
      sources: [
        {
          ...{
            source: IMM,
            lastHeard: T0 - 1000,
            perSecond: 623,
            usualPerSecond: 1,
            flooding: true,
            waiting: 12,
          },
          clock: {
            state: 'measured',
            aheadMs: 7000,
            driftMsPerHour: 12.5,
            jitterMs: 3,
            correctedMs: 0,
            isOff: true,
            refusedFrom: T0 + 1000,
          },
        },
        {
          ...{ source: 'unmatched', lastHeard: null, perSecond: null, usualPerSecond: null },
          ...{ flooding: false, waiting: 0 },
          clock: { state: 'too-few', correctedMs: 0, isOff: false, refusedFrom: null },
        },
      ],
    }),
    refused({ limit, cursor = 0, ...filter }) {
      asked.push({ limit, cursor, ...filter });
      const page = items.filter(({ id }) => id > cursor).slice(0, limit);
      return {
        items: page,
        next: page.at(-1)?.id === 3 || page.length === 0 ? null : (page.at(-1)?.id ?? null),
      };
    },
    corrections(query) {
      asked.push({ corrections: query });
      const totals = [{ kind: 'out-of-range', action: 'refused', count: 5, listed: 2 }] as const;
      return { items: [CORRECTION], next: 7, totals };
    },
    correctionCounts: () => [{ kind: 'out-of-range', action: 'refused', count: 5 }],
    refusedByCode(filter) {
      asked.push(filter);
      return [{ code: 'not-utf8', count: 3, newest: T0 + 3 }];
    },
    async replay(selection) {
      asked.push(selection);
      return { replayed: 3, stored: 2, refused: 1 };
    },
    explain(input) {
      asked.push({ ...input, payload: Buffer.from(input.payload).toString() });
      return {
        rule: 'default-topic',
        place: null,
        observations: [{ machine: IMM, signal: 'count', ts: T0, value: BEYOND }],
        refused: [{ code: 'value-shape', detail: 'key "x" is null' }],
        skipped: [],
        corrections: [],
        notes: [],
      };
    },
    suggestions: () => ({
      suggestions: [
        {
          topics: 'factory/{machine}',
          examples: ['factory/imm-01'],
          topicCount: 1,
          messages: 3,
          mapped: 3,
          sample: { topic: 'factory/imm-01', payload: '{"n":1}', receivedAt: T0 },
          yaml: 'rules: []',
          reason: { zh: '第 2 级', en: 'Level 2' },
          observations: [{ machine: IMM, signal: 'n', ts: T0, value: BEYOND }],
        },
      ],
      topics: 1,
      others: 0,
    }),
    readiness: () => ({ ready: true, parts: [SPOOL] }),
    ...overrides,
  };
}
