import { useEffect, useRef, useState } from 'preact/hooks';
import { STATES, type State } from '../../../../domain/state.ts';
import { shortDuration } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import type { Axis } from './axis.ts';
import { paletteFor } from './paint.ts';
import type { Track } from './track.ts';

/** How the lanes are to be read: what each fill means, and what one pixel stands for. */
export function StateLegend({ axis, track }: { axis: Axis; track: Track }) {
  const { words, locale } = useSpeech();
  const [length, setLength] = useState(axis.view.to - axis.view.from);
  useEffect(() => axis.rested(({ from, to }) => setLength(to - from)), [axis]);
  const held = STATES.filter((_, code) => track.codes.includes(code));
  return (
    <div class="state-legend">
      <ul>
        {held.map((state) => (
          <li key={state}>
            <Swatch state={state} /> {words.states[state]}
          </li>
        ))}
      </ul>
      <p class="muted">
        {fill(words.onMachine.pixelHint, {
          duration: shortDuration(length / Math.max(1, innerWidth * 0.9), locale),
        })}{' '}
        {words.onMachine.moveHint}
      </p>
    </div>
  );
}

const RATIO = 2;

function Swatch({ state }: { state: State }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const paint = (): void => {
      context.fillStyle = paletteFor(context, RATIO).fills[state];
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    };
    paint();
    const themes = new MutationObserver(paint);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => themes.disconnect();
  }, [state]);
  return <canvas class="swatch" width={18 * RATIO} height={12 * RATIO} ref={canvas} />;
}
