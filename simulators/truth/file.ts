import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { State } from '../../domain/state.ts';
import { keepTruth, type MachineTruth } from './memory.ts';
import type { TruthSink } from './truth.ts';

const FLUSH_CHARACTERS = 1 << 17;

/**
 * Writes the truth as JSON lines `{machine,from,to,state}` and `{machine,ts,count,reject}`; times in ms. Where they are said, intervals have
 * an `order` beside, and pieces `product`, `order` and `rework`.
 */
export function writeTruth(file: string): TruthSink & { close(): void } {
  const handle = openSync(file, 'w');
  let buffer = '';
  const put = (line: unknown): void => {
    buffer += `${JSON.stringify(line)}\n`;
    if (buffer.length > FLUSH_CHARACTERS) flush();
  };
  const flush = (): void => {
    writeSync(handle, buffer);
    buffer = '';
  };
  return {
    interval: (machine, { from, to, state, order }) => put({ machine, from, to, state, ...said({ order }) }),
    pieces: (machine, { ts, count, reject, product, order, rework }) =>
      put({ machine, ts, count, reject, ...said({ product, order, rework }) }),
    close() {
      flush();
      closeSync(handle);
    },
  };
}

const said = (values: Readonly<Record<string, string | number | null>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Reads what {@link writeTruth} wrote. Throws with the line that is wrong. */
export async function readTruth(file: string): Promise<Map<string, MachineTruth>> {
  const truth = keepTruth();
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number++;
    if (line.trim() === '') continue;
    const entry = entryOf(line);
    if (!entry) {
      throw new Error(
        `${file}:${number}: neither {machine,from,to,state} nor {machine,ts,count,reject}; write the file with --truth`,
      );
    }
    if ('state' in entry) {
      const { machine, from, to, state, order = null } = entry;
      truth.interval(machine, { from, to, state, order });
    } else {
      const { machine, ts, count, reject, product = null, order = null, rework = null } = entry;
      truth.pieces(machine, { ts, count, reject, rework, product, order, acrossUnknown: false });
    }
  }
  for (const [machine, { intervals, pieces }] of truth.machines) {
    intervals.sort((a, b) => a.from - b.from);
    pieces.sort((a, b) => a.ts - b.ts);
    const gap = intervals.findIndex(
      (interval, index) => index > 0 && intervals[index - 1]?.to !== interval.from,
    );
    if (gap > 0) {
      const at = new Date(intervals[gap]?.from ?? 0).toISOString();
      throw new Error(
        `${file}: the intervals of ${machine} are not contiguous at ${at}; write the file anew`,
      );
    }
    markAcrossUnknown(truth.machines.get(machine) as MachineTruth);
  }
  return truth.machines;
}

type Entry =
  | { machine: string; from: number; to: number; state: State; order?: string }
  | {
      machine: string;
      ts: number;
      count: number;
      reject: number;
      product?: string;
      order?: string;
      rework?: number;
    };

function entryOf(line: string): Entry | undefined {
  let value: { readonly machine?: unknown; readonly state?: unknown; readonly [key: string]: unknown };
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || typeof value.machine !== 'string') return undefined;
  const numbers = (...keys: string[]): boolean => keys.every((key) => Number.isInteger(value[key]));
  if (typeof value.state === 'string' && numbers('from', 'to')) return value as Entry;
  return numbers('ts', 'count', 'reject') ? (value as Entry) : undefined;
}

/** Pieces whose making began before an unknown stretch, as far as the file tells. */
function markAcrossUnknown({ intervals, pieces }: MachineTruth): void {
  // Before the first word there are no pieces to be made across it: the first value is a baseline.
  const unknown = intervals.slice(1).filter((interval) => interval.state === 'unknown');
  if (unknown.length === 0) return;
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1]?.ts ?? Number.NEGATIVE_INFINITY;
    const across = unknown.some(({ from, to }) => to > before && from < piece.ts);
    if (across) pieces[index] = { ...piece, acrossUnknown: true };
  });
}
