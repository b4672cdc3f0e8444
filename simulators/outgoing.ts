import type { EpochMs } from '../domain/time.ts';
import type { LastWill, PlantEvent } from './event.ts';

interface OfMachine {
  /** Path. */
  readonly machine: string;
  /** Place in the plant. */
  readonly index: number;
  readonly ts: EpochMs;
}

/** Something that no decoder can take, published on a machine's topic. */
export interface Garbage extends OfMachine {
  readonly kind: 'garbage';
  /** In [0, 1): which garbage it is. */
  readonly draw: number;
}

/** What connects the machine says again who it is, without being asked; where a language knows no births, nothing. */
export interface Announcement extends OfMachine {
  readonly kind: 'announcement';
}

/** What connects the machine loses its connection without a word; where a language keeps no session for it, nothing. */
export interface Severance extends OfMachine {
  readonly kind: 'severance';
}

/** Everything that can be brought to a broker for a machine. */
export type Said = PlantEvent | LastWill | Garbage | Announcement | Severance;

/** What is said, and when. */
export interface Outgoing<T extends Said = Said> {
  readonly event: T;
  /** Simulated instant at which it is published: the machine's own clock (`event.ts`) may say another one. */
  readonly due: EpochMs;
  /** It is published a second time, word for word. */
  readonly copy?: true;
  /** This gauge comes as text instead of a number. */
  readonly drifted?: string;
}
