import { productionDays } from '../../domain/calendar.ts';
import type { Site } from '../../domain/plant.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { AssessmentRefused } from './port.ts';

const DAY_MS = 86_400_000;
/** A year and what a month's delay adds. */
const MOST_DAYS = 400;

/** Refuses a period that no assessment can be made of, `period-invalid`. */
export function checkPeriod(
  { from, to }: Span,
  {
    now,
    keptSince,
    site,
  }: {
    readonly now: EpochMs;
    /** Older observations are removed. */
    readonly keptSince: EpochMs;
    /** Whose production days the period is meant in. */
    readonly site: Site;
  },
): void {
  const refuse = (parameter: string, message: string): never => {
    throw new AssessmentRefused('period-invalid', parameter, message);
  };
  if (from >= to)
    refuse('to', `the period ends at ${iso(to)}, which is not after its beginning ${iso(from)}`);
  if (to > now) refuse('to', `the period ends in the future (${iso(to)}; it is ${iso(now)}); end it earlier`);
  if (to - from > MOST_DAYS * DAY_MS) {
    refuse('to', `the period is longer than ${MOST_DAYS} days; assess a year at most`);
  }
  if (from < keptSince) {
    const why = `observations before ${iso(keptSince)} are no longer kept (data.retentionDays), so that days heard can't be counted`;
    const first = productionDays(site, { from: keptSince, to: keptSince + 2 * DAY_MS }).find(
      (one) => one.from >= keptSince,
    );
    const remedy =
      first && first.from < to
        ? `begin at ${iso(first.from)} (${first.day}) or later`
        : 'of this period no whole day is left';
    refuse('from', `${why}; ${remedy}`);
  }
}

const iso = (ms: EpochMs): string => new Date(ms).toISOString();
