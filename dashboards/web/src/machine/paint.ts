import type { State } from '../../../../domain/state.ts';

/** What a lane is drawn with: the colours of the theme, and for each state a fill that differs by more than colour. */
export interface Palette {
  readonly fills: Readonly<Record<State, string | CanvasPattern>>;
  /** What words are written in on each of them. */
  readonly inks: Readonly<Record<State, string>>;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly card: string;
  readonly accent: string;
}

type Hatch = 'plain' | 'rising' | 'falling' | 'upright' | 'dots' | 'cross';

/** By token of style.css; hatching tells apart what shares a colour, and what must not be told by colour alone. */
const LOOKS: Readonly<Record<State, readonly [colour: string, hatch: Hatch, ink: string]>> = {
  running: ['--running', 'plain', '#fff'],
  setup: ['--setup', 'upright', '#fff'],
  idle: ['--idle', 'plain', '#241c00'],
  blocked: ['--waiting', 'rising', '#241200'],
  starved: ['--waiting', 'falling', '#241200'],
  held: ['--waiting', 'dots', '#241200'],
  down: ['--down', 'cross', '#fff'],
  'planned-stop': ['--planned', 'plain', '#fff'],
  off: ['--off', 'plain', '#14191f'],
  unknown: ['--unknown-b', 'rising', ''],
};
/** Side of a pattern's tile, in CSS pixels. */
const TILE = 8;

export function paletteFor(context: CanvasRenderingContext2D, ratio: number): Palette {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string): string => styles.getPropertyValue(name).trim();
  const fills = {} as Record<State, string | CanvasPattern>;
  const inks = {} as Record<State, string>;
  for (const [state, [colour, hatch, ink]] of Object.entries(LOOKS) as [State, (typeof LOOKS)[State]][]) {
    const strokes = state === 'unknown' ? token('--unknown-a') : 'rgb(255 255 255 / 0.3)';
    fills[state] = patternOf(context, {
      colour: token(colour),
      hatch,
      strokes,
      ratio,
      bold: state === 'unknown',
    });
    inks[state] = ink || token('--unknown-ink');
  }
  return {
    fills,
    inks,
    ink: token('--ink'),
    muted: token('--muted'),
    line: token('--line'),
    card: token('--card'),
    accent: token('--accent'),
  };
}

function patternOf(
  context: CanvasRenderingContext2D,
  look: { colour: string; hatch: Hatch; strokes: string; ratio: number; bold: boolean },
): string | CanvasPattern {
  if (look.hatch === 'plain') return look.colour;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(TILE * look.ratio);
  const drawing = tile.getContext('2d');
  if (!drawing) return look.colour;
  const side = tile.width;
  drawing.fillStyle = look.colour;
  drawing.fillRect(0, 0, side, side);
  drawing.strokeStyle = drawing.fillStyle = look.strokes;
  drawing.lineWidth = (look.bold ? 2.6 : 1.4) * look.ratio;
  const stroke = (x1: number, y1: number, x2: number, y2: number): void => {
    drawing.beginPath();
    drawing.moveTo(x1 * side, y1 * side);
    drawing.lineTo(x2 * side, y2 * side);
    drawing.stroke();
  };
  // Diagonals go on beyond the tile, so that tiles meet without a notch.
  const diagonals = (sign: 1 | -1): void => {
    for (const shift of [-1, 0, 1]) {
      if (sign === 1) stroke(shift - 0.5, 1.5, shift + 1.5, -0.5);
      else stroke(shift - 0.5, -0.5, shift + 1.5, 1.5);
    }
  };
  if (look.hatch === 'rising' || look.hatch === 'cross') diagonals(1);
  if (look.hatch === 'falling' || look.hatch === 'cross') diagonals(-1);
  if (look.hatch === 'upright') stroke(0.5, 0, 0.5, 1);
  if (look.hatch === 'dots') drawing.fillRect(side / 4, side / 4, side / 4, side / 4);
  return context.createPattern(tile, 'repeat') ?? look.colour;
}
