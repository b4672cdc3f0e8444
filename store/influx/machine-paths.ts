import type { MachinePath } from '../../domain/path.ts';
import type { DurationMs } from '../../domain/time.ts';
import { StoreUnavailable } from '../port.ts';
import type { Query } from './influxql.ts';
import { readMachines } from './reads.ts';

/** A retention policy of the store's own can take a machine's last point and leave its series. */
const CONFIRM_EVERY_MS: DurationMs = 3_600_000;

interface Known {
  /** The series that there were, as the store lists them. */
  readonly series: string;
  readonly paths: readonly MachinePath[];
  readonly at: DurationMs;
}

/**
 * The machines that have data, in path order. To look for each one's newest point takes InfluxDB ten times as long as to
 * list its series: while these stay the same, so do the machines. What was found is kept only where each series had a
 * point, since one that gets its first afterwards is not seen by the list.
 */
export function machinePathReader(
  query: Query,
  now: () => DurationMs = () => performance.now(),
): () => Promise<readonly MachinePath[]> {
  let known: Known | undefined;
  return async () => {
    const listed = await seriesOf(query);
    const at = now();
    const series = listed?.join('\n');
    if (known && known.series === series && at - known.at < CONFIRM_EVERY_MS) return known.paths;
    const paths = (await readMachines(query)).map(({ path }) => path);
    known = series !== undefined && listed?.length === paths.length ? { series, paths, at } : undefined;
    return paths;
  };
}

/** Every series of `signals`; `undefined` where the store can't list them, as 3.x can't. */
async function seriesOf(query: Query): Promise<readonly string[] | undefined> {
  const series: string[] = [];
  try {
    for await (const { values } of query(['SHOW SERIES FROM "signals"'])) {
      for (const [key] of values) series.push(key as string);
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    return undefined;
  }
  return series;
}
