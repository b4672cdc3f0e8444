import { imbalance, type MessageBooks, type ObservationBooks } from '../../../../../domain/books.ts';
import { integer, moment, signed } from '../../format.ts';
import type { Books } from '../../health/answers.ts';
import type { Change } from '../../health/trail.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { DataTable } from '../../parts/table.tsx';
import { useNow } from '../../use-now.ts';

type Fate = Exclude<keyof ObservationBooks, 'received'>;

/** What can become of a message or observation; together they are what was received. */
const FATES: readonly Fate[] = [
  'stored',
  'duplicate',
  'refused',
  'ignored',
  'spooled',
  'inFlight',
  'thinned',
  'replaced',
];
/** Ingest lays its books open each second. */
const OLD_MS = 15_000;

const fatesOf = (counts: MessageBooks | ObservationBooks): readonly Fate[] =>
  FATES.filter((fate) => fate in counts);
const countOf = (counts: MessageBooks | ObservationBooks, fate: Fate): number =>
  (counts as ObservationBooks)[fate];

/** Both books as the equations that they are. */
export function BooksCard({
  books,
  change,
  skewMs,
}: {
  readonly books: Books;
  readonly change: Change | null;
  readonly skewMs: number;
}) {
  const { words, locale } = useSpeech();
  const now = useNow(5000) + skewMs;
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const kinds = ['messages', 'observations'] as const;
  return (
    <section class="card" aria-labelledby="health-books">
      <h2 id="health-books" tabIndex={-1}>
        {words.books} <small class="muted">{say.equation}</small>
      </h2>
      {now - Date.parse(books.asOf) > OLD_MS ? (
        <p class="banner">{fill(say.booksOld, { when: moment(books.asOf, locale, zone) })}</p>
      ) : null}
      {kinds.map((kind) => (
        <Equation key={kind} title={words[kind]} counts={books[kind]} change={change?.[kind]} />
      ))}
      <p class="muted counted">
        {change ? fill(say.since, { seconds: Math.round(change.sinceMs / 1000) }) : say.sinceNothing}
      </p>
      <DataTable
        name="books"
        head={[say.fate, words.messages, say.change, words.observations, say.change]}
        rows={(['received', ...FATES] as const).map((fate) => [
          words[fate],
          ...kinds.flatMap((kind) =>
            fate in books[kind]
              ? [(books[kind] as ObservationBooks)[fate], change?.[kind][fate] ?? null]
              : [null, null],
          ),
        ])}
      />
    </section>
  );
}

function Equation({
  title,
  counts,
  change,
}: {
  readonly title: string;
  readonly counts: MessageBooks | ObservationBooks;
  readonly change: Readonly<Record<string, number>> | undefined;
}) {
  const { words, locale } = useSpeech();
  const fates = fatesOf(counts);
  const left = imbalance(counts);
  const moved = (fate: string): string => {
    const by = change?.[fate] ?? 0;
    return by === 0 ? '' : signed(by, locale);
  };
  return (
    <div class="equation">
      <h3>
        {title}{' '}
        <span class={left === 0 ? 'verdict passed' : 'verdict failed'}>
          {left === 0
            ? `✓ ${words.balanced}`
            : `✗ ${words.unbalanced}: ${fill(words.dataHealth.leftOver, { count: integer(left, locale) })}`}
        </span>
      </h3>
      <div class="fate-bar" aria-hidden="true">
        {fates
          .filter((fate) => countOf(counts, fate) > 0)
          .map((fate) => (
            <i key={fate} class={`fate-${fate}`} style={{ flexGrow: countOf(counts, fate) }} />
          ))}
      </div>
      <dl class="terms">
        <div class="term received">
          <dt>{words.received}</dt>
          <dd>{integer(counts.received, locale)}</dd>
          <dd class="moved">{moved('received')}</dd>
        </div>
        {fates.map((fate) => (
          <div key={fate} class={countOf(counts, fate) === 0 ? 'term nothing' : 'term'}>
            <dt>
              <i class={`swatch fate-${fate}`} aria-hidden="true" />
              {words[fate]}
            </dt>
            <dd>{integer(countOf(counts, fate), locale)}</dd>
            <dd class="moved">{moved(fate)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
