import { isState, type State } from '../../../../domain/state.ts';

/** A stop that the timeline points out: a state, and the reason given for it. */
export interface Stop {
  readonly state: State;
  readonly reason: string | null;
}

/** As it stands in the address: `down`, or `down:tool`. */
export const stopName = ({ state, reason }: Stop): string => (reason === null ? state : `${state}:${reason}`);

export function stopAsked(text: string | null): Stop | null {
  const [, state = '', reason] = /^([^:]*)(?::(.*))?$/s.exec(text ?? '') ?? [];
  return isState(state) ? { state, reason: reason ?? null } : null;
}
