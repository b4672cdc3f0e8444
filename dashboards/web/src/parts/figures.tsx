import type { Figure } from '../api.ts';
import { percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Flags } from './ledger-chart.tsx';

const NAMES = ['utilisation', 'oee', 'availability', 'effectiveness', 'quality-ratio'] as const;

/** Flags that explain a figure's value; those of the whole row stand with the ledger. */
function explaining({ kpi, value, flags }: Figure): readonly string[] {
  const needsCycle = kpi === 'oee' || kpi === 'effectiveness';
  return flags.filter(
    (flag) => WHY_NO_VALUE.has(flag) || (flag === 'no-ideal-cycle' && needsCycle && value === null),
  );
}

const WHY_NO_VALUE: ReadonlySet<string> = new Set([
  'no-pieces',
  'no-planned-time',
  'no-running-time',
  'no-known-time',
]);

/** The figures of a window, each with its bounds; below the coverage floor the words say so instead of a number. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  const { words, locale } = useSpeech();
  const known = NAMES.flatMap((kpi) =>
    figures.filter((figure) => figure.kpi === kpi).map((figure) => ({ ...figure, kpi })),
  );
  return (
    <section class="figures" aria-label={words.figures}>
      {known.map((figure) => (
        <div class="figure" key={figure.kpi}>
          <h3>{words[figure.kpi]}</h3>
          <p class={figure.notAssessable ? 'value doubtful' : 'value'}>
            {figure.notAssessable ? '–' : percent(figure.value, locale)}
          </p>
          {figure.notAssessable ? <p class="warning">{words.notAssessable}</p> : null}
          {figure.low !== null && figure.high !== null && figure.low !== figure.high ? (
            <p class="muted">
              {words.bounds} {percent(figure.low, locale)} – {percent(figure.high, locale)}
            </p>
          ) : null}
          <p class="muted">
            {words.coverage} {percent(figure.coverage, locale)}
          </p>
          <Flags flags={explaining(figure)} />
        </div>
      ))}
    </section>
  );
}
