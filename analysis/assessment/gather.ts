import type {
  AssessmentSettings,
  Evidence,
  MachineEvidence,
  WindowEvidence,
} from '../../domain/assess/evidence.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import type { MeasureWindow } from '../../domain/assess/rubric.ts';
import type { Site } from '../../domain/plant.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { LedgerMarks } from '../ledger-marks.ts';
import { createServed } from '../served.ts';
import { checkPeriod } from './period.ts';
import { AssessmentRefused } from './port.ts';
import { type ScopeParts, scopeOf, signalsOf } from './scope.ts';
import { type CellParts, windowEvidence } from './window-evidence.ts';
import { spanOfWindow } from './windows.ts';

export interface GatherRequest extends Span {
  readonly pilot: Pilot;
  /** The first is the whole period. */
  readonly windows: readonly MeasureWindow[];
  readonly settings: AssessmentSettings;
  readonly signal?: AbortSignal | undefined;
}

/** The first of an assessment's four steps: what telemetry says of a pilot, with the proof of each figure. */
export interface EvidenceSource {
  /** Refused `period-invalid`, `scope-without-machines`, `period-without-data`. */
  gather(request: GatherRequest): Promise<Evidence>;
  /** The same machines in the same windows as known at the same instant, from stored facts, never from recorded cells. */
  regather(evidence: Evidence, signal?: AbortSignal): Promise<Evidence>;
  /** Observations older than this are removed: what needs them can't be found again. */
  keptSince(): EpochMs;
  /** IANA zone that a pilot's days are meant in: that of its first site. */
  zoneOf(pilot: Pilot): string;
}

export interface EvidenceParts extends ScopeParts, CellParts {
  readonly store: ScopeParts['store'] & CellParts['store'];
  readonly now: () => EpochMs;
  /** Observations older than this are removed. */
  readonly keptSince: () => EpochMs;
  /** The declared sites. */
  readonly sites: readonly Site[];
}

const DEFAULT_ZONE = 'UTC';

export function createEvidenceSource(parts: EvidenceParts): EvidenceSource {
  const zoneOf = ({ sites: [first] }: Pilot): string =>
    parts.sites.find(({ path }) => path === first)?.zone ?? DEFAULT_ZONE;
  return {
    keptSince: parts.keptSince,
    zoneOf,
    async gather({ pilot, windows, settings, signal, from, to }) {
      const asOf = parts.now();
      const period = { from, to };
      checkPeriod(period, asOf, parts.keptSince());
      const scope = await scopeOf(parts, pilot);
      const zone = zoneOf(pilot);
      const gathered: WindowEvidence[] = [];
      for (const window of windows) {
        const span = { ...spanOfWindow(window, period, zone), window };
        gathered.push(await windowEvidence({ parts, pilot, scope, span, asOf, signal }));
        refuseSilence(pilot, gathered[0] as WindowEvidence);
      }
      return { pilot, period, zone, asOf, settings, windows: gathered };
    },

    async regather(evidence, signal) {
      const { pilot, asOf } = evidence;
      const unrecorded = { ...parts, marks: withoutRecords(parts.marks), served: createServed() };
      const [period] = evidence.windows;
      const machines = period?.machines ?? [];
      const paths = machines.map(({ path }) => path);
      const scope = {
        members: paths.map(parts.members.at),
        registered: new Set(period?.groups.find(({ group }) => group === 'registered')?.machines),
        lastHeard: new Map(machines.map(({ path, lastHeard }) => [path, lastHeard])),
        signals: await stillKnown(parts.store, machines),
      };
      const windows: WindowEvidence[] = [];
      for (const { window, from, to } of evidence.windows) {
        const span = { window, from, to };
        windows.push(await windowEvidence({ parts: unrecorded, pilot, scope, span, asOf, signal }));
      }
      return { ...evidence, windows };
    },
  };
}

/** Bookkeeping by which nothing is recorded: every cell is made of facts. */
const withoutRecords = (marks: LedgerMarks): LedgerMarks => ({
  ...marks,
  recordedUntil: () => null,
  standings: () => new Map(),
});

/** Of the signals that machines had sent by then, those that the store has; what came later is no part of it. */
async function stillKnown(store: ScopeParts['store'], machines: readonly MachineEvidence[]) {
  const now = await signalsOf(
    store,
    machines.map(({ path }) => path),
  );
  return new Map(
    machines.map(({ path, signals }) => [path, signals.filter((name) => now.get(path)?.includes(name))]),
  );
}

function refuseSilence(pilot: Pilot, { groups, from, to }: WindowEvidence): void {
  const heard = groups.find(({ group }) => group === 'heard')?.machines ?? [];
  if (heard.length > 0) return;
  const span = `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
  throw new AssessmentRefused(
    'period-without-data',
    'from',
    `no machine of pilot "${pilot.id}" was heard from ${span}; choose a period in which it reported, or find out why it didn't`,
  );
}
