import { STATES, type State } from '../../../../domain/state.ts';
import type { View } from './axis.ts';
import { BINS, columnsOf, heightsOf, STACK } from './columns.ts';
import type { Palette } from './paint.ts';
import { indexAt, type Track } from './track.ts';

/** What a filter leaves out is drawn this strong. */
const DIM = 0.18;
/** Narrower stretches carry no words, in CSS pixels. */
const WORDS_FROM = 34;

export interface Band {
  readonly track: Track;
  readonly view: View;
  /** In device pixels. */
  readonly box: {
    readonly top: number;
    readonly width: number;
    readonly height: number;
    readonly ratio: number;
  };
  readonly bright?: Uint8Array | undefined;
  /** Absent: no words. */
  readonly nameOf?: ((state: State) => string) | undefined;
}

/** Draws the states of a view: each pixel column is divided by how long each state held in it. */
export function drawBand(context: CanvasRenderingContext2D, palette: Palette, band: Band): void {
  const { track, view, box, bright } = band;
  const columns = columnsOf(track, view, box.width, bright);
  const least = Math.ceil(2 * box.ratio);
  let runFrom = 0;
  let run = NOTHING;
  let heights: readonly number[] = [];
  for (let column = 0; column <= box.width; column++) {
    const next = column < box.width ? onlyBin(columns, column) : NOTHING;
    // Neighbours that hold the same single state are one rectangle; a mix is a column of its own.
    if (next === run && next !== MIXED) continue;
    if (run !== NOTHING) drawStack(context, palette, box, { heights, from: runFrom, to: column });
    runFrom = column;
    run = next;
    if (next === MIXED) {
      heights = heightsOf(columns.subarray(column * BINS, (column + 1) * BINS), box.height, least);
    } else heights = Array.from({ length: next + 1 }, (_, bin) => (bin === next ? box.height : 0));
  }
  context.globalAlpha = 1;
  if (band.nameOf) drawWords(context, palette, band, band.nameOf);
}

const NOTHING = -1;
const MIXED = -2;

/** The only bin that a column has time in, or that there is none or several. */
function onlyBin(columns: Float64Array, column: number): number {
  let only = NOTHING;
  for (let bin = 0; bin < BINS; bin++) {
    if ((columns[column * BINS + bin] as number) <= 0) continue;
    if (only !== NOTHING) return MIXED;
    only = bin;
  }
  return only;
}

function drawStack(
  context: CanvasRenderingContext2D,
  palette: Palette,
  box: Band['box'],
  { heights, from, to }: { heights: readonly number[]; from: number; to: number },
): void {
  let foot = box.top + box.height;
  for (let bin = 0; bin < heights.length; bin++) {
    const height = heights[bin] as number;
    if (height <= 0) continue;
    foot -= height;
    context.globalAlpha = bin < STACK.length ? 1 : DIM;
    context.fillStyle = palette.fills[STACK[bin % STACK.length] as State];
    context.fillRect(from, foot, to - from, height);
  }
}

/** State and reason in every stretch that has room for them. */
function drawWords(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { track, view, box, bright }: Band,
  nameOf: (state: State) => string,
): void {
  const perMs = box.width / (view.to - view.from);
  const fewestMs = (WORDS_FROM * box.ratio) / perMs;
  context.font = `${12 * box.ratio}px system-ui, "Noto Sans CJK SC", sans-serif`;
  context.textBaseline = 'middle';
  for (let index = Math.max(0, indexAt(track, view.from)); index < track.codes.length; index++) {
    const start = Math.max(track.starts[index] as number, view.from);
    const end = Math.min(track.starts[index + 1] as number, view.to);
    if (start >= view.to) break;
    if (end - start < fewestMs) continue;
    const { reason } = track.intervals[index] as Track['intervals'][number];
    const state = STATES[track.codes[index] as number] as State;
    const room = (end - start) * perMs - 10 * box.ratio;
    const words = fitting(context, reason ? `${nameOf(state)} ${reason}` : nameOf(state), room);
    if (words === '') continue;
    const left = (start - view.from) * perMs + 5 * box.ratio;
    const middle = box.top + box.height / 2;
    context.globalAlpha = !bright || bright[index] === 1 ? 1 : 0.5;
    // Hatching behind words would hide them.
    context.fillStyle = palette.fills[state];
    if (state === 'unknown') {
      context.fillStyle = palette.card;
      context.fillRect(
        left - 3 * box.ratio,
        middle - 9 * box.ratio,
        context.measureText(words).width + 6 * box.ratio,
        18 * box.ratio,
      );
    }
    context.fillStyle = !bright || bright[index] === 1 ? palette.inks[state] : palette.ink;
    context.fillText(words, left, middle);
  }
  context.globalAlpha = 1;
}

function fitting(context: CanvasRenderingContext2D, words: string, room: number): string {
  if (context.measureText(words).width <= room) return words;
  const share = room / context.measureText(words).width;
  const kept = words.slice(0, Math.floor(words.length * share) - 1);
  return kept.length < 1 ? '' : `${kept}…`;
}
