import { type ClockCorrection, correctionAt } from '../domain/clock-correction.ts';
import { clockSkew } from '../domain/clock-skew.ts';
import type { EpochMs } from '../domain/time.ts';
import type { IngestLog } from './log.ts';
import { SOURCE, SOURCE_NUMBERS, type SourceRows } from './source-rows.ts';
import type { SourceTraffic } from './source-traffic.ts';

const SPAN_MS = 10_000;
const MINUTE_MS = 60_000;
/** Half an hour of minutes. */
const MOST_MINUTES = 30;
/** Ten times the usual is a flood, unless it is little all the same. */
const FLOOD_FACTOR = 10;
const FLOOD_PER_SECOND = 20;
/** So much of a new rate enters the usual one with each span: half of it in about twenty minutes. */
const LEARNT = 1 / 180;

/**
 * A source of which nothing is known floods when it sends a hundred times what the others send, in the middle. It is waited
 * for them so many spans; where there are too few of them, its own rate is the usual one.
 */
const NEWCOMER_FACTOR = 100;
const FEWEST_OTHERS = 5;
const WAITED_SPANS = 3;

export interface MeterOptions {
  readonly log: IngestLog;
  /** A clock that differs by more is said so. */
  readonly clockToleranceMs: () => number;
  readonly correctionsOf: (source: string) => readonly ClockCorrection[];
  /** Of all sources. */
  readonly traffics: () => Iterable<SourceTraffic>;
  readonly rows: SourceRows;
}

