import type { State } from '../domain/state.ts';
import type { EpochMs } from '../domain/time.ts';

/** Names and values of sampled signals. */
export type Gauges = readonly (readonly [name: string, value: number])[];

/** What an MES says of the order that a machine works on. */
export interface OrderSaid {
  readonly id: string;
  /** Pieces planned, and rejects. */
  readonly quantity: number;
  readonly scrap: number;
}

/** What a simulated machine says at one instant of its own clock: always all of it, so that a lost message heals. */
export interface PlantEvent {
  readonly kind: 'report';
  /** Path. */
  readonly machine: string;
  /** Place in the plant: orders events of the same instant. */
  readonly index: number;
  readonly ts: EpochMs;
  readonly state: State;
  readonly reason: string | null;
  /** Cumulative, all pieces; `null`: it makes none. */
  readonly count: number | null;
  /** Cumulative, part of `count`. */
  readonly reject: number | null;
  /** Cumulative, good pieces that had to be reworked; `null`: nobody counts them. */
  readonly rework: number | null;
  readonly product: string | null;
  /** `null`: nobody tells it of orders. */
  readonly order: OrderSaid | null;
  readonly gauges: Gauges | null;
}

/** What a broker says for a machine whose connection is lost: its last will. */
export interface LastWill {
  readonly kind: 'last-will';
  readonly machine: string;
  readonly index: number;
  readonly ts: EpochMs;
}

export type SimulatedEvent = PlantEvent | LastWill;

/** The default topic of a machine. */
export const topicOf = (machine: string): string => `kaidong/v1/${machine}`;

/** What is said of work, by signal; what isn't known is left out. */
export function* workSignals({
  count,
  reject,
  rework,
  product,
  order,
}: PlantEvent): Generator<readonly [signal: string, value: number | string], void> {
  if (count !== null) yield ['count', count];
  if (reject !== null) yield ['reject', reject];
  if (rework !== null) yield ['rework', rework];
  if (product !== null) yield ['product', product];
  if (order === null) return;
  yield ['order', order.id];
  yield ['orderQuantity', order.quantity];
  yield ['orderScrap', order.scrap];
}

/** The event as wide JSON. The simulator's own encoder: one shared with ingest would hide the same mistake twice. */
export const payloadOf = (event: SimulatedEvent): string => driftedPayloadOf(event, undefined);

/** The same, with this gauge as text. */
export function driftedPayloadOf(event: SimulatedEvent, drifted: string | undefined): string {
  if (event.kind === 'last-will') return `{"ts":${event.ts},"state":"unknown","reason":"offline"}`;
  let text = `{"ts":${event.ts},"state":"${event.state}"`;
  if (event.reason !== null) text += `,"reason":${JSON.stringify(event.reason)}`;
  if (event.count !== null) text += `,"count":${event.count},"reject":${event.reject}`;
  if (event.rework !== null) text += `,"rework":${event.rework}`;
  if (event.product !== null) text += `,"product":${JSON.stringify(event.product)}`;
  if (event.order !== null) {
    const { id, quantity, scrap } = event.order;
    text += `,"order":${JSON.stringify(id)},"orderQuantity":${quantity},"orderScrap":${scrap}`;
  }
  for (const [name, value] of event.gauges ?? []) {
    text += name === drifted ? `,"${name}":"${value}"` : `,"${name}":${value}`;
  }
  return `${text}}`;
}
