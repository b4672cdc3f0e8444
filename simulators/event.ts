import type { State } from '../domain/state.ts';
import type { EpochMs } from '../domain/time.ts';

/** Names and values of sampled signals. */
export type Gauges = readonly (readonly [name: string, value: number])[];

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
  readonly product: string | null;
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

/** The event as wide JSON. The simulator's own encoder: one shared with ingest would hide the same mistake twice. */
export const payloadOf = (event: SimulatedEvent): string => driftedPayloadOf(event, undefined);

/** The same, with this gauge as text. */
export function driftedPayloadOf(event: SimulatedEvent, drifted: string | undefined): string {
  if (event.kind === 'last-will') return `{"ts":${event.ts},"state":"unknown","reason":"offline"}`;
  let text = `{"ts":${event.ts},"state":"${event.state}"`;
  if (event.reason !== null) text += `,"reason":${JSON.stringify(event.reason)}`;
  if (event.count !== null) text += `,"count":${event.count},"reject":${event.reject}`;
  if (event.product !== null) text += `,"product":${JSON.stringify(event.product)}`;
  for (const [name, value] of event.gauges ?? []) {
    text += name === drifted ? `,"${name}":"${value}"` : `,"${name}":${value}`;
  }
  return `${text}}`;
}
