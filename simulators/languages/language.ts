import type { LastWill, PlantEvent } from '../event.ts';
import type { Outgoing } from '../outgoing.ts';

export type LanguageName = 'kaidong' | 'sparkplug' | 'line-protocol' | 'umh' | 'own-json';

interface Spoken {
  readonly id: LanguageName;
  readonly does: string;
  /** The platform's path of a machine of the plant. */
  pathOf(machine: string): string;
  /** What the platform books a machine's messages under, by the platform's path. */
  sourceOf(machine: string): string;
  /** Entries of `rules` in the configuration, without which the platform doesn't understand it. */
  readonly rules: readonly unknown[];
}

/** A language that is no more than messages. */
export interface PlainLanguage extends Spoken {
  readonly kind: 'plain';
  /** Of a machine, by the platform's path. */
  topicOf(machine: string): string;
  payloadOf(told: Outgoing<PlantEvent | LastWill>): string;
  /** What a machine publishes when it publishes what nobody can read; `draw` in [0, 1) says which. */
  garbageOf(draw: number): string | Buffer;
}

/** A language whose machines stand behind a node with a session of its own. */
export interface SessionLanguage extends Spoken {
  readonly kind: 'session';
  /** The node that a machine stands behind, by the platform's path. */
  nodeOf(machine: string): { readonly group: string; readonly node: string };
  garbageOf(draw: number): Buffer;
}

/** A way in which machines publish. Each encoder is the simulator's own: one shared with ingest would hide the same mistake twice. */
export type Language = PlainLanguage | SessionLanguage;

/** Levels of a machine's path. */
export const levelsOf = (machine: string): readonly [string, string, string, string, string] =>
  machine.split('/') as [string, string, string, string, string];
