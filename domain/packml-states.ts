import type { Override } from './meaning.ts';
import type { State } from './state.ts';

/**
 * What each PackML state means, whatever number it has. Where the standard leaves a choice: Stopped is `down` (the unit
 * was stopped, not paused), and what is suspended for a reason outside the unit is `starved` unless an interlock says
 * `blocked`.
 */
export const PACKML_STATES = {
  undefined: 'unknown',
  clearing: 'down',
  stopped: 'down',
  starting: 'setup',
  idle: 'idle',
  suspended: 'starved',
  execute: 'running',
  stopping: 'held',
  aborting: 'down',
  aborted: 'down',
  holding: 'held',
  held: 'held',
  unholding: 'held',
  suspending: 'starved',
  unsuspending: 'starved',
  resetting: 'idle',
  completing: 'running',
  complete: 'idle',
} as const satisfies Readonly<Record<string, State>>;

export type PackmlState = keyof typeof PACKML_STATES;

/** A numbering, and the names as words: `numbered[n]` is the state of number n. */
export const numberedStates = (numbered: readonly PackmlState[]): Readonly<Record<string, State>> => ({
  ...PACKML_STATES,
  completed: PACKML_STATES.complete,
  ...Object.fromEntries(numbered.map((name, number) => [String(number), PACKML_STATES[name]])),
});

/** Unit modes and interlocks beside the state (PackTags: UnitModeCurrent, EquipmentInterlock). */
export const PACKML_OVERRIDES: readonly Override[] = [
  { signal: 'mode', words: ['2', 'maintenance'], state: 'planned-stop', reason: 'maintenance' },
  { signal: 'mode', words: ['3', 'manual'], state: 'setup', reason: 'manual', over: ['running', 'setup'] },
  { signal: 'blocked', words: ['true', '1'], state: 'blocked', reason: null, over: ['starved'] },
];
