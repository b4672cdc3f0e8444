import type { Browser } from 'playwright-core';

/** One thing that is measured of the page in a real browser. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What `--set name=value` may change; no two scenarios share a name with different meanings. */
  readonly defaults: Readonly<Record<string, number>>;
  run(
    browser: Browser,
    settings: Readonly<Record<string, number>>,
  ): Promise<Readonly<Record<string, number>>>;
}
