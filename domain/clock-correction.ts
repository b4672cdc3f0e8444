import type { EpochMs } from './time.ts';

/** How a source's clock is put right. */
export interface ClockCorrection {
  /** A source, or a pattern of sources: `+` for one level, `#` at the end for all below, as in MQTT topics. */
  readonly source: string;
  /** How far the source's clock is ahead of the true time; negative: behind. */
  readonly aheadMs: number;
  /** By the source's own clock: of what was said at this instant and later; `null`: of all. */
  readonly since: EpochMs | null;
  /** By the source's own clock: of what was said before this instant; `null`: of all. */
  readonly until: EpochMs | null;
}

/** The correction that holds at an instant of the source's own clock: the first of them that does. */
export const correctionAt = (
  corrections: readonly ClockCorrection[],
  sourceTs: EpochMs,
): ClockCorrection | undefined =>
  corrections.find(
    ({ since, until }) => (since === null || sourceTs >= since) && (until === null || sourceTs < until),
  );

/** The true time of an instant by a source's clock. A function of the instant alone, so that a message sent twice is one. */
export const correctedTime = (corrections: readonly ClockCorrection[], sourceTs: EpochMs): EpochMs =>
  sourceTs - (correctionAt(corrections, sourceTs)?.aheadMs ?? 0);

/** What a source's clock said at a corrected time: of instants that end up there, the one that a correction moved. */
export function sourceTimeOf(corrections: readonly ClockCorrection[], ts: EpochMs): EpochMs {
  for (const correction of corrections) {
    const sourceTs = ts + correction.aheadMs;
    if (correctionAt(corrections, sourceTs) === correction) return sourceTs;
  }
  return ts;
}

/** Whether a pattern of sources means this one. */
export function meansSource(pattern: string, source: string): boolean {
  const wanted = pattern.split('/');
  const levels = source.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (levels[index] === undefined || (level !== '+' && level !== levels[index])) return false;
  }
  return levels.length === wanted.length;
}
