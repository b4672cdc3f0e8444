import { createBreather } from './breathe.ts';
import { createCutter, stretchEnd } from './closed-cells.ts';
import { firstHeard } from './first-heard.ts';
import { provableFrom } from './raw-horizon.ts';
import type { Rebuilding, RebuildPart, RebuildPlan, RebuildScope, RebuildSlice } from './rebuild.ts';
import { lookaheadMs } from './trust.ts';

/**
 * Cells that are worked through in one go; they and their facts are all that is held. Finding the facts of a slice takes a look
 * at all rows of a span, whosever they are: smaller slices cost a large plant more than all else.
 */
const SLICE_CELLS = 20_000;

/** What a rebuild has to work through: what counts as recorded by now. What closes meanwhile, the recorder records. */
export async function planRebuild(
  { store, members, marks, horizons, now }: Rebuilding,
  { scope, from, to }: RebuildScope,
): Promise<RebuildPlan> {
  const found = await members.inScope(scope);
  const paths = found.map(({ machine }) => machine.path);
  const first = await firstHeard({ store, machines: paths, horizons, until: now() });
  const removed = horizons.all();
  const behind = paths.flatMap((path) => removed.get(path)?.before ?? []);
  const cut = createCutter();
  const breathe = createBreather();
  const slices: RebuildSlice[] = [];
  let parts: RebuildPart[] = [];
  let cells = 0;
  const close = (): void => {
    if (cells > 0) slices.push({ parts, cells });
    parts = [];
    cells = 0;
  };
  for (const { machine, site } of found) {
    const until = marks.recordedUntil(machine.path);
    const begin = first.get(machine.path);
    if (until === null || begin === undefined) continue;
    const span = {
      from: Math.max(begin, from ?? begin),
      to: Math.min(until - lookaheadMs(machine), to ?? Number.POSITIVE_INFINITY),
    };
    const provable = provableFrom(machine, removed.get(machine.path));
    for (let { from } = span; from < span.to; from = stretchEnd(from)) {
      // A slice has each machine once.
      if (from > span.from) close();
      const stretch = { from, to: Math.min(span.to, stretchEnd(from)) };
      const ends = cut(site, stretch)
        .filter((cell) => cell.from >= provable)
        .map((cell) => cell.to)
        .sort((a, b) => a - b);
      for (let at = 0; at < ends.length; ) {
        // Cells that end together stay together.
        let next = Math.min(ends.length, at + SLICE_CELLS);
        while (next < ends.length && ends[next] === ends[next - 1]) next++;
        if (cells + next - at > SLICE_CELLS) close();
        parts.push({
          machine: machine.path,
          from: at === 0 ? from : (ends[at - 1] as number),
          to: ends[next - 1] as number,
        });
        cells += next - at;
        at = next;
        if (at < ends.length) close();
      }
      await breathe();
    }
  }
  close();
  const unverifiable = behind.length === 0 ? null : { machines: behind.length, before: Math.max(...behind) };
  return { slices, unverifiable };
}
