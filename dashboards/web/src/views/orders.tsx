import { useState } from 'preact/hooks';
import type { OrderStanding, Orders } from '../api.ts';
import { query } from '../api.ts';
import { integer, minute, moment, percent } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { byUrgency, ORDER_STATUSES, type OrderStatus, statusOf } from '../line/order-status.ts';
import { useKept } from '../line/use-kept.ts';
import { useZone } from '../line/use-zone.ts';
import { Named } from '../parts/named.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { type Column, RichTable } from '../parts/rich-table.tsx';
import { Switch } from '../parts/switch.tsx';
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
/** Of a whole plant a day alone is many. */
const usualDays = (scope: string): number => (scope === '' ? 1 : 7);

/** The orders of a scope and a time: what is planned, how far they are, and where. */
export function OrdersView({ asked }: { readonly asked: OrdersQuestion }) {
  const { words, locale } = useSpeech();
  const { scope = '' } = asked;
  const now = Math.floor(useNow(MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
  const zone = useZone(scope);
  const days = OFFERED_DAYS.find((one) => String(one) === asked.days);
  const given = asked.from && asked.to && !days ? { from: asked.from, to: asked.to } : null;
  // Until tomorrow, so that what is to come is seen too.
  const span = given ?? { from: now - (days ?? usualDays(scope)) * DAY_MS, to: now + DAY_MS };
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
            {...(!given && one === (days ?? usualDays(scope)) ? { 'aria-current': 'true' as const } : {})}
          >
            {one === 1 ? words.work.lastDay : fill(words.work.lastDays, { days: one })}
          </a>
        ))}
      </nav>
      {answer.error ? <Failure error={answer.error} again={answer.again} /> : null}
      {orders ? (
        <OrdersTable orders={orders} scope={scope} zone={zone} now={now} />
      ) : answer.error ? null : (
        <Loading />
      )}
    </>
  );
}

function OrdersTable({
  orders,
  scope,
  zone,
  now,
}: {
  readonly orders: Orders;
  readonly scope: string;
  readonly zone: string;
  readonly now: number;
}) {
  const { words, locale } = useSpeech();
  const [chosen, choose] = useState<OrderStatus | 'all'>('all');
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
      id: 'status',
      title: words.work.status,
      text: (order) => words.work.statuses[statusOf(order, now)],
      show: (order) => {
        const status = statusOf(order, now);
        return <span class={`order-status ${status}`}>{words.work.statuses[status]}</span>;
      },
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
                {fill(words.work.plannedAt, { time: minute(entry.plannedStart, locale, zone) })}
              </small>
            ) : null}
          </>
        ) : startedBefore ? (
          <span title={words.work.startedBefore}>{words.work.earlier}</span>
        ) : (
          minute(start, locale, zone)
        ),
    },
    {
      id: 'end',
      title: words.work.end,
      text: ({ end }) => end,
      show: ({ start, end }) => (end ? minute(end, locale, zone) : start === null ? '–' : words.work.goesOn),
    },
    {
      id: 'plannedEnd',
      title: words.work.plannedEnd,
      text: ({ entry }) => entry?.plannedEnd ?? null,
      show: ({ entry }) => (entry?.plannedEnd ? minute(entry.plannedEnd, locale, zone) : '–'),
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
  const counts = Map.groupBy(orders.orders, (order) => statusOf(order, now));
  const status = chosen !== 'all' && counts.has(chosen) ? chosen : 'all';
  const shown = byUrgency(status === 'all' ? orders.orders : (counts.get(status) ?? []), now);
  const ways = ORDER_STATUSES.flatMap((one) => {
    const count = counts.get(one)?.length ?? 0;
    return count === 0 ? [] : [[one, `${words.work.statuses[one]} ${integer(count, locale)}`] as const];
  });
  return (
    <section class="card" aria-labelledby="orders-title">
      <h2 id="orders-title">{words.work.allOrders}</h2>
      <p class="muted">{words.work.ordersHint}</p>
      {orders.more ? <p>{fill(words.work.moreOrders, { count: orders.orders.length })}</p> : null}
      <Switch
        label={words.work.status}
        ways={[['all', `${words.work.allStatuses} ${integer(orders.orders.length, locale)}`], ...ways]}
        chosen={status}
        choose={choose}
      />
      <RichTable
        name={words.work.orders}
        file={`orders-${scope.replaceAll('/', '-') || 'all'}`}
        columns={columns}
        rows={shown}
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
