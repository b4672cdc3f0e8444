import type { EpochMs } from '../../domain/time.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)$/i;

/** Milliseconds of a source's own time; finer times are floored. `undefined`: neither ms nor ISO 8601 with an offset. */
export function sourceTimeOf(value: unknown): EpochMs | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.floor(value) : undefined;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' ? isoTimeOf(value) : undefined;
}

function isoTimeOf(text: string): EpochMs | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59) return undefined;
  const ms = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  // 31 February is no date, though Date.UTC makes one of it.
  if (new Date(local).getUTCMonth() !== month - 1 || new Date(local).getUTCDate() !== day) return undefined;
  const offsetMs = (part(10) * 60 + part(11)) * 60_000;
  return match[9] === '-' ? local + offsetMs : local - offsetMs;
}
