import { useState } from 'preact/hooks';
import { CORRECTION_KINDS } from '../../../../../domain/values/correction.ts';
import { query } from '../../api.ts';
import { integer, moment } from '../../format.ts';
import { type Corrected, type CorrectionsPage, readCorrections } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Choice } from '../../parts/choice.tsx';
import { PathText } from '../../parts/path-text.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { machineAddress } from '../../route.ts';
import { useAsked } from '../../use-asked.ts';
import { CorrectionsCsv } from './corrections-csv.tsx';
import { IngestFailure } from './ingest-failure.tsx';

const REFRESH_MS = 10_000;
const PAGE = 100;

/** What happened to values, the newest first, page by page; nothing where nothing ever did. */
export function Corrections() {
  const { words, language, locale } = useSpeech();
  const [kind, setKind] = useState<string>('');
  const [cursor, setCursor] = useState<string | null>(null);
  const { answer, error, again } = useAsked<CorrectionsPage>(
    `/ingest/corrections${query({ limit: PAGE, kind: kind || null, cursor })}`,
    // A page further back stays as it is under its reader.
    cursor === null ? REFRESH_MS : undefined,
    readCorrections,
  );
  if (!answer && kind === '' && cursor === null) return null;
  if (answer?.totals.length === 0) return null;
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const done = ({ kind: of, action }: Corrected): string =>
    `${words.correctionKinds[of]} · ${words.correctionActions[action]}`;
  const shown = (value: Corrected['raw'], of: Corrected['kind']): string =>
    of === 'clock' ? moment(Number(value), locale, zone) : String(value);
  const columns: Column<Corrected>[] = [
    {
      id: 'machine',
      title: words.machine,
      text: ({ machine }) => machine,
      show: ({ machine }) => (
        <a href={machineAddress(machine)}>
          <PathText path={machine} />
        </a>
      ),
    },
    {
      id: 'signal',
      title: words.signal,
      kind: 'break',
      text: ({ signal }) => signal,
      show: ({ signal }) => <span translate={false}>{signal}</span>,
    },
    {
      id: 'done',
      title: say.ruleDid,
      text: done,
      show: (one) => (
        <>
          {done(one)}
          <small class="muted block">{one.words[language]}</small>
        </>
      ),
    },
    { id: 'rule', title: say.rule, kind: 'csv', text: (one) => one.words[language] },
    {
      id: 'before',
      title: say.before,
      kind: 'break',
      text: ({ before, kind: of }) => (before === null ? null : shown(before, of)),
      show: ({ before, kind: of }) =>
        before === null ? '–' : <span translate={false}>{shown(before, of)}</span>,
    },
    {
      id: 'raw',
      title: say.asItCame,
      kind: 'break',
      text: ({ raw, lastRaw, count, kind: of }) =>
        count > 1 ? `${shown(raw, of)} … ${shown(lastRaw, of)}` : shown(raw, of),
      show: ({ raw, lastRaw, count, kind: of }) => (
        <span translate={false}>
          {count > 1 ? `${shown(raw, of)} … ${shown(lastRaw, of)}` : shown(raw, of)}
        </span>
      ),
    },
    {
      id: 'result',
      title: say.storedAs,
      kind: 'break',
      text: ({ result, kind: of }) => (result === null ? say.notStored : shown(result, of)),
      show: ({ result, kind: of }) =>
        result === null ? say.notStored : <span translate={false}>{shown(result, of)}</span>,
    },
    {
      id: 'count',
      title: say.count,
      kind: 'number',
      text: ({ count }) => count,
      show: ({ count }) => integer(count, locale),
    },
    {
      id: 'to',
      title: words.time,
      text: ({ to }) => to,
      show: ({ to }) => (
        <span class="whole" title={to}>
          {moment(to, locale, zone)}
        </span>
      ),
    },
  ];
  const items = answer?.items ?? [];
  const totals = (answer?.totals ?? []).filter((one) => kind === '' || one.kind === kind);
  const sum = (of: 'count' | 'listed'): string =>
    integer(
      totals.reduce((all, one) => all + one[of], 0),
      locale,
    );
  return (
    <section class="card corrections" aria-labelledby="health-corrections">
      <h2 id="health-corrections" tabIndex={-1}>
        {say.correctionsTitle}
      </h2>
      <p class="muted">
        {say.correctionsHint} {fill(say.correctionsTotal, { count: sum('count'), listed: sum('listed') })}
      </p>
      <div class="fields filters">
        <Choice
          label={say.ruleDid}
          value={kind}
          change={(chosen) => {
            setKind(chosen);
            setCursor(null);
          }}
          options={[
            ['', say.everyKind],
            ...CORRECTION_KINDS.map((one): [string, string] => [one, words.correctionKinds[one]]),
          ]}
        />
        <CorrectionsCsv kind={kind || null} columns={columns} />
      </div>
      {error ? <IngestFailure error={error} again={again} /> : null}
      {answer && items.length === 0 ? <p class="muted">{say.noneSuchCorrected}</p> : null}
      {items.length > 0 ? (
        <RichTable
          name={say.correctionsTitle}
          file="corrections"
          columns={columns}
          rows={items}
          keyOf={({ id }) => id}
        />
      ) : null}
      <p class="pages links">
        <span class="muted">{fill(say.pageOf, { count: items.length })}</span>
        {cursor === null ? null : (
          <button type="button" class="small" onClick={() => setCursor(null)}>
            {say.newestPage}
          </button>
        )}
        {answer?.next ? (
          <button type="button" class="small" onClick={() => setCursor(answer.next)}>
            {say.older} →
          </button>
        ) : null}
      </p>
    </section>
  );
}
