import type { MachineEvidence, WindowEvidence } from '../../domain/assess/evidence.ts';
import { PINNED_KPIS } from '../../domain/assess/pinned-kpis.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { GROUPS, type MeasureWindow } from '../../domain/assess/rubric.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { createBreather } from '../breathe.ts';
import type { DayTallies } from '../day-tallies.ts';
import { figuresOf } from '../figures.ts';
import type { LedgerMarks } from '../ledger-marks.ts';
import type { Numbering } from '../numbering.ts';
import type { RawHorizons } from '../raw-horizon.ts';
import { STOP_CLASSES } from '../reasoned-stops.ts';
import type { RememberedCells } from '../remembered.ts';
import type { AccountedRow } from '../rows.ts';
import { type CountedDays, countedDays } from './days.ts';
import { rowsOfGroups } from './rows-of-groups.ts';
import { machinesOfGroups, type Scope } from './scope.ts';

const KPI_IDS = PINNED_KPIS.map(({ id }) => id);

export interface CellParts {
  readonly store: Pick<Store, 'facts' | 'recordedLedger' | 'heardIn'>;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly remembered: RememberedCells;
  readonly numbering: Numbering;
  readonly tallies: DayTallies;
}

/** A stretch of the period, and its name. */
export interface NamedSpan extends Span {
  readonly window: MeasureWindow;
}

/** What telemetry says of a scope in one stretch of the period. */
export async function windowEvidence({
  parts: { store, marks, horizons, remembered, numbering, tallies },
  pilot,
  scope,
  span,
  asOf,
  signal,
}: {
  readonly parts: CellParts;
  readonly pilot: Pilot;
  readonly scope: Scope;
  readonly span: NamedSpan;
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}): Promise<WindowEvidence> {
  const { members } = scope;
  const signalsOf = (path: MachinePath): readonly string[] => scope.signals.get(path) ?? [];
  const counting = { store, marks, tallies, signalsOf, asOf, signal };
  const days = await countedDays({ ...counting, members, window: span });
  const groups = machinesOfGroups(pilot, scope, days);
  const rows = await rowsOfGroups({
    ...{ store, marks, horizons, remembered, numbering, members, groups, asOf, signal },
    window: span,
  });

  const breathe = createBreather();
  const machines: MachineEvidence[] = [];
  for (const [
    place,
    {
      machine: { path, declared },
    },
  ] of members.entries()) {
    const row = rows.machines[place] as AccountedRow;
    const { ms, counts } = row.row;
    const { scheduled, heard, reasonedStopMs } = days.get(path) as CountedDays;
    const stopMs = STOP_CLASSES.reduce((sum, name) => sum + ms[name], 0);
    machines.push({
      path,
      declared,
      lastHeard: scope.lastHeard.get(path) ?? null,
      scheduledDays: scheduled,
      heardDays: heard,
      ms,
      counts,
      stops: { ms: stopMs, withReasonMs: reasonedStopMs },
      signals: signalsOf(path),
      figures: figuresOf(row, KPI_IDS),
    });
    await breathe();
  }
  const ofGroups = GROUPS.map((group, place) => {
    const row = rows.groups[place] ?? null;
    return { group, machines: [...(groups[place] ?? [])], figures: row ? figuresOf(row, KPI_IDS) : [] };
  });
  return { ...span, machines, groups: ofGroups };
}
