import type { MachineEvidence, WindowEvidence } from '../../domain/assess/evidence.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { GROUPS, type MeasureWindow } from '../../domain/assess/rubric.ts';
import { kpis } from '../../domain/kpi/index.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { figuresOf } from '../figures.ts';
import type { LedgerMarks } from '../ledger-marks.ts';
import type { AccountedRow } from '../rows.ts';
import type { Served } from '../served.ts';
import { type HeardDays, heardDays } from './days.ts';
import { givesReasons, reasonedStops, STOP_CLASSES } from './reasoned-stops.ts';
import { rowsOfGroups } from './rows-of-groups.ts';
import { machinesOfGroups, type Scope } from './scope.ts';

const KPI_IDS = kpis.map(({ id }) => id);

export interface CellParts {
  readonly store: Pick<Store, 'facts' | 'recordedLedger' | 'heardIn'>;
  readonly marks: LedgerMarks;
  readonly served: Served;
}

/** A stretch of the period, and its name. */
export interface NamedSpan extends Span {
  readonly window: MeasureWindow;
}

interface Gathering {
  readonly parts: CellParts;
  readonly pilot: Pilot;
  readonly scope: Scope;
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/** What telemetry says of a scope in each window; the first holds the others. */
export async function* windowsEvidence({
  windows,
  ...gathering
}: Gathering & { readonly windows: readonly NamedSpan[] }): AsyncGenerator<WindowEvidence> {
  const { parts, scope, asOf, signal } = gathering;
  const members = scope.members.filter((member) =>
    givesReasons(member, scope.signals.get(member.machine.path) ?? []),
  );
  const reasoned = await reasonedStops({ store: parts.store, members, windows, asOf, signal });
  for (const [place, span] of windows.entries()) {
    const reasonedMs = (path: MachinePath): DurationMs => reasoned.get(path)?.[place] ?? 0;
    yield windowEvidence({ ...gathering, span, reasonedMs });
  }
}

async function windowEvidence({
  parts: { store, marks, served },
  pilot,
  scope,
  span,
  reasonedMs,
  asOf,
  signal,
}: Gathering & {
  readonly span: NamedSpan;
  readonly reasonedMs: (path: MachinePath) => DurationMs;
}): Promise<WindowEvidence> {
  const { members } = scope;
  const days = await heardDays({ store, members, window: span });
  const groups = machinesOfGroups(pilot, scope, days);
  const rows = await rowsOfGroups({ store, marks, served, members, groups, window: span, asOf, signal });

  const machines = members.map(({ machine: { path, declared } }, place): MachineEvidence => {
    const row = rows.machines[place] as AccountedRow;
    const { ms, counts } = row.row;
    const { scheduled, heard } = days.get(path) as HeardDays;
    const stopMs = STOP_CLASSES.reduce((sum, name) => sum + ms[name], 0);
    return {
      path,
      declared,
      lastHeard: scope.lastHeard.get(path) ?? null,
      scheduledDays: scheduled,
      heardDays: heard,
      ms,
      counts,
      stops: { ms: stopMs, withReasonMs: reasonedMs(path) },
      signals: scope.signals.get(path) ?? [],
      figures: figuresOf(row, KPI_IDS),
    };
  });
  const ofGroups = GROUPS.map((group, place) => {
    const row = rows.groups[place] ?? null;
    return { group, machines: [...(groups[place] ?? [])], figures: row ? figuresOf(row, KPI_IDS) : [] };
  });
  return { ...span, machines, groups: ofGroups };
}
