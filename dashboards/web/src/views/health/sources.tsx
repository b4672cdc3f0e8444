import { useMemo, useState } from 'preact/hooks';
import type { MachineNow } from '../../api.ts';
import { duration, integer, percent } from '../../format.ts';
import type { SourceBooks } from '../../health/answers.ts';
import { type SourceRow, sourceRows, worstFirst } from '../../health/sources.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { PathText } from '../../parts/path-text.tsx';
import { type Column, RichTable, type Sorting } from '../../parts/rich-table.tsx';
import { machineAddress } from '../../route.ts';
import { useNow } from '../../use-now.ts';

const MOST_ROWS = 200;
const UNMATCHED = 'unmatched';
const COUNTS = ['received', 'stored', 'duplicate', 'refused', 'ignored', 'spooled', 'inFlight'] as const;

/** Every source's books, the worst first. */
export function Sources({
  sources,
  machines,
  skewMs,
}: {
  readonly sources: readonly SourceBooks[];
  readonly machines: readonly MachineNow[];
  readonly skewMs: number;
}) {
  const { words, locale } = useSpeech();
  const say = words.dataHealth;
  const now = useNow(5000) + skewMs;
  const [find, setFind] = useState('');
  const [sorting, sort] = useState<Sorting>({ column: null, down: false });
  const rows = useMemo(() => worstFirst(sourceRows(sources, machines)), [sources, machines]);
  const wanted = find.trim().toLowerCase();
  const found = wanted === '' ? rows : rows.filter(({ source }) => source.toLowerCase().includes(wanted));
  const silentMs = ({ lastHeard }: SourceRow): number | null =>
    lastHeard === null ? null : Math.max(0, now - Date.parse(lastHeard));
  const columns: Column<SourceRow>[] = [
    {
      id: 'source',
      title: words.source,
      text: ({ source }) => source,
      show: ({ source, machine }) =>
        machine === null ? (
          source === UNMATCHED ? (
            <>
              <code>{source}</code> <small class="muted">{say.unmatched}</small>
            </>
          ) : (
            source
          )
        ) : (
          <a href={machineAddress(machine)}>
            <PathText path={source} />
          </a>
        ),
    },
    ...COUNTS.map(
      (fate): Column<SourceRow> => ({
        id: fate,
        title: words[fate],
        kind: 'number',
        text: ({ messages }) => messages[fate],
        show: ({ messages }) => integer(messages[fate], locale),
      }),
    ),
    {
      id: 'refusedShare',
      title: say.refusedShare,
      kind: 'number',
      text: ({ refusedShare }) => refusedShare,
      show: ({ refusedShare }) => (
        <span class={refusedShare ? 'warning' : undefined}>{percent(refusedShare, locale)}</span>
      ),
    },
    {
      id: 'silent',
      title: say.silentFor,
      kind: 'number',
      text: ({ lastHeard }) => lastHeard,
      by: silentMs,
      show: (row) => {
        const ms = silentMs(row);
        return ms === null ? '–' : <span class="whole">{duration(ms, locale)}</span>;
      },
    },
    {
      id: 'balance',
      title: say.balance,
      text: ({ balanced }) => (balanced ? words.balanced : words.unbalanced),
      show: ({ balanced }) => (
        <span class={balanced ? 'verdict passed' : 'verdict failed'}>
          {balanced ? `✓ ${words.balanced}` : `✗ ${words.unbalanced}`}
        </span>
      ),
    },
  ];
  return (
    <section class="card" aria-labelledby="health-sources">
      <h2 id="health-sources" tabIndex={-1}>
        {say.sourcesTitle}{' '}
        <small class="muted">
          {words.messages} · {say.sourcesHint}
        </small>
      </h2>
      {rows.length === 0 ? (
        <p class="muted">{say.noSources}</p>
      ) : (
        <>
          <label class="find">
            {say.find}{' '}
            <input type="search" value={find} onInput={(event) => setFind(event.currentTarget.value)} />
          </label>
          {found.length === 0 ? <p class="muted">{say.noneFound}</p> : null}
          {found.length > MOST_ROWS ? (
            <p class="muted">
              {fill(say.rowsShown, { count: MOST_ROWS, all: integer(found.length, locale) })}
            </p>
          ) : null}
          {found.length > 0 ? (
            <RichTable
              name={say.sourcesTitle}
              file="sources"
              columns={columns}
              rows={found}
              most={MOST_ROWS}
              keyOf={({ source }) => source}
              classOf={({ balanced, refusedShare }) => (balanced && !refusedShare ? undefined : 'attention')}
              sorting={sorting}
              onSort={sort}
            />
          ) : null}
        </>
      )}
    </section>
  );
}
