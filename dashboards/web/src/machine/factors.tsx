import type { Figure } from '../api.ts';
import { percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';

const FACTORS = ['availability', 'effectiveness', 'quality-ratio'] as const;
/** What can be missing for a figure, with its remedy. */
const WHY = [
  'no-ideal-cycle',
  'no-count',
  'no-pieces',
  'no-planned-time',
  'no-running-time',
  'no-known-time',
];

/** Utilisation, and OEE as the product of its three factors: each with its bounds, or with what it lacks and the remedy. */
export function Factors({ figures }: { figures: readonly Figure[] }) {
  const { words } = useSpeech();
  const of = (kpi: string): Figure | undefined => figures.find((figure) => figure.kpi === kpi);
  return (
    <section class="factors" aria-label={words.figures}>
      <FigureCard name={words.utilisation} figure={of('utilisation')} strong />
      <div class="product-of">
        <FigureCard name={words.oee} figure={of('oee')} strong />
        {FACTORS.map((kpi, place) => (
          <>
            <span class="sign" aria-hidden="true">
              {place === 0 ? '=' : '×'}
            </span>
            <FigureCard name={words[kpi]} figure={of(kpi)} />
          </>
        ))}
      </div>
    </section>
  );
}

function FigureCard({
  name,
  figure,
  strong = false,
}: {
  name: string;
  figure: Figure | undefined;
  strong?: boolean;
}) {
  const { words, locale } = useSpeech();
  if (!figure) return null;
  const { value, low, high, notAssessable } = figure;
  // The flags are those of the whole row: not every figure needs an ideal cycle.
  const needsCycle = figure.kpi === 'oee' || figure.kpi === 'effectiveness';
  const why =
    value === null
      ? WHY.find((flag) => figure.flags.includes(flag) && (needsCycle || flag !== 'no-ideal-cycle'))
      : undefined;
  const shown = notAssessable ? null : value;
  return (
    <div class={strong ? 'figure strong' : 'figure'}>
      <h3>{name}</h3>
      <p class={shown === null ? 'value doubtful' : 'value'}>{percent(shown, locale)}</p>
      {low !== null && high !== null && low !== high ? (
        <p class="bounds">
          <span class="bounds-bar" aria-hidden="true">
            <i style={{ left: `${clip(low)}%`, width: `${clip(high) - clip(low)}%` }} />
            {shown === null ? null : <b style={{ left: `${clip(shown)}%` }} />}
          </span>
          {words.bounds} {percent(low, locale)} – {percent(high, locale)}
        </p>
      ) : null}
      {notAssessable ? <p class="warning">{words.notAssessable}</p> : null}
      {why ? <p class="remedy">{words.remedies[why]}</p> : null}
      {value !== null && value > 1 ? <p class="warning">⚑ {words.flags['effectiveness-above-1']}</p> : null}
      <p class="muted">
        {words.coverage} {percent(figure.coverage, locale)}
      </p>
    </div>
  );
}

const clip = (share: number): number => Math.min(100, Math.max(0, share * 100));
