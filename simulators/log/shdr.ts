import type { EpochMs } from '../../domain/time.ts';

/** One line of an adapter's log: what it observed at an instant. */
export interface ShdrLine {
  /** Floored to ms. */
  readonly ts: EpochMs;
  readonly pairs: readonly (readonly [key: string, value: string])[];
}

/** What a log holds beside observations. */
export interface ShdrCounts {
  /** Lines of text. */
  lines: number;
  /** Lines with observations. */
  observed: number;
  /** `@…@` entries: assets, skipped with all their lines. */
  assets: number;
  /** `*…` lines of the adapter protocol. */
  commands: number;
  conditions: number;
  /** Neither of these, or with a time that can't be read. */
  malformed: number;
  /** Lines whose time is before that of the line above. */
  outOfOrder: number;
}

/** Columns of a condition after its key: level, native code, native severity, qualifier, message. */
const CONDITION_COLUMNS = 5;
const CONDITION_KEY = /(^system$|_cond(ition)?$)/i;
const MULTILINE = /--multiline--\S+/;
const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z$/;

/**
 * Reads MTConnect's SHDR text: `timestamp|key|value|key|value…`. A condition gives its level under its key, and its
 * native code and message under `key_code` and `key_message` where there are any. Never throws; what can't be read is counted.
 */
export function parseShdr(text: string): { readonly lines: ShdrLine[]; readonly counts: ShdrCounts } {
  const counts: ShdrCounts = {
    lines: 0,
    observed: 0,
    assets: 0,
    commands: 0,
    conditions: 0,
    malformed: 0,
    outOfOrder: 0,
  };
  const lines: ShdrLine[] = [];
  let assetEnd: string | null = null;
  let before = Number.NEGATIVE_INFINITY;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '') continue;
    counts.lines++;
    if (assetEnd !== null) {
      if (line.endsWith(assetEnd)) assetEnd = null;
      continue;
    }
    if (line.startsWith('*')) {
      counts.commands++;
      continue;
    }
    const columns = line.split('|');
    const ts = epochMsOf(columns[0] as string);
    if (columns[1]?.startsWith('@')) {
      counts.assets++;
      assetEnd = MULTILINE.exec(line)?.[0] ?? null;
      continue;
    }
    const pairs = ts === undefined ? undefined : pairsOf(columns, counts);
    if (ts === undefined || !pairs) {
      counts.malformed++;
      continue;
    }
    if (ts < before) counts.outOfOrder++;
    before = ts;
    counts.observed++;
    lines.push({ ts, pairs });
  }
  return { lines, counts };
}

/** Finer times are floored to ms; `undefined` where it is no time in UTC. */
function epochMsOf(text: string): EpochMs | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const ms = Date.parse(`${match[1]}.${(match[2] ?? '').padEnd(3, '0').slice(0, 3)}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function pairsOf(columns: readonly string[], counts: ShdrCounts): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (let at = 1; at < columns.length; ) {
    const key = (columns[at] as string).trim();
    const value = columns[at + 1];
    if (key === '' || value === undefined) return undefined;
    if (!CONDITION_KEY.test(key)) {
      pairs.push([key, value.trim()]);
      at += 2;
      continue;
    }
    counts.conditions++;
    pairs.push([key, value.trim()]);
    const [code, , , message] = columns.slice(at + 2, at + 1 + CONDITION_COLUMNS);
    if (code) pairs.push([`${key}_code`, code]);
    if (message) pairs.push([`${key}_message`, message]);
    at += 1 + CONDITION_COLUMNS;
  }
  return pairs.length > 0 ? pairs : undefined;
}
