import type { Figure, Kpis } from '../../api.ts';
import { percent } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { BoundedBar } from '../../parts/bounded-bar.tsx';

const NAMES = ['utilisation', 'oee', 'availability', 'effectiveness', 'quality-ratio'] as const;

const figureOf = (kpis: Kpis | undefined, kpi: string): Figure | undefined =>
  kpis?.rows[0]?.figures.find((figure) => figure.kpi === kpi);

/** The figures of the whole, each with its bounds, beside those of the time before. */
export function LineFigures({ kpis, before }: { readonly kpis: Kpis; readonly before: Kpis | undefined }) {
  const { words, locale } = useSpeech();
  return (
    <section class="figures" aria-label={words.figures}>
      {NAMES.flatMap((kpi) => {
        const figure = figureOf(kpis, kpi);
        if (!figure) return [];
        const was = figureOf(before, kpi);
        const uncertain = figure.low !== null && figure.high !== null && figure.low !== figure.high;
        return [
          <div class="figure" key={kpi}>
            <h3>{words[kpi]}</h3>
            <p class={figure.notAssessable ? 'value doubtful' : 'value'}>
              {figure.notAssessable ? '–' : percent(figure.value, locale)}
            </p>
            {figure.notAssessable ? <p class="warning">{words.notAssessable}</p> : null}
            {uncertain ? (
              <p class="muted">
                {words.bounds} {percent(figure.low, locale)} – {percent(figure.high, locale)}
              </p>
            ) : null}
            {was ? <p class="muted">{fill(words.wall.was, { value: shown(was, locale) })}</p> : null}
          </div>,
        ];
      })}
    </section>
  );
}

/** The value of a figure; a dash where there is none, or too little data. */
export const shown = (figure: Figure, locale: string): string =>
  figure.notAssessable ? '–' : percent(figure.value, locale);

/** A figure in a row: its value, and a bar that hatches what isn't certain. */
export function FigureCell({ figure }: { readonly figure: Figure | undefined }) {
  const { words, locale } = useSpeech();
  if (!figure) return <>–</>;
  const text = shown(figure, locale);
  const bounds = fill(words.wall.bounds, {
    low: percent(figure.low, locale),
    high: percent(figure.high, locale),
  });
  return (
    <span class="figure-cell" title={figure.notAssessable ? words.notAssessable : bounds}>
      <b>{text}</b>
      {figure.low === null || figure.high === null ? null : (
        <BoundedBar
          low={figure.low}
          value={figure.notAssessable ? null : figure.value}
          high={figure.high}
          label={`${text}, ${bounds}`}
        />
      )}
    </span>
  );
}
