import { assess } from '../../domain/assess/assess.ts';
import type { Assessment } from '../../domain/assess/assessment.ts';
import type {
  Evidence,
  MachineEvidence,
  PinnedFigure,
  WindowEvidence,
} from '../../domain/assess/evidence.ts';
import { assessmentJson, rubricJson } from '../../domain/assess/json.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import type { EpochMs } from '../../domain/time.ts';
import { digestOf } from '../digest.ts';
import type { AssessmentDesk } from './port.ts';

export type Verified = Awaited<ReturnType<AssessmentDesk['verify']>>[number];

/** A figure as it stands in evidence, and where. */
interface Stated {
  readonly window: string;
  readonly group: string;
  readonly kpi: string;
  readonly value: number | null;
  readonly digest: string;
}

/**
 * Every measured figure of a report beside the one that the stored facts give now. Where they differ and the observations
 * of that time are removed, the figure can't be found again: `recomputed` is `null`.
 */
export function compareEvidence({
  report,
  again,
  keptSince,
}: {
  readonly report: Assessment;
  readonly again: Evidence;
  readonly keptSince: EpochMs;
}): readonly Verified[] {
  return report.evidence.windows.flatMap((window, place) => {
    const purged = window.from < keptSince;
    const recomputed = new Map(
      [...statedIn(again.windows[place] as WindowEvidence)].map((stated) => [nameOf(stated), stated]),
    );
    return [...statedIn(window)].map((reported): Verified => {
      const { value, digest, ...where } = reported;
      const found = recomputed.get(nameOf(reported));
      const same = found !== undefined && Object.is(found.value, value) && found.digest === digest;
      const lost = found === undefined || (!same && purged);
      return {
        ...where,
        reported: { value, digest },
        recomputed: lost ? null : { value: found.value, digest: found.digest },
        same,
      };
    });
  });
}

const nameOf = ({ group, kpi }: Stated): string => `${group} ${kpi}`;

/** The figures of groups, then of machines with what was counted of each; counts have no digest. */
function* statedIn({ window, groups, machines }: WindowEvidence): Generator<Stated> {
  const name = window === 'period' ? 'period' : `last ${window.lastDays} days`;
  for (const { group, figures } of groups) {
    for (const figure of figures) yield { window: name, group, ...stated(figure) };
  }
  for (const machine of machines) {
    for (const figure of machine.figures) yield { window: name, group: machine.path, ...stated(figure) };
    for (const [kpi, value] of counted(machine)) {
      yield { window: name, group: machine.path, kpi, value, digest: '' };
    }
  }
}

const stated = ({ kpi, value, digest }: PinnedFigure) => ({ kpi, value, digest });

const counted = ({
  scheduledDays,
  heardDays,
  stops,
  signals,
}: MachineEvidence): readonly [string, number][] => [
  ['scheduled-days', scheduledDays],
  ['heard-days', heardDays],
  ['stop-ms', stops.ms],
  ['stop-with-reason-ms', stops.withReasonMs],
  ['signals-sent', signals.length],
];

/**
 * Whether findings and scores follow from the report's own facts: judged anew by the rubric that it names, the report has
 * the same digest. `recomputed` is `null` where that rubric isn't known, or isn't the same any more.
 */
export function compareScoring(report: Assessment, rubrics: readonly Rubric[]): Verified {
  const { id, version, digest: rubricDigest } = report.rubric;
  const rubric = rubrics.find((one) => one.id === id && one.version === version);
  const known = rubric !== undefined && digestOf(rubricJson.text(rubric)) === rubricDigest;
  const digest = digestOf(assessmentJson.text(report));
  const again = known ? digestOf(assessmentJson.text(assess({ ...report, rubric, rubricDigest }))) : null;
  return {
    window: 'period',
    group: 'report',
    kpi: 'findings-and-scores',
    reported: { value: null, digest },
    recomputed: again === null ? null : { value: null, digest: again },
    same: again === digest,
  };
}