/** Counts what comes from each source, and how late. A message costs a few comparisons; the rest is done once in ten seconds. */
export function createSourceMeter({ log, clockToleranceMs, correctionsOf, traffics, rows }: MeterOptions) {
  const typicalAt = typicalRate(traffics);

  /** Ends the span that runs, and begins the next one. */
  function turn(traffic: SourceTraffic, at: EpochMs): void {
    const { numbers } = rows;
    const row = traffic.account.row * SOURCE_NUMBERS;
    const spanFrom = (numbers[row + SOURCE.spanUntil] as number) - SPAN_MS;
    const ranMs = at - spanFrom;
    // A clock of ours that was set back leaves a span without a length.
    if (ranMs > 0 && Number.isFinite(ranMs)) {
      noteRate(traffic, ((numbers[row + SOURCE.inSpan] as number) * 1000) / ranMs, spanFrom);
    }
    const leastDelayMs = numbers[row + SOURCE.leastDelayMs] as number;
    if (leastDelayMs !== Number.POSITIVE_INFINITY) {
      numbers[row + SOURCE.leastDelayMs] = Number.POSITIVE_INFINITY;
      noteLeastDelay(traffic, leastDelayMs, spanFrom);
    }
    numbers[row + SOURCE.spanUntil] = at + SPAN_MS;
    numbers[row + SOURCE.inSpan] = 0;
  }

  function noteRate(traffic: SourceTraffic, perSecond: number, spanFrom: EpochMs): void {
    traffic.perSecond = perSecond;
    const usual = traffic.usualPerSecond;
    if (usual === null) {
      traffic.usualPerSecond = firstUsual(traffic, perSecond, spanFrom);
      return;
    }
    const limit = Math.max(FLOOD_PER_SECOND, FLOOD_FACTOR * usual);
    const flooding = perSecond > (traffic.flooding ? limit / 2 : limit);
    if (flooding !== traffic.flooding) {
      traffic.flooding = flooding;
      const { source } = traffic.account;
      log(flooding ? 'source-flood' : 'source-flood-over', { source, perSecond, usualPerSecond: usual });
    }
    // Of a flood no more is learnt than what may just pass for usual, so that it isn't taken for that soon.
    traffic.usualPerSecond = usual + LEARNT * (Math.min(perSecond, limit) - usual);
  }

  /** What is usual for a source that is new; `null`: the others will tell. */
  function firstUsual(traffic: SourceTraffic, perSecond: number, spanFrom: EpochMs): number | null {
    traffic.spans++;
    const typical = typicalAt(spanFrom + SPAN_MS);
    if (typical === 'alone') return perSecond;
    if (typical === 'unknown') return traffic.spans < WAITED_SPANS ? null : perSecond;
    if (perSecond <= Math.max(FLOOD_PER_SECOND, NEWCOMER_FACTOR * typical)) return perSecond;
    traffic.flooding = true;
    const { source } = traffic.account;
    log('source-flood', { source, perSecond, usualPerSecond: typical });
    // Half of it is no flood any more, and where it stays, that is usual after some minutes.
    return perSecond / (2 * FLOOD_FACTOR);
  }

  function noteLeastDelay(traffic: SourceTraffic, leastDelayMs: number, spanFrom: EpochMs): void {
    const { delays } = traffic;
    const at = Math.floor(spanFrom / MINUTE_MS) * MINUTE_MS;
    const last = delays.at(-1);
    if (last?.at === at) {
      last.delayMs = Math.min(last.delayMs, leastDelayMs);
      return;
    }
    // Where our own clock was set back, what was measured before says nothing.
    if (last && last.at > at) delays.length = 0;
    delays.push({ at, delayMs: leastDelayMs });
    if (delays.length > MOST_MINUTES) delays.shift();
    traffic.skew = clockSkew(delays);
    const clock = clockOf(traffic, spanFrom);
    if (clock.state === 'measured' && !clock.isOff) {
      traffic.refusedFrom.ahead = Number.POSITIVE_INFINITY;
      traffic.refusedFrom.behind = Number.POSITIVE_INFINITY;
    }
    if (clock.state !== 'measured' || clock.isOff === traffic.clockOff) return;
    traffic.clockOff = clock.isOff;
    const { source } = traffic.account;
    const { aheadMs, correctedMs } = clock;
    log(clock.isOff ? 'source-clock-off' : 'source-clock-right', { source, aheadMs, correctedMs });
  }

  /** How a source's clock stands at an instant, and what corrections leave of the difference. */
  function clockOf({ skew, account, refusedFrom: { ahead, behind } }: SourceTraffic, at: EpochMs) {
    const aheadMs = skew.state === 'measured' ? skew.aheadMs : 0;
    const corrections = correctionsOf(account.source);
    const correctedMs = correctionAt(corrections, at + aheadMs)?.aheadMs ?? 0;
    const isOff = skew.state === 'measured' && Math.abs(skew.aheadMs - correctedMs) > clockToleranceMs();
    const from = aheadMs > 0 ? ahead : behind;
    return { ...skew, correctedMs, isOff, refusedFrom: from === Number.POSITIVE_INFINITY ? null : from };
  }

  /** When a message of the source came last; `null`: none did. */
  function lastHeardOf({ account }: SourceTraffic): EpochMs | null {
    const at = rows.numbers[account.row * SOURCE_NUMBERS + SOURCE.lastHeardAt] as number;
    return at === Number.NEGATIVE_INFINITY ? null : at;
  }

  return {
    /** A message of the source came; `row` is that of its account. */
    heard(traffic: SourceTraffic, row: number, at: EpochMs): void {
      const first = row * SOURCE_NUMBERS;
      const until = rows.numbers[first + SOURCE.spanUntil] as number;
      if (at >= until || at < until - SPAN_MS) turn(traffic, at);
      rows.numbers[first + SOURCE.inSpan]!++;
      rows.numbers[first + SOURCE.lastHeardAt] = at;
    },

    lastHeardOf,

    /** How the source stands at an instant. */
    standing(traffic: SourceTraffic, at: EpochMs) {
      const lastHeard = lastHeardOf(traffic);
      const spanUntil = rows.numbers[traffic.account.row * SOURCE_NUMBERS + SOURCE.spanUntil] as number;
      if (lastHeard !== null && at >= spanUntil) turn(traffic, at);
      const { account, lane, perSecond, usualPerSecond, flooding } = traffic;
      return {
        source: account.source,
        lastHeard,
        perSecond,
        usualPerSecond,
        flooding,
        waiting: lane ? lane.queue.length - lane.head : 0,
        clock: clockOf(traffic, at),
      };
    },
  };
}

/**
 * What sources send in the middle, looked up once a span; `alone`: there are too few to say, `unknown`: they haven't sent for
 * long enough.
 */
function typicalRate(traffics: () => Iterable<SourceTraffic>) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let found: number | 'alone' | 'unknown' = 'alone';
  return (at: EpochMs): typeof found => {
    if (typeof found === 'number' && at >= lookedAt && at < lookedAt + SPAN_MS) return found;
    const all = [...traffics()];
    const rates = all.flatMap(({ perSecond }) => (perSecond === null ? [] : [perSecond]));
    if (all.length <= FEWEST_OTHERS) found = 'alone';
    else if (rates.length <= FEWEST_OTHERS) found = 'unknown';
    else found = rates.sort((one, other) => one - other)[rates.length >> 1] as number;
    lookedAt = at;
    return found;
  };
}

export type SourceMeter = ReturnType<typeof createSourceMeter>;
export type SourceStanding = ReturnType<SourceMeter['standing']>;
