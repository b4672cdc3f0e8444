import type { LastWill, PlantEvent } from '../event.ts';
import type { Outgoing } from '../outgoing.ts';

export type LanguageName = 'kaidong';

/** A way in which machines publish. Each encoder is the simulator's own: one shared with ingest would hide the same mistake twice. */
export interface Language {
  readonly id: LanguageName;
  readonly does: string;
  /** The platform's path of a machine of the plant. */
  pathOf(machine: string): string;
  /** Of a machine, by the platform's path. */
  topicOf(machine: string): string;
  payloadOf(told: Outgoing<PlantEvent | LastWill>): string;
  /** What a machine publishes when it publishes what nobody can read; `draw` in [0, 1) says which. */
  garbageOf(draw: number): string | Buffer;
}
