import { plannedBusyMs } from '../../../../../domain/formula.ts';
import type { ShiftReport } from '../../api.ts';
import { duration, integer, percent } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';

const NAMES = ['utilisation', 'oee', 'availability', 'effectiveness', 'quality-ratio'] as const;

/** The figures of a shift with bounds, and what was planned and made, each beside the same shift before. */
export function ShiftFigures({ report }: { readonly report: ShiftReport }) {
  const { words, locale } = useSpeech();
  const { row, before } = report;
  const shownFigure = (figure: ShiftReport['figures'][number]): string =>
    figure.notAssessable ? words.wall.notAssessableShort : percent(figure.value, locale);
  return (
    <section class="shift-figures" aria-label={words.figures}>
      {NAMES.flatMap((kpi) => {
        const figure = report.figures.find((one) => one.kpi === kpi);
        const was = before?.figures.find((one) => one.kpi === kpi);
        if (!figure) return [];
        const bounded = figure.low !== null && figure.high !== null && figure.low !== figure.high;
        return [
          <div key={kpi}>
            <h2>{words[kpi]}</h2>
            <p class="shift-value">{shownFigure(figure)}</p>
            <p class="muted">
              {bounded ? `${percent(figure.low, locale)} – ${percent(figure.high, locale)} ` : ''}
              {figure.coverage !== null && figure.coverage < 1
                ? `${words.coverage} ${percent(figure.coverage, locale)}`
                : ''}
            </p>
            {was ? <p class="muted">{fill(words.shiftReport.before, { value: shownFigure(was) })}</p> : null}
          </div>,
        ];
      })}
      <Amount
        title={words.shiftReport.planned}
        value={duration(plannedBusyMs(row.ms), locale)}
        before={before && duration(plannedBusyMs(before.row.ms), locale)}
      />
      {(['produced', 'good', 'reject'] as const).map((name) => (
        <Amount
          key={name}
          title={words.shiftReport[name]}
          value={integer(row.counts[name], locale)}
          before={before && integer(before.row.counts[name], locale)}
        />
      ))}
      {row.counts.duringUnknown > 0 ? (
        <Amount
          title={words.shiftReport.outside}
          value={integer(row.counts.duringUnknown, locale)}
          before={null}
        />
      ) : null}
    </section>
  );
}

function Amount({
  title,
  value,
  before,
}: {
  readonly title: string;
  readonly value: string;
  readonly before: string | null;
}) {
  const { words } = useSpeech();
  return (
    <div>
      <h2>{title}</h2>
      <p class="shift-amount">{value}</p>
      {before === null ? null : <p class="muted">{fill(words.shiftReport.before, { value: before })}</p>}
    </div>
  );
}
