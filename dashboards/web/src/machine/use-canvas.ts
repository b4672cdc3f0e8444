import { useEffect, useRef } from 'preact/hooks';
import type { Axis } from './axis.ts';
import { type Palette, paletteFor } from './paint.ts';

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
}

/** A canvas as wide as its place, drawn anew with the axis, its size, the theme, and whatever `draw` depends on. */
export function useCanvas(axis: Axis, draw: (drawing: Drawing) => void, needs: readonly unknown[]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawer = useRef(draw);
  drawer.current = draw;
  const again = useRef<() => void>(() => {});
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    let palette: Palette | undefined;
    const paint = (): void => {
      const ratio = devicePixelRatio || 1;
      const width = Math.max(1, Math.round(element.clientWidth * ratio));
      const height = Math.max(1, Math.round(element.clientHeight * ratio));
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
        palette = undefined;
      }
      palette ??= paletteFor(context, ratio);
      context.clearRect(0, 0, width, height);
      drawer.current({ context, palette, width, height, ratio });
    };
    again.current = paint;
    paint();
    const sizes = new ResizeObserver(paint);
    sizes.observe(element);
    const repaint = (): void => {
      palette = undefined;
      paint();
    };
    const themes = new MutationObserver(repaint);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    // Paper is light, and so are its inks, whatever the screen is; and a screen's own theme may change.
    const media = ['print', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query));
    for (const one of media) one.addEventListener('change', repaint);
    const stop = axis.watch(paint);
    return () => {
      for (const one of media) one.removeEventListener('change', repaint);
      stop();
      sizes.disconnect();
      themes.disconnect();
    };
  }, [axis]);
  useEffect(() => again.current(), needs);
  return canvas;
}
