import type { LedgerRow, ReasonPart, Reasons, StateName, TimeClass } from '../api.ts';

/** Planned time in which a machine could have run. Unknown time is told beside it: it is no loss, and no gain. */
export const LOSS_CLASSES: readonly TimeClass[] = ['breakdown', 'delay', 'changeover', 'minorStop', 'idle'];

/** What one machine lost to one class of time, and where reasons are known, to one of them. */
export interface Loss {
  readonly machine: string;
  readonly name: TimeClass;
  /** `null`: the class as a whole. */
  readonly state: StateName | null;
  readonly reason: string | null;
  readonly ms: number;
  /** In the time before; `null`: that isn't known. */
  readonly beforeMs: number | null;
}

/** Names a loss among all. */
export const lossName = ({ machine, name, state, reason }: Omit<Loss, 'ms' | 'beforeMs'>): string =>
  JSON.stringify([machine, name, state, reason]);

type Known = Omit<Loss, 'beforeMs'>;

/** Every loss of every machine by its class, the largest first. */
export const lossesOf = (
  rows: readonly LedgerRow[],
  before: readonly LedgerRow[] | undefined,
): readonly Loss[] => compared(byClass(rows), before && byClass(before), knownMachines(before));

/** Every loss of every machine by class, state and reason, the largest first. `ledgerBefore` says what is known of the time before. */
export const lossesByReason = (
  rows: Reasons['rows'],
  before: Reasons['rows'] | undefined,
  ledgerBefore: readonly LedgerRow[] | undefined,
): readonly Loss[] => compared(byReason(rows), before && byReason(before), knownMachines(ledgerBefore));

const byClass = (rows: readonly LedgerRow[]): readonly Known[] =>
  rows.flatMap(({ key, ms }) =>
    LOSS_CLASSES.map((name) => ({
      ...{ machine: key.machine ?? '', name, state: null, reason: null },
      ms: ms[name],
    })),
  );

const byReason = (rows: Reasons['rows']): readonly Known[] =>
  rows.flatMap(({ key, reasons }) =>
    reasons
      .filter((part) => LOSS_CLASSES.includes(part.class))
      .map(({ class: name, state, reason, ms }: ReasonPart) => ({
        ...{ machine: key.machine ?? '', name, state, reason, ms },
      })),
  );

/** Of a machine whose planned time is all unknown nobody can say that it lost nothing. */
const knownMachines = (rows: readonly LedgerRow[] | undefined): ReadonlySet<string> =>
  new Set(rows?.filter(({ ms }) => ms.unknown === 0 || heardMs(ms) > 0).map(({ key }) => key.machine ?? ''));

const heardMs = (ms: LedgerRow['ms']): number =>
  LOSS_CLASSES.reduce((sum, name) => sum + ms[name], ms.running);

/** A loss that is only in one of the two was nothing in the other, unless that says nothing of its machine. */
function compared(
  now: readonly Known[],
  before: readonly Known[] | undefined,
  machinesBefore: ReadonlySet<string>,
): readonly Loss[] {
  const earlier = new Map(before?.map((loss) => [lossName(loss), loss]));
  const found = now.map((loss) => ({
    ...loss,
    beforeMs: machinesBefore.has(loss.machine) ? (earlier.get(lossName(loss))?.ms ?? 0) : null,
  }));
  const present = new Set(now.map(lossName));
  const gone = (before ?? [])
    .filter((loss) => !present.has(lossName(loss)))
    .map((loss) => ({ ...loss, ms: 0, beforeMs: loss.ms }));
  return [...found, ...gone]
    .filter(({ ms, beforeMs }) => ms > 0 || (beforeMs ?? 0) > 0)
    .sort((a, b) => b.ms - a.ms || (a.machine < b.machine ? -1 : 1));
}

/** How much more, in ms, as a reader would count it: a change of less than a second is none. */
export function changeOf({ ms, beforeMs }: Pick<Loss, 'ms' | 'beforeMs'>): number | null {
  if (beforeMs === null) return null;
  return Math.abs(ms - beforeMs) < 1000 ? 0 : ms - beforeMs;
}
