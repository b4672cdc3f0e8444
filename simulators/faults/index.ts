import { announcements } from './announcements.ts';
import { deaths } from './deaths.ts';
import { delay } from './delay.ts';
import { drift } from './drift.ts';
import { dropouts } from './dropouts.ts';
import { duplicates } from './duplicates.ts';
import type { FaultKind } from './fault.ts';
import { flood } from './flood.ts';
import { garbage } from './garbage.ts';
import { loss } from './loss.ts';
import { reorder } from './reorder.ts';
import { resets } from './resets.ts';
import { rollovers } from './rollovers.ts';
import { skew } from './skew.ts';
import { types } from './types.ts';

/** What befalls the machine itself: the truth of what happened has it. */
export const MACHINE_FAULTS: readonly FaultKind[] = [flood, skew, drift, resets, rollovers];

/** What befalls its connection: the truth of what was published has it. */
export const CONNECTION_FAULTS: readonly FaultKind[] = [loss, dropouts, deaths];

/** What befalls messages on their way: no truth has it. */
export const MESSAGE_FAULTS: readonly FaultKind[] = [
  announcements,
  types,
  duplicates,
  reorder,
  delay,
  garbage,
];

/** Every fault, in the order in which they befall what is said. */
export const FAULTS: readonly FaultKind[] = [...MACHINE_FAULTS, ...CONNECTION_FAULTS, ...MESSAGE_FAULTS];
