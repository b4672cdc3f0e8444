import { type Ledger, type LedgerRow, query } from '../api.ts';
import { duration, percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { machineSpanAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { CLASS_ORDER } from './ledger-chart.tsx';
import { Failure, Loading } from './notice.tsx';
import { RichTable } from './rich-table.tsx';

/** The production days of a long stretch, each leading to its own timeline. */
export function Days({ path, span }: { path: string; span: { readonly from: string; readonly to: string } }) {
  const { words, locale } = useSpeech();
  const days = useAsked<Ledger>(`/ledger${query({ scope: path, ...span, by: 'day' })}`);
  if (!days.answer) return days.error ? <Failure error={days.error} again={days.again} /> : <Loading />;
  const total = (row: LedgerRow): number => CLASS_ORDER.reduce((sum, name) => sum + row.ms[name], 0);
  const time = (id: 'running' | 'breakdown' | 'unknown') => ({
    id,
    title: words.classes[id],
    text: (row: LedgerRow) => row.ms[id],
    show: (row: LedgerRow) => duration(row.ms[id], locale),
    kind: 'number' as const,
  });
  return (
    <section class="card" aria-labelledby="days-title">
      <h2 id="days-title">{words.days}</h2>
      <RichTable
        name={words.days}
        file={`days-${path.replaceAll('/', '-')}`}
        rows={days.answer.rows}
        keyOf={({ from }) => from}
        columns={[
          {
            id: 'day',
            title: words.day,
            text: ({ key }) => key.day ?? null,
            show: ({ key, from, to }) => (
              <a href={machineSpanAddress(path, { from: Date.parse(from), to: Date.parse(to) })}>{key.day}</a>
            ),
          },
          {
            id: 'ledger',
            title: words.ledger,
            text: (row) => total(row),
            show: (row) => (
              <span
                class="ledger-bar thin"
                role="img"
                aria-label={`${words.classes.running} ${percent(row.ms.running / total(row), locale)}`}
              >
                {CLASS_ORDER.filter((name) => row.ms[name] > 0).map((name) => (
                  <i
                    key={name}
                    class={`class-${name}`}
                    style={{ flexGrow: row.ms[name] }}
                    title={words.classes[name]}
                  />
                ))}
              </span>
            ),
            kind: 'bar',
          },
          time('running'),
          time('breakdown'),
          time('unknown'),
          { id: 'revision', title: words.revision, text: ({ revision }) => revision, kind: 'number' },
        ]}
      />
    </section>
  );
}
