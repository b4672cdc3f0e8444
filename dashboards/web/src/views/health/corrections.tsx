import { integer, moment } from '../../format.ts';
import { type Corrected, type CorrectionsPage, readCorrections } from '../../health/answers.ts';
import { useSpeech } from '../../i18n/index.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { machineAddress } from '../../route.ts';
import { useAsked } from '../../use-asked.ts';

const REFRESH_MS = 10_000;
const NEWEST = '/ingest/corrections?limit=100';

/** What the rules for values did, the newest first; nothing where they did nothing. */
export function Corrections() {
  const { words, locale } = useSpeech();
  const { answer } = useAsked<CorrectionsPage>(NEWEST, REFRESH_MS, readCorrections);
  if (!answer || answer.items.length === 0) return null;
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const done = ({ kind, action }: Corrected): string =>
    `${words.correctionKinds[kind]} · ${words.correctionActions[action]}`;
  const columns: Column<Corrected>[] = [
    {
      id: 'machine',
      title: words.machine,
      text: ({ machine }) => machine,
      show: ({ machine }) => <a href={machineAddress(machine)}>{machine}</a>,
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
          <small class="muted block" lang="en">
            {one.rule}
          </small>
        </>
      ),
    },
    { id: 'rule', title: say.rule, kind: 'csv', text: ({ rule }) => rule },
    {
      id: 'raw',
      title: say.asItCame,
      kind: 'break',
      text: ({ raw, lastRaw, count }) => (count > 1 ? `${raw} … ${lastRaw}` : String(raw)),
    },
    {
      id: 'result',
      title: say.storedAs,
      kind: 'break',
      text: ({ result }) => (result === null ? say.notStored : String(result)),
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
  return (
    <section class="card" aria-labelledby="health-corrections">
      <h2 id="health-corrections" tabIndex={-1}>
        {say.correctionsTitle}
      </h2>
      <p class="muted">{say.correctionsHint}</p>
      <RichTable
        name={say.correctionsTitle}
        file="corrections"
        columns={columns}
        rows={answer.items}
        keyOf={({ id }) => id}
      />
    </section>
  );
}
