import { assess } from './assess.ts';
import { demo } from './demo.ts';
import { drain } from './drain.ts';
import { fresh } from './fresh.ts';
import { ingest } from './ingest.ts';
import { ledger } from './ledger.ts';
import { live } from './live.ts';
import { machines } from './machines.ts';
import { page } from './page.ts';
import { rebuild } from './rebuild.ts';
import { sparkplug } from './sparkplug.ts';
import { start } from './start.ts';
import { share } from './workers.ts';

/** One benchmark: a run gives figures; the command repeats it and prints medians. Nothing fails on a clock. */
export interface Benchmark {
  readonly id: string;
  readonly title: string;
  /** What `--set name=value` may change. */
  readonly defaults: Readonly<Record<string, number>>;
  /** What may be measured alone. */
  readonly parts?: readonly string[];
  /** The setting, in seconds, that `--for` gives. */
  readonly spanSetting?: string;
  /** Takes `--telegraf`. */
  readonly comparesTelegraf?: true;
  run(settings: Readonly<Record<string, number>>, asked?: Asked): Promise<Readonly<Record<string, number>>>;
}

export interface Asked {
  /** Absent: all of it. */
  readonly part?: string | undefined;
  /** Where a Telegraf is, to be compared with. */
  readonly telegraf?: string | undefined;
}

/** Every benchmark, in reading order. */
export const BENCHMARKS: readonly Benchmark[] = [
  start,
  demo,
  ingest,
  drain,
  share,
  live,
  fresh,
  machines,
  sparkplug,
  ledger,
  rebuild,
  assess,
  page,
];
