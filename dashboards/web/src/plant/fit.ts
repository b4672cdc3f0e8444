/** How much a tile says: `full` with meter and marks, `compact` in two rows, `mini` in one. */
export type TileKind = 'full' | 'compact' | 'mini';

/** A tile in px. */
export interface TileSize {
  readonly kind: TileKind;
  readonly font: number;
  readonly width: number;
  readonly height: number;
}

/** Width and height in em of the tile's own font. */
const EM: Readonly<Record<TileKind, readonly [number, number]>> = {
  full: [12, 4.7],
  compact: [11, 3.3],
  mini: [11, 1.75],
};
const sizeOf = (kind: TileKind, font: number): TileSize => ({
  kind,
  font,
  width: Math.round(EM[kind][0] * font),
  height: Math.ceil(EM[kind][1] * font),
});

const sizes = (kind: TileKind, fonts: readonly number[]): readonly TileSize[] =>
  fonts.map((font) => sizeOf(kind, font));

/** Across a hall, large letters come before details: a name has at least 20 px as long as there is room at all. */
const ON_A_WALL: readonly TileSize[] = [
  ...sizes('full', [28, 25, 22, 20, 19, 18, 17]),
  ...sizes('compact', [22, 21, 20, 19, 18, 17, 16, 15, 14, 13]),
  ...sizes('mini', [16, 15, 14, 13, 12]),
];
/** At a desk, details come first, and nothing is larger than it need be. */
const AT_A_DESK: readonly TileSize[] = [
  ...sizes('full', [20, 19, 18, 17, 16, 15, 14]),
  ...sizes('compact', [16, 15, 14, 13]),
];
/** More machines than this scroll as compact tiles. */
const MANY = 300;

export const GAP_PX = 6;
export const COLUMN_GAP_PX = 20;
export const HEADING_PX = 30;
const GROUP_GAP_PX = 10;
const MOST_COLUMNS = 8;

export interface Fitted {
  readonly size: TileSize;
  /** Groups side by side: the first column has so many of them, and so on. */
  readonly columns: readonly number[];
  /** Height of each group in px. */
  readonly heights: readonly number[];
  /** Nothing needs to be scrolled. */
  readonly whole: boolean;
}

/** The largest tiles with which all groups (of so many machines each) are in the box at once; else such as scroll well. */
export function fitTiles({
  counts,
  width,
  height,
  wall,
}: {
  readonly counts: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly wall: boolean;
}): Fitted {
  const machines = counts.reduce((sum, count) => sum + count, 0);
  for (const size of wall ? ON_A_WALL : AT_A_DESK) {
    const best = bestColumns(counts, size, width);
    if (best && best.height <= height) return stretched({ counts, size, best, width, height });
  }
  const size = sizeOf(machines > MANY ? 'compact' : 'full', 14);
  const columns = bestColumns(counts, size, width) ?? columnsOf(counts, size, width, 1);
  return { size, ...columns, whole: false };
}

/** Taller by this much at most, where there is room left. */
const MOST_STRETCH = 1.35;

/** Room that is left below goes into the tiles. */
function stretched({
  counts,
  size,
  best,
  width,
  height,
}: {
  readonly counts: readonly number[];
  readonly size: TileSize;
  readonly best: Columns;
  readonly width: number;
  readonly height: number;
}): Fitted {
  let fitted: Fitted = { size, ...best, whole: true };
  for (let taller = size.height + 1; taller <= size.height * MOST_STRETCH; taller++) {
    const next = { ...size, height: taller };
    const columns = columnsOf(counts, next, width, best.columns.length);
    if (columns.height > height) break;
    fitted = { size: next, ...columns, whole: true };
  }
  return fitted;
}

interface Columns {
  readonly columns: readonly number[];
  readonly heights: readonly number[];
  readonly height: number;
}

/** As many columns as make it lowest; `undefined` where not even one tile is narrow enough. */
function bestColumns(counts: readonly number[], size: TileSize, width: number): Columns | undefined {
  let best: Columns | undefined;
  for (let columns = 1; columns <= Math.min(MOST_COLUMNS, Math.max(1, counts.length)); columns++) {
    if ((width - (columns - 1) * COLUMN_GAP_PX) / columns < size.width) break;
    const next = columnsOf(counts, size, width, columns);
    if (!best || next.height < best.height) best = next;
  }
  return best;
}

function columnsOf(counts: readonly number[], size: TileSize, width: number, columns: number): Columns {
  const each = (width - (columns - 1) * COLUMN_GAP_PX) / columns;
  const inRow = Math.max(1, Math.floor((each + GAP_PX) / (size.width + GAP_PX)));
  const heights = counts.map(
    (count) => HEADING_PX + Math.ceil(count / inRow) * (size.height + GAP_PX) + GROUP_GAP_PX,
  );
  return { ...lowest(heights, columns), heights };
}

/** Cuts a series into so many runs that the tallest is as low as can be. */
function lowest(heights: readonly number[], columns: number): { columns: number[]; height: number } {
  let low = Math.max(0, ...heights);
  let high = heights.reduce((sum, one) => sum + one, 0);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (runs(heights, middle).length <= columns) high = middle;
    else low = middle;
  }
  const fits = runs(heights, low).length <= columns ? low : high;
  return { columns: runs(heights, fits), height: fits };
}

/** How many go into each run that isn't taller than `limit`. */
function runs(heights: readonly number[], limit: number): number[] {
  const taken: number[] = [];
  let height = Number.POSITIVE_INFINITY;
  for (const one of heights) {
    if (height + one > limit) {
      taken.push(0);
      height = 0;
    }
    height += one;
    taken[taken.length - 1] = (taken.at(-1) ?? 0) + 1;
  }
  return taken;
}
