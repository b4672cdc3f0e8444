import { resolve } from 'node:path';
import type {
  RebuildCount,
  RebuildDifference,
  RebuildPlan,
  RebuildScope,
  RebuildSlice,
} from '../../analysis/rebuild.ts';
import type { RecordingProgress } from '../../analysis/record.ts';
import { type Command, type Invocation, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';
import { instantOf } from '../instant-option.ts';
import { createProgress } from '../progress.ts';
import { rebuildPlace } from '../rebuild-place.ts';

const DIFFERENCES_TOLD = 20;

export const rebuild: Command = {
  id: 'rebuild',
  watchesSignal: true,
  summary:
    'Makes the recorded ledger anew from raw data, while the platform runs or not. Ctrl-C leaves what is done; the same command goes on.',
  options: {
    config: CONFIG_OPTION,
    scope: { type: 'string', value: 'PATH', help: 'only machines below this path; default: all' },
    from: { type: 'string', value: 'TIME', help: 'only hours, shifts and days that end after it' },
    to: { type: 'string', value: 'TIME', help: 'only those that end by then' },
    check: { type: 'boolean', help: 'write nothing: say what is recorded otherwise than raw data gives it' },
    anew: { type: 'boolean', help: 'from the beginning, whatever an interrupted rebuild has done' },
    json: { type: 'boolean', help: 'print progress and result as lines of JSON' },
  },
  async run(invocation) {
    const asked = askedOf(invocation);
    const { signal } = invocation;
    const check = invocation.values.check === true;
    const config = configOf(invocation);
    const { openRebuilder } = await import('../../composition/rebuilder-at-rest.ts');
    await using rebuilder = await openRebuilder(config, (done) => tellRecording(invocation, done));
    const place = check ? null : rebuildPlace(resolve(config.data.dir), asked);
    if (invocation.values.anew === true) place?.end();
    const { slices: all, unverifiable } = await rebuilder.plan(asked);
    if (unverifiable) tellUnverifiable(invocation, unverifiable);
    const slices = place?.left(all) ?? all;
    const progress = createProgress(invocation, { machines: machinesIn(slices), cells: cellsIn(slices) });
    const total = { cells: 0, missing: 0, differing: 0 };
    const differences: RebuildDifference[] = [];
    for (const slice of slices) {
      const count = await rebuilder.rebuild({ parts: slice.parts, check, signal }).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (!count) return stopped(invocation, total, check);
      place?.done(slice);
      add(total, count);
      differences.push(...count.differences.slice(0, DIFFERENCES_TOLD - differences.length));
      progress.done({
        machines: slice.parts.length,
        cells: count.cells,
        changed: count.missing + count.differing,
      });
    }
    place?.end();
    return finished(invocation, { ...total, seconds: progress.seconds() }, differences);
  },
};

/** What wasn't recorded yet is recorded first, which may take as long as all that follows. */
function tellRecording({ values, print, report }: Invocation, { cells, ofCells }: RecordingProgress): void {
  if (ofCells === 0) return;
  if (values.json === true) print(JSON.stringify({ event: 'recording', cells, ofCells }));
  else report(`recording what is not yet recorded: ${cells} of ${ofCells} cells`);
}

function tellUnverifiable(
  { values, print, report }: Invocation,
  { machines, before }: NonNullable<RebuildPlan['unverifiable']>,
): void {
  const until = new Date(before).toISOString();
  if (values.json === true) print(JSON.stringify({ event: 'unverifiable', machines, before: until }));
  else
    report(
      `raw data before ${until} is removed (data.retentionDays): older cells of ${machines} machines stay as they are recorded, and can't be verified any more`,
    );
}

type Total = Record<'cells' | 'missing' | 'differing', number>;

function add(total: Total, count: RebuildCount): void {
  for (const name of ['cells', 'missing', 'differing'] as const) total[name] += count[name];
}

const cellsIn = (slices: readonly RebuildSlice[]): number =>
  slices.reduce((sum, { cells }) => sum + cells, 0);
const machinesIn = (slices: readonly RebuildSlice[]): number =>
  slices.reduce((sum, { parts }) => sum + parts.length, 0);

function askedOf(invocation: Invocation): RebuildScope {
  const [from, to] = [instantOf(invocation, 'from') ?? null, instantOf(invocation, 'to') ?? null];
  if (from !== null && to !== null && from >= to)
    throw new UsageError('--to is not after --from; a span is half-open, [from, to)');
  return { scope: text(invocation, 'scope') ?? '', from, to };
}

function stopped(invocation: Invocation, { cells }: Total, check: boolean): 1 {
  if (invocation.values.json === true) invocation.print(JSON.stringify({ event: 'stopped', cells }));
  invocation.report(
    `stopped after ${cells} cells${check ? '' : '; what is done stays, the same command goes on from there'}`,
  );
  return 1;
}

function finished(
  invocation: Invocation,
  total: Total & { readonly seconds: number },
  differences: readonly RebuildDifference[],
): 0 | 1 {
  const { cells, missing, differing } = total;
  const check = invocation.values.check === true;
  if (invocation.values.json === true) {
    const iso = (at: number) => new Date(at).toISOString();
    const told = differences.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) }));
    invocation.print(JSON.stringify({ event: 'done', check, ...total, differences: told }));
  } else {
    for (const one of differences) invocation.print(inWords(one));
    invocation.print(
      missing + differing === 0
        ? `${cells} cells: all are recorded as raw data gives them`
        : `${cells} cells: ${missing} were not recorded, ${differing} were recorded otherwise${check ? '' : '; all are as raw data gives them now'}`,
    );
  }
  return check && missing + differing > 0 ? 1 : 0;
}

function inWords({ machine, grain, from, recorded, rebuilt }: RebuildDifference): string {
  const shown = ({ digest, revision }: RebuildDifference['rebuilt']) =>
    `revision ${revision} (${digest.slice(0, 12)}…)`;
  const was = recorded === null ? 'nothing recorded' : shown(recorded);
  return `${machine}, ${grain} of ${new Date(from).toISOString()}: ${was}, raw data gives ${shown(rebuilt)}`;
}
