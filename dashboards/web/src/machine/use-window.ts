import { useMemo } from 'preact/hooks';
import { type ApiError, type Ledger, type MachineDetail, query } from '../api.ts';
import { daysOf } from '../assess/site-days.ts';
import { useAsked } from '../use-asked.ts';
import { NAMED, type Named, spanAsked, type Window } from '../windows.ts';
import { firstWindow, spanToAsk, windowFor } from './windows.ts';

export interface WindowChoice {
  /** `undefined`: not known yet; `null`: there is none of that name. */
  readonly chosen: Window | null | undefined;
  /** The names that are always offered; those of shifts where there are shifts. */
  readonly offered: readonly Named[];
  readonly error: ApiError | undefined;
  again(): void;
}

/** Which window an address asks for, and which others there are. */
export function useWindow(
  path: string,
  machine: MachineDetail | undefined,
  asked: string | null,
  now: number,
): WindowChoice {
  const site = machine && daysOf(machine.config);
  const lastHeard = machine?.lastHeard ? Date.parse(machine.lastHeard) : null;
  const span = site && { scope: path, ...spanToAsk(asked, { now, lastHeard, days: site }) };
  const days = useAsked<Ledger>(span ? `/ledger${query({ ...span, by: 'day' })}` : null, 60_000);
  const shifts = useAsked<Ledger>(span ? `/ledger${query({ ...span, by: 'day,shift' })}` : null, 60_000);
  const minute = Math.floor(now / 60_000);
  return useMemo(() => {
    const error = days.error ?? shifts.error;
    const again = (): void => {
      days.again();
      shifts.again();
    };
    const noShift = shifts.answer?.rows.every(({ key }) => !key.shift) ?? false;
    const offered = NAMED.filter((id) => !noShift || (id !== 'shift' && id !== 'last-shift'));
    if (!days.answer || !shifts.answer || !site) {
      return { chosen: spanAsked(asked) ?? undefined, offered, error, again };
    }
    const known = { days: days.answer, shifts: shifts.answer, now, site };
    const chosen = asked === null ? firstWindow(known, lastHeard) : windowFor(asked, known);
    return { chosen, offered, error, again };
  }, [days.answer, shifts.answer, days.error, shifts.error, asked, minute]);
}
