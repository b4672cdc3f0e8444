import { useState } from 'preact/hooks';
import { fill, useSpeech } from '../i18n/index.ts';
import { downloadCsv } from './download.ts';
import { Scroll } from './scroll.tsx';

export type Cell = string | number | null;
type Rows = readonly (readonly Cell[])[];

/** More rows than this are in the CSV alone: a page with tens of thousands of them would stand still. */
const MOST_ROWS = 500;

/** The table of a chart: folded away and made when it is opened, with its CSV. */
export function DataTable({
  name,
  head,
  rows,
}: {
  name: string;
  head: readonly string[];
  /** A function where making them takes time. */
  rows: Rows | (() => Rows);
}) {
  const { words } = useSpeech();
  const [opened, open] = useState(false);
  const all = (): Rows => (typeof rows === 'function' ? rows() : rows);
  return (
    <details class="as-table" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{words.showTable}</summary>
      <button type="button" onClick={() => downloadCsv(name, [head, ...all()])}>
        {words.downloadCsv}
      </button>
      {opened ? <Body name={name} head={head} rows={all()} /> : null}
    </details>
  );
}

function Body({ name, head, rows }: { name: string; head: readonly string[]; rows: Rows }) {
  const { words } = useSpeech();
  return (
    <>
      {rows.length > MOST_ROWS ? (
        <p class="muted">{fill(words.moreRows, { shown: MOST_ROWS, all: rows.length })}</p>
      ) : null}
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
            {rows.slice(0, MOST_ROWS).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={head[column]}>{cell ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
