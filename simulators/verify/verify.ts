import type { Span } from '../../domain/time.ts';
import type { MachineConfig, PlantConfig } from '../plant-config.ts';
import { type MachineTruth, windowOf } from '../truth/memory.ts';
import { type Balance, checkBooks, type PublishedMessages } from './books.ts';
import { compareProducts, compareRow, compareTimeline } from './compare.ts';
import { type LedgerOfTruth, ledgerOfTruth, type TrueLedger } from './ledger.ts';
import type { LedgerRowAnswer, Platform } from './platform.ts';

export interface VerifyOptions {
  readonly platform: Platform;
  readonly config: PlantConfig;
  /** The truth of what was published: the platform must equal it. `null`: only bounds can be checked. */
  readonly published: ReadonlyMap<string, MachineTruth> | null;
  /** The real truth, where messages were lost: it must lie within the platform's bounds. */
  readonly real: ReadonlyMap<string, MachineTruth> | null;
  /** Part of the truths' time; absent: all of it. */
  readonly window?: Span | undefined;
  /** What the platform books these machines' messages under; absent: their paths. */
  readonly sources?: ReadonlySet<string> | undefined;
  /** `null`: how many messages there were isn't known. */
  readonly messages: PublishedMessages | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  progress?(done: number, total: number): void;
}

export interface Verification {
  readonly machines: number;
  /** Rows and timelines compared. */
  readonly compared: number;
  /** One line each; none: the platform says the truth. */
  readonly differences: readonly string[];
  /** `null` where it isn't known what was published. */
  readonly balance: Balance | null;
}

const AT_A_TIME = 4;

/** Compares the platform's books, ledgers and timelines with the truth, to the millisecond and the piece. */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { platform, config, published, real, messages, waitMs, signal, progress } = options;
  const truths = published ?? real ?? new Map<string, MachineTruth>();
  const window = options.window ?? windowOf(truths);
  if (!window) {
    return { machines: 0, compared: 0, differences: ['there is no truth to compare with'], balance: null };
  }
  const machines = [...truths.keys()].sort();
  const sources = options.sources ?? new Set(machines);
  const { problems, balance } = await checkBooks({ platform, sources, published: messages, waitMs, signal });
  const differences = problems;
  let compared = 0;
  let done = 0;
  const queue = machines.values();
  const worker = async (): Promise<void> => {
    for (const path of queue) {
      const machine = config.machines.find((entry) => entry.path === path);
      if (!machine) {
        differences.push(
          `${path}: is not in the configuration; use the one that --config-out wrote for this run`,
        );
        continue;
      }
      const compare = { platform, config, machine, window };
      if (published) {
        const result = await compareMachine({ ...compare, truth: published.get(path) as MachineTruth });
        compared += result.compared;
        differences.push(...result.differences);
      }
      const whole = real?.get(path);
      if (whole) {
        compared++;
        differences.push(...(await checkBounds({ ...compare, truth: whole })));
      }
      progress?.(++done, machines.length);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { machines: machines.length, compared, differences, balance };
}

interface Comparison {
  readonly platform: Platform;
  readonly config: PlantConfig;
  readonly machine: MachineConfig;
  readonly window: Span;
  readonly truth: MachineTruth;
}

const ledgerOf = ({ config, machine, window, truth }: Comparison): LedgerOfTruth =>
  ledgerOfTruth({
    ...window,
    truth,
    machine,
    site: config.sites.find(({ path }) => machine.path.startsWith(`${path}/`)),
  });

async function compareMachine(comparison: Comparison): Promise<{ compared: number; differences: string[] }> {
  const { platform, machine, window, truth } = comparison;
  const { path } = machine;
  const should = ledgerOf(comparison);
  const ask = (by: string) => platform.ledger({ ...window, scope: path, by });
  const [whole] = await ask('machine');
  const differences = compareRow(path, whole, should.whole);
  if (whole?.flags?.includes('undeclared') && differences.length > 0) {
    differences.unshift(
      `${path}: the platform doesn't know it; start it with the file that --config-out wrote`,
    );
  }
  differences.push(...compareCells(path, 'shift', await ask('machine,shift'), should.byShift));
  differences.push(...compareCells(path, 'hour', await ask('machine,hour'), should.byHour));
  differences.push(...compareCells(path, 'order', await ask('machine,order'), should.byOrder));
  differences.push(...compareProducts(path, await ask('machine,product'), should.byProduct));
  differences.push(
    ...compareTimeline(path, await platform.timeline({ ...window, machine: path }), truth.intervals, window),
  );
  const rows = should.byShift.size + should.byHour.size + should.byOrder.size + should.byProduct.size;
  return { compared: 2 + rows, differences };
}

function compareCells(
  path: string,
  dimension: 'shift' | 'hour' | 'order',
  rows: readonly LedgerRowAnswer[],
  truth: ReadonlyMap<string | null, TrueLedger>,
): string[] {
  const keyOf = (row: LedgerRowAnswer): string | null => {
    const key = row.key[dimension] ?? null;
    return dimension === 'hour' && key !== null ? new Date(key).toISOString() : key;
  };
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  const differences: string[] = [];
  for (const [key, ledger] of truth) {
    differences.push(...compareRow(`${path} ${dimension} ${key ?? 'none'}`, found.get(key), ledger));
  }
  for (const key of found.keys()) {
    if (!truth.has(key))
      differences.push(`${path}: a row for ${dimension} ${key ?? 'none'} that the truth doesn't have`);
  }
  if (found.size !== rows.length) differences.push(`${path}: several rows for one ${dimension}`);
  return differences;
}

/** What is unknown may have been running or not; what is known is true. */
async function checkBounds(comparison: Comparison): Promise<string[]> {
  const { platform, machine, window } = comparison;
  const [row] = await platform.ledger({ ...window, scope: machine.path, by: 'machine' });
  if (!row) return [`${machine.path}: no row`];
  const { running } = ledgerOf(comparison).whole.ms;
  const low = row.ms.running ?? Number.NaN;
  const high = low + (row.ms.unknown ?? Number.NaN);
  return low <= running && running <= high
    ? []
    : [`${machine.path}: really ran ${running} ms, outside the bounds ${low} to ${high} ms`];
}
