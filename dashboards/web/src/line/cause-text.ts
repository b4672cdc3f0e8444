import type { LineCause } from '../api.ts';
import type { Speech } from '../i18n/index.ts';
import type { ReasonNaming } from '../plant/use-reason-name.ts';

/** How a line stop came about, in a few words: the kind, or why the cause is unknown. */
export function kindText({ kind, because }: Pick<LineCause, 'kind' | 'because'>, { words }: Speech): string {
  const told = words.lineStops.kinds[kind];
  return because === null ? told : `${told}: ${words.lineStops.becauses[because]}`;
}

/** What the machine that stopped a line was in, with the reason where one was given. */
export function stateText(
  { machine, state, reason }: Pick<LineCause, 'machine' | 'state' | 'reason'>,
  { words }: Speech,
  reasonName: ReasonNaming,
): string | null {
  if (state === null) return null;
  const name = words.states[state];
  return reason === null ? name : `${name} · ${reasonName(machine ?? '', reason)}`;
}

/** A machine by its last level; `null`: nobody knows which. */
export const machineText = (machine: string | null, { words }: Speech): string =>
  machine === null ? words.lineStops.unknownMachine : machine.slice(machine.lastIndexOf('/') + 1);
