import type { Config } from '../config.ts';
import type { IngestOptions } from '../ingest/create-ingest.ts';

/** The section `clocks` in the domain's words. */
export const clocksOf = ({ clocks }: Pick<Config, 'clocks'>): NonNullable<IngestOptions['clocks']> => ({
  toleranceMs: clocks.toleranceMs,
  corrections: clocks.corrections.map(({ source, aheadMs, since, until }) => ({
    source,
    aheadMs,
    since: since ?? null,
    until: until ?? null,
  })),
});
