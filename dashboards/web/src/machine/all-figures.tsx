import type { Figure } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { downloadCsv } from '../parts/download.ts';
import { figureText } from '../parts/figure-text.ts';
import { Folded } from '../parts/folded.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { useAsked } from '../use-asked.ts';

interface Catalogue {
  readonly kpis: readonly {
    readonly id: string;
    readonly title: { readonly zh: string; readonly en: string };
    readonly formula: string;
    readonly source: string;
  }[];
}

/** Every figure of the catalogue, folded away: value, bounds, formula, and what it lacks where there is none. */
export function AllFigures({
  figures,
  file,
}: {
  readonly figures: readonly Figure[];
  readonly file: string;
}) {
  const { words } = useSpeech();
  return (
    <section class="card all-figures">
      <Folded summary={words.onMachine.allFigures}>{() => <Table figures={figures} file={file} />}</Folded>
    </section>
  );
}

function Table({ figures, file }: { readonly figures: readonly Figure[]; readonly file: string }) {
  const { words, language, locale } = useSpeech();
  const { answer } = useAsked<Catalogue>('/kpis/catalogue');
  const rows = figures.map((figure) => ({
    figure,
    known: answer?.kpis.find(({ id }) => id === figure.kpi),
  }));
  const head = [words.onMachine.figure, words.onMachine.value, words.bounds, words.onMachine.formula];
  const csv = () =>
    downloadCsv(file, [
      ['kpi', 'value', 'low', 'high', 'unit', 'formula', 'flags'],
      ...rows.map(({ figure: { kpi, value, low, high, unit, flags }, known }) => [
        ...[kpi, value, low, high, unit],
        known?.formula ?? null,
        flags.join(' '),
      ]),
    ]);
  return (
    <>
      <Scroll name={words.onMachine.allFigures}>
        <table>
          <thead>
            <tr>
              {head.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ figure, known }) => (
              <tr key={figure.kpi} title={known?.source}>
                <th scope="row">{known?.title[language] ?? figure.kpi}</th>
                <td>
                  {figure.notAssessable ? '–' : figureText(figure.value, figure.unit, locale)}{' '}
                  <small class="muted">
                    {figure.notAssessable ? words.notAssessable : lacking(figure, words.flags)}
                  </small>
                </td>
                <td>{boundsOf(figure, locale)}</td>
                <td class="muted">{known?.formula ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <button type="button" class="small" onClick={csv}>
        {words.downloadCsv}
      </button>
    </>
  );
}

/** Why there is no value: what a figure says of itself stands behind what its row says. */
const lacking = ({ value, flags }: Figure, names: Readonly<Record<string, string>>): string => {
  if (value !== null) return '';
  const own = flags.filter((flag) => flag.startsWith('no-')).at(-1);
  return own === undefined ? '' : (names[own] ?? '');
};

function boundsOf({ value, low, high, unit }: Figure, locale: string): string {
  if (low === null && high === null) return '';
  if (low === value && high === value) return '';
  if (high === null) return `≥ ${figureText(low, unit, locale)}`;
  return `${figureText(low, unit, locale)} – ${figureText(high, unit, locale)}`;
}
