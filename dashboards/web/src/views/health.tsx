import { useState } from 'preact/hooks';
import { ask, type BookCounts, type Books, type RefusedPage } from '../api.ts';
import { integer, moment } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { useAsked } from '../use-asked.ts';

const FATES = [
  'received',
  'stored',
  'duplicate',
  'refused',
  'ignored',
  'spooled',
  'inFlight',
  'thinned',
  'replaced',
] as const;
const REFRESH_MS = 3000;

/** `received` equals the sum of all the others. */
export const balanced = (counts: BookCounts): boolean =>
  FATES.slice(1).reduce((sum, fate) => sum + (counts[fate] ?? 0), 0) === counts.received;

/** The ingest books, and what was refused and why. */
export function HealthView() {
  const { words } = useSpeech();
  const books = useAsked<Books>('/ingest/books', REFRESH_MS);
  if (!books.answer) return books.error ? <Failure error={books.error} again={books.again} /> : <Loading />;
  const { messages, observations, sources } = books.answer;
  return (
    <>
      <h1>{words.health}</h1>
      <section class="card" aria-labelledby="books-title">
        <h2 id="books-title">{words.books}</h2>
        <p class="muted">{words.booksHint}</p>
        <BooksTable
          name={words.books}
          rows={[
            { label: words.messages, counts: messages },
            { label: words.observations, counts: observations },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="sources-title">
        <h2 id="sources-title">
          {words.source} <small class="muted">{words.messages}</small>
        </h2>
        <BooksTable
          name={words.source}
          rows={sources.map((entry) => ({ label: entry.source, counts: entry.messages }))}
        />
      </section>
      <Refused />
    </>
  );
}

function BooksTable({
  name,
  rows,
}: {
  name: string;
  rows: readonly { label: string; counts: BookCounts }[];
}) {
  const { words, locale } = useSpeech();
  const shown = FATES.filter((fate) => rows.some(({ counts }) => fate in counts));
  return (
    <Scroll name={name}>
      <table aria-label={name}>
        <thead>
          <tr>
            <th />
            {shown.map((fate) => (
              <th key={fate} scope="col" class="number">
                {words[fate]}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, counts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {shown.map((fate) => (
                <td key={fate} class="number">
                  {fate in counts ? integer(counts[fate] ?? 0, locale) : ''}
                </td>
              ))}
              <td class={balanced(counts) ? 'good' : 'warning'}>
                {balanced(counts) ? `✓ ${words.balanced}` : `✗ ${words.unbalanced}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Refused() {
  const { words, locale } = useSpeech();
  const page = useAsked<RefusedPage>('/ingest/refused?limit=50', REFRESH_MS);
  const [told, tell] = useState('');
  const replay = async (id: number): Promise<void> => {
    try {
      const result = await ask<{ replayed: number; stored: number; refused: number }>(
        '/ingest/refused/replay',
        { body: { ids: [id] } },
      );
      tell(fill(words.replayDone, result));
    } catch (error) {
      tell((error as Error).message);
    }
    page.again();
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section class="card" aria-labelledby="refused-title">
      <h2 id="refused-title">{words.refusedMessages}</h2>
      <p role="status">{told}</p>
      {page.error ? <Failure error={page.error} again={page.again} /> : null}
      {page.answer?.items.length === 0 ? <p class="muted">{words.refusedNone}</p> : null}
      {page.answer && page.answer.items.length > 0 ? (
        <Scroll name={words.refusedMessages}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.receivedAt}</th>
                <th scope="col">{words.topic}</th>
                <th scope="col">{words.code}</th>
                <th scope="col">{words.detail}</th>
                <th scope="col">{words.payload}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {page.answer.items.map((item) => (
                <tr key={item.id}>
                  <td>{moment(item.receivedAt, locale, zone)}</td>
                  <td class="break">{item.topic}</td>
                  <td>
                    <code>{item.code}</code>
                  </td>
                  <td class="break">{item.detail}</td>
                  <td class="break">
                    <code>{textOf(item.payloadBase64)}</code>
                  </td>
                  <td>
                    <button type="button" onClick={() => void replay(item.id)}>
                      {words.replay}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
    </section>
  );
}

/** The beginning of a payload as text; what is no UTF-8 shows as replacement characters. */
function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes.subarray(0, 200));
  return bytes.length > 200 ? `${text}…` : text;
}
