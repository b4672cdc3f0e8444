import { useState } from 'preact/hooks';
import { CLASS_ORDER } from '../../../../domain/ledger-row.ts';
import { type Figure, type Kpis, type Ledger, type LedgerRow, query } from '../api.ts';
import { duration, integer, percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { useKept } from '../line/use-kept.ts';
import { ordersAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { Named } from './named.tsx';
import { Failure, Loading } from './notice.tsx';
import { type Column, RichTable } from './rich-table.tsx';
import { Switch } from './switch.tsx';
import { ThinBar } from './thin-bar.tsx';

interface Line {
  readonly row: LedgerRow;
  readonly figures: readonly Figure[];
}

/** What a machine, a line or a site worked on: its time, figures and pieces by product, or by order. */
export function WorkCard({
  scope,
  from,
  to,
  thing,
}: {
  readonly scope: string;
  readonly from: string | number;
  readonly to: string | number;
  /** Stays the same while the span moves on with the clock. */
  readonly thing: string;
}) {
  const { words, locale } = useSpeech();
  const [by, setBy] = useState<'product' | 'order'>('product');
  const asked = query({ scope, from, to, by });
  const ledger = useAsked<Ledger>(`/ledger${asked}`);
  const kpis = useAsked<Kpis>(`/kpis${asked}&kpi=utilisation,oee`);
  const known = { ledger: useKept(ledger, `${thing} ${by}`), kpis: useKept(kpis, `${thing} ${by}`) };
  const error = ledger.error ?? kpis.error;
  const named = ({ row }: Line): string =>
    row.key[by] ?? (by === 'product' ? words.work.noProduct : words.work.noOrder);
  const lines = known.ledger?.rows
    .filter(({ key, ms }) => key[by] !== null || CLASS_ORDER.some((name) => ms[name] > 0))
    .map((row): Line => {
      const same = known.kpis?.rows.find(({ key }) => key[by] === row.key[by]);
      return { row, figures: same?.figures ?? [] };
    });
  // Where nobody tells of products and orders, one row of everything says nothing.
  const told = lines?.some(({ row }) => row.key[by] !== null) ?? false;
  const figure = (kpi: 'utilisation' | 'oee'): Column<Line> => {
    const found = ({ figures }: Line) => figures.find((one) => one.kpi === kpi);
    const of = (line: Line): number | null =>
      found(line)?.notAssessable ? null : (found(line)?.value ?? null);
    return {
      id: kpi,
      title: words[kpi],
      text: of,
      show: (line) =>
        known.kpis === undefined ? (
          <span aria-busy="true">…</span>
        ) : found(line)?.notAssessable ? (
          words.wall.notAssessableShort
        ) : (
          percent(of(line), locale)
        ),
      kind: 'number',
    };
  };
  const pieces = (id: 'produced' | 'reject'): Column<Line> => {
    const of = ({ row }: Line): number | null => (row.flags.includes('no-count') ? null : row.counts[id]);
    return {
      id,
      title: words[id],
      text: of,
      show: (line) => {
        const count = of(line);
        return count === null ? '–' : integer(count, locale);
      },
      kind: 'number',
    };
  };
  return (
    <section class="card" aria-labelledby="work-title">
      <div class="card-head">
        <h2 id="work-title">{words.work.title}</h2>
        <Switch
          label={words.work.groupBy}
          ways={[
            ['product', words.work.perProduct],
            ['order', words.work.perOrder],
          ]}
          chosen={by}
          choose={setBy}
        />
        <a href={ordersAddress({ scope, from: String(from), to: String(to) })}>{words.work.allOrders}</a>
      </div>
      {error ? <Failure error={error} again={ledger.again} /> : null}
      {lines && !told ? <p class="muted">{words.work.noOrdersHint}</p> : null}
      {lines && told ? (
        <RichTable
          name={words.work.title}
          file={`${by}s-${scope.replaceAll('/', '-')}`}
          rows={lines}
          keyOf={({ row }) => JSON.stringify(row.key[by])}
          columns={[
            {
              id: 'name',
              title: by === 'product' ? words.work.product : words.work.order,
              text: named,
              show: (line) => (line.row.key[by] ? <Named>{line.row.key[by]}</Named> : named(line)),
            },
            {
              id: 'ledger',
              title: words.ledger,
              text: ({ row }) => row.ms.running,
              show: ({ row }) => <ThinBar row={row} />,
              kind: 'bar',
            },
            figure('utilisation'),
            figure('oee'),
            {
              id: 'running',
              title: words.classes.running,
              text: ({ row }) => row.ms.running,
              show: ({ row }) => duration(row.ms.running, locale),
              kind: 'number',
            },
            {
              id: 'changeover',
              title: words.classes.changeover,
              text: ({ row }) => row.ms.changeover,
              show: ({ row }) => duration(row.ms.changeover, locale),
              kind: 'number',
            },
            pieces('produced'),
            pieces('reject'),
          ]}
        />
      ) : lines || error ? null : (
        <Loading />
      )}
    </section>
  );
}
