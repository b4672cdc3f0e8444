import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { AssessmentSettings, Evidence } from '../../../domain/assess/evidence.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import type { MachinePath } from '../../../domain/path.ts';
import type { EvidenceSource } from '../gather.ts';
import type { AssessmentShelf } from '../port.ts';
import { compareEvidence } from './figures.ts';
import { compareFrame } from './frame.ts';
import { keptFor } from './kept.ts';
import { comparePlausibility } from './plausibility.ts';
import { compareRemoved } from './removed-evidence.ts';
import { compareScoring } from './scoring.ts';
import { notChecked, numberAlone, type Verified } from './verified.ts';
import { compareWindows } from './windows.ts';

export interface VerifyParts {
  readonly evidence: EvidenceSource;
  readonly shelf: Pick<AssessmentShelf, 'list' | 'get'>;
  readonly rubrics: readonly Rubric[];
  readonly settings: AssessmentSettings;
  /** The pilot as it is registered now; `undefined`: it isn't. */
  readonly pilotNow: (id: string) => Pilot | undefined;
}

/**
 * A report beside what is known here, trusting nothing that it says of itself: which machines it is about comes from
 * register and store, every figure from stored facts, findings and scores from the rubric. What telemetry doesn't tell
 * (the register as it was, limits, persons' answers) is held against the assessment that is kept of it, where there is one.
 */
export async function verifyReport(
  parts: VerifyParts,
  report: Assessment,
  signal?: AbortSignal,
): Promise<readonly Verified[]> {
  const { evidence, shelf, rubrics, settings } = parts;
  const kept = keptFor(report, shelf);
  const then = kept.same?.evidence;
  const pilot = then?.pilot ?? parts.pilotNow(report.evidence.pilot.id) ?? null;
  const reported = report.evidence;
  const declared = declaredThen(then ?? reported);
  const facts = { evidence: reported, pilot: pilot ?? reported.pilot, declared, signal };
  const again = await evidence.regather(facts);
  return [
    ...compareEvidence({ reported, again, keptSince: evidence.keptSince() }),
    ...(then ? [] : undeclaredThen(reported, await evidence.declared(facts.pilot), again)),
    ...comparePlausibility({ reported, again, kept: then ?? null, keptSince: evidence.keptSince() }),
    ...compareWindows(report, then ?? null, again.zone),
    ...compareRemoved(report, kept),
    ...compareFrame({ report, pilot, settings: then?.settings ?? settings, kept }),
    ...compareScoring(report, [...rubrics, ...(kept.same ? [kept.same.rubric] : [])]),
  ];
}

const declaredThen = ({ windows }: Evidence): readonly MachinePath[] =>
  windows.flatMap(({ machines }) => machines.flatMap(({ path, declared }) => (declared ? [path] : [])));

/** Machines that are declared now, were never heard by then, and don't stand in the report: nothing says since when. */
function undeclaredThen(
  { windows: [period] }: Evidence,
  now: readonly MachinePath[],
  { windows: [found] }: Evidence,
): Verified[] {
  const there = new Set(
    [period, found].flatMap((window) => (window?.machines ?? []).map(({ path }) => path)),
  );
  return now
    .filter((path) => !there.has(path))
    .map((path) =>
      notChecked(
        { window: 'period', group: path, kpi: 'machine' },
        numberAlone(0),
        'it is declared now and had not been heard by then; whether it was declared then is not known',
      ),
    );
}
