import type { OrderStanding, Orders } from '../api.ts';
import { query } from '../api.ts';
import { integer, moment, percent } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { useKept } from '../line/use-kept.ts';
import { useZone } from '../line/use-zone.ts';
import { Named } from '../parts/named.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { type Column, RichTable } from '../parts/rich-table.tsx';
import {
  lineAddress,
  machineSpanAddress,
  type OrdersQuestion,
  ordersAddress,
  plantAddress,
} from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { useNow } from '../use-now.ts';
import { DAY_MS } from '../windows.ts';

const MINUTE_MS = 60_000;
const OFFERED_DAYS = [1, 7, 31] as const;
const USUAL_DAYS = 7;

/** The orders of a scope and a time: what is planned, how far they are, and where. */
export function OrdersView({ asked }: { readonly asked: OrdersQuestion }) {
  const { words, locale } = useSpeech();
  const { scope = '' } = asked;
  const now = Math.floor(useNow(MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
  const zone = useZone(scope);
  const days = OFFERED_DAYS.find((one) => String(one) === asked.days);
  const given = asked.from && asked.to && !days ? { from: asked.from, to: asked.to } : null;
  const span = given ?? { from: now - (days ?? USUAL_DAYS) * DAY_MS, to: now };
  const answer = useAsked<Orders>(`/orders${query({ scope: scope || null, ...span })}`);
  const orders = useKept(answer, `${scope} ${given ? JSON.stringify(given) : days}`);
  return (
    <>
      <div class="crumbs">
        <a href={plantAddress()}>{words.plant}</a>
        {scope ? (
          <>
            {' › '}
            <a href={placeAddress(scope)}>{scope.split('/').join(' / ')}</a>
          </>
        ) : null}
      </div>
      <div class="machine-head">
        <h1>{words.work.orders}</h1>
        {orders ? (
          <span class="muted">
            {moment(orders.from, locale, zone)} ~ {moment(orders.to, locale, zone)}
          </span>
        ) : null}
      </div>
      <nav class="windows" aria-label={words.work.weeks}>
        {OFFERED_DAYS.map((one) => (
          <a
            key={one}
            href={ordersAddress({ scope, days: String(one) })}
            {...(!given && one === (days ?? USUAL_DAYS) ? { 'aria-current': 'true' as const } : {})}
          >
            {one === 1 ? words.work.lastDay : fill(words.work.lastDays, { days: one })}
          </a>
        ))}
      </nav>
      {answer.error ? <Failure error={answer.error} again={answer.again} /> : null}
      {orders ? <OrdersTable orders={orders} scope={scope} zone={zone} /> : answer.error ? null : <Loading />}
    </>
  );
}

function OrdersTable({
  orders,
  scope,
  zone,
}: {
  readonly orders: Orders;
  readonly scope: string;
  readonly zone: string;
}) {
  const { words, locale } = useSpeech();
  if (orders.orders.length === 0) {
    return (
      <Notice title={words.work.noOrders}>
        <p>{words.work.noOrdersHint}</p>
      </Notice>
    );
  }
  const number = (
    id: string,
    title: string,
    of: (order: OrderStanding) => number | null,
  ): Column<OrderStanding> => ({
    id,
    title,
    text: of,
    show: (order) => {
      const value = of(order);
      return value === null ? '–' : integer(value, locale);
    },
    kind: 'number',
  });
  const productsOf = (order: OrderStanding): string =>
    order.entry?.product ?? [...new Set(order.machines.flatMap(({ products }) => products))].join(', ');
  const columns: readonly Column<OrderStanding>[] = [
    {
      id: 'order',
      title: words.work.order,
      text: ({ order }) => order,
      show: ({ order }) => <Named>{order}</Named>,
    },
    {
      id: 'product',
      title: words.work.product,
      text: (order) => productsOf(order) || null,
      show: (order) => <Named>{productsOf(order) || null}</Named>,
    },
    {
      id: 'start',
      title: words.work.start,
      text: ({ start }) => start,
      show: ({ start, startedBefore, entry }) =>
        start === null ? (
          <>
            {words.work.notBegun}
            {entry?.plannedStart ? (
              <small class="muted block">
                {fill(words.work.plannedAt, { time: moment(entry.plannedStart, locale, zone) })}
              </small>
            ) : null}
          </>
        ) : startedBefore ? (
          <span title={words.work.startedBefore}>{words.work.earlier}</span>
        ) : (
          moment(start, locale, zone)
        ),
    },
    {
      id: 'end',
      title: words.work.end,
      text: ({ end }) => end,
      show: ({ start, end, entry }) =>
        end
          ? moment(end, locale, zone)
          : start !== null
            ? words.work.goesOn
            : entry?.plannedEnd
              ? fill(words.work.plannedAt, { time: moment(entry.plannedEnd, locale, zone) })
              : '–',
    },
    number('planned', words.work.planned, ({ plannedQuantity }) => plannedQuantity),
    number('good', words.work.good, ({ counts }) => counts.good),
    {
      id: 'progress',
      title: words.work.progress,
      text: ({ progress }) => progress?.value ?? null,
      show: ({ progress }) => percent(progress?.value ?? null, locale),
      kind: 'number',
    },
    number('reject', words.reject, ({ counts }) => counts.reject),
    number('plannedScrap', words.work.plannedScrap, ({ plannedScrap }) => plannedScrap),
    {
      id: 'machines',
      title: words.work.machines,
      text: ({ machines }) => machines.map(({ machine }) => machine).join(' '),
      show: (order) => <Machines order={order} orders={orders} />,
    },
  ];
  return (
    <section class="card" aria-labelledby="orders-title">
      <h2 id="orders-title">{words.work.allOrders}</h2>
      <p class="muted">{words.work.ordersHint}</p>
      {orders.more ? <p>{fill(words.work.moreOrders, { count: orders.orders.length })}</p> : null}
      <RichTable
        name={words.work.orders}
        file={`orders-${scope.replaceAll('/', '-') || 'all'}`}
        columns={columns}
        rows={orders.orders}
        keyOf={({ order }) => order}
      />
    </section>
  );
}

/** Where it was worked on, each leading to the machine's own time of the order. */
function Machines({ order, orders }: { readonly order: OrderStanding; readonly orders: Orders }) {
  const span = {
    from: Date.parse(order.start ?? orders.from),
    to: Date.parse(order.end ?? orders.asOf),
  };
  return (
    <>
      {order.machines.map(({ machine }, index) => (
        <span key={machine}>
          {index > 0 ? ', ' : ''}
          <a href={machineSpanAddress(machine, span)} title={machine}>
            {machine.slice(machine.lastIndexOf('/') + 1)}
          </a>
        </span>
      ))}
    </>
  );
}

const LEVELS_OF_MACHINE = 5;
const LEVELS_OF_SITE = 2;

function placeAddress(scope: string): string {
  const levels = scope.split('/').length;
  if (levels === LEVELS_OF_MACHINE) return `#/machines/${scope.split('/').map(encodeURIComponent).join('/')}`;
  return levels < LEVELS_OF_SITE ? plantAddress({ scope }) : lineAddress(scope);
}
