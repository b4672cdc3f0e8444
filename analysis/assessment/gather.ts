import type { AssessmentSettings, Evidence, WindowEvidence } from '../../domain/assess/evidence.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import type { MeasureWindow } from '../../domain/assess/rubric.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Site } from '../../domain/plant.ts';
import { alwaysScheduled } from '../../domain/site-calendar.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { unnoted } from '../numbering.ts';
import type { LookParts } from '../plausibility.ts';
import { withoutRecords } from '../proof.ts';
import { checkPeriod } from './period.ts';
import { plausibilityEvidence } from './plausibility-evidence.ts';
import { AssessmentRefused } from './port.ts';
import { declaredIn, type ScopeParts, scopeOf, scopeThen } from './scope.ts';
import { type CellParts, windowEvidence } from './window-evidence.ts';
import { spanOfWindow } from './windows.ts';

export interface GatherRequest extends Span {
  readonly pilot: Pilot;
  /** The first is the whole period. */
  readonly windows: readonly MeasureWindow[];
  readonly settings: AssessmentSettings;
  readonly signal?: AbortSignal | undefined;
}

export interface RegatherRequest {
  readonly evidence: Evidence;
  /** The pilot whose sites and equipment say which machines it is about, whatever the evidence says. */
  readonly pilot: Pilot;
  /** Machines that were declared then: they belong to its sites even if they were never heard. */
  readonly declared: readonly MachinePath[];
  readonly signal?: AbortSignal | undefined;
}

/** The first of an assessment's four steps: what telemetry says of a pilot, with the proof of each figure. */
export interface EvidenceSource {
  /** Refused `period-invalid`, `scope-without-machines`, `period-without-data`. */
  gather(request: GatherRequest): Promise<Evidence>;
  /** The same windows as known at the same instant, from stored facts, never from recorded cells. */
  regather(request: RegatherRequest): Promise<Evidence>;
  /** Machines of a pilot's sites that are declared now. */
  declared(pilot: Pilot): Promise<readonly MachinePath[]>;
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
  /** What machines are looked over with: from recorded cells where they hold, and from facts alone. */
  readonly look: { readonly recorded: LookParts; readonly facts: LookParts };
}

/** The site of a pilot that names none, or one that isn't declared. */
const NOWHERE: Site = alwaysScheduled('', undefined);

export function createEvidenceSource(parts: EvidenceParts): EvidenceSource {
  const siteOf = ({ sites: [first] }: Pilot): Site =>
    parts.sites.find(({ path }) => path === first) ?? NOWHERE;
  const zoneOf = (pilot: Pilot): string => siteOf(pilot).zone;
  return {
    keptSince: parts.keptSince,
    zoneOf,
    declared: (pilot) => declaredIn(parts.members, pilot),
    async gather({ pilot, windows, settings, signal, from, to }) {
      const asOf = parts.now();
      const period = { from, to };
      checkPeriod(period, { now: asOf, keptSince: parts.keptSince(), site: siteOf(pilot) });
      const scope = await scopeOf(parts, pilot, asOf);
      const zone = zoneOf(pilot);
      const gathered: WindowEvidence[] = [];
      for (const window of windows) {
        const span = { ...spanOfWindow(window, period, zone), window };
        gathered.push(await windowEvidence({ parts, pilot, scope, span, asOf, signal }));
        refuseSilence(pilot, gathered[0] as WindowEvidence);
      }
      const { members } = scope;
      const plausibility = await plausibilityEvidence(parts.look.recorded, { members, period, asOf, signal });
      return { pilot, period, zone, asOf, settings, windows: gathered, plausibility };
    },

    async regather({ evidence, pilot, declared, signal }) {
      const { asOf } = evidence;
      const unrecorded = { ...parts, marks: withoutRecords(parts.marks), numbering: unnoted(parts.marks) };
      const stated = evidence.windows.flatMap(({ machines }) => machines.map(({ path }) => path));
      const scope = await scopeThen(parts, { pilot, asOf, declared, stated });
      const windows: WindowEvidence[] = [];
      for (const { window, from, to } of evidence.windows) {
        const span = { window, from, to };
        windows.push(await windowEvidence({ parts: unrecorded, pilot, scope, span, asOf, signal }));
      }
      const again = { ...evidence, pilot, zone: zoneOf(pilot), windows };
      if (!evidence.plausibility) return again;
      const { members } = scope;
      const { period } = evidence;
      const compares = evidence.plausibility.compared !== undefined;
      const judges = evidence.plausibility.judged !== undefined;
      const hasRhythms = evidence.plausibility.rhythms !== undefined;
      const looked = { members, period, asOf, signal, compares, judges, hasRhythms };
      return { ...again, plausibility: await plausibilityEvidence(parts.look.facts, looked) };
    },
  };
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
