import { useSpeech } from '../i18n/index.ts';
import { downloadCsv } from './download.ts';
import { Scroll } from './scroll.tsx';

export type Cell = string | number | null;

/** The table of a chart: folded away, with its CSV. */
export function DataTable({
  name,
  head,
  rows,
}: {
  name: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}) {
  const { words } = useSpeech();
  return (
    <details class="as-table">
      <summary>{words.showTable}</summary>
      <button type="button" onClick={() => downloadCsv(name, [head, ...rows])}>
        {words.downloadCsv}
      </button>
      <Scroll name={name}>
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
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={head[column]}>{cell ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
