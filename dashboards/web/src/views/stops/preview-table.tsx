import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import { duration, percent } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import type { Preview } from '../../stops/answers.ts';

/** The figures that everybody knows by name. */
const SHOWN = ['utilisation', 'availability', 'oee'] as const;

/** What saving would change: time by class and figures of each shift that is touched. */
export function PreviewTable({
  preview,
  save,
  cancel,
}: {
  readonly preview: Preview;
  readonly save: () => void;
  readonly cancel: () => void;
}) {
  const { words, locale } = useSpeech();
  const say = words.stopping;
  const rows = preview.rows.filter(({ changed }) => changed);
  return (
    <section aria-label={say.changes}>
      <h3>{say.changes}</h3>
      {rows.length === 0 ? <p>{say.noChange}</p> : null}
      {rows.map((row) => {
        const times = CLASS_ORDER.filter((name) => row.before.ms[name] !== row.after.ms[name]);
        const valueIn = (side: typeof row.before, kpi: string): number | null =>
          side.figures.find((one) => one.kpi === kpi)?.value ?? null;
        return (
          <table key={row.from}>
            <caption>
              {row.key.day} · {say.shift} {row.key.shift ?? say.outside}
            </caption>
            <thead>
              <tr>
                <th scope="col">{say.figure}</th>
                <th scope="col">{say.before}</th>
                <th scope="col">{say.after}</th>
              </tr>
            </thead>
            <tbody>
              {times.map((name) => (
                <tr key={name}>
                  <th scope="row">{words.classes[name]}</th>
                  <td>{duration(row.before.ms[name], locale)}</td>
                  <td>{duration(row.after.ms[name], locale)}</td>
                </tr>
              ))}
              {SHOWN.map((kpi) => (
                <tr key={kpi}>
                  <th scope="row">{words.stopFigures[kpi]}</th>
                  <td>{percent(valueIn(row.before, kpi), locale)}</td>
                  <td>{percent(valueIn(row.after, kpi), locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
      <div class="stop-actions">
        <button type="button" class="primary" onClick={save}>
          {say.save}
        </button>
        <button type="button" onClick={cancel}>
          {say.cancel}
        </button>
      </div>
    </section>
  );
}
