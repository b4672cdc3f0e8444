import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { AssessmentSettings, Evidence } from '../../../domain/assess/evidence.ts';
import { entryJson, pilotJson } from '../../../domain/assess/json.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import { type CanonicalValue, canonical } from '../../../domain/canonical.ts';
import { digestOf } from '../../digest.ts';
import type { KeptOnes } from './kept.ts';
import { differs, digestAlone, notChecked, numberAlone, sameAs, type Verified } from './verified.ts';

const placeOf = (group: string, kpi: string) => ({ window: 'period', group, kpi });

/** What a report is about beside its figures: the pilot as registered, the limits, the instant, what persons added. */
export function compareFrame({
  report,
  pilot,
  settings,
  kept,
}: {
  readonly report: Assessment;
  /** As it stands in the assessment that is kept, or else in the register; `null`: in neither. */
  readonly pilot: Pilot | null;
  readonly settings: AssessmentSettings;
  readonly kept: KeptOnes;
}): Verified[] {
  const { evidence } = report;
  return [
    ...comparePilot(
      evidence.pilot,
      pilot,
      kept.same === null ? 'the register says now' : 'the register said then',
    ),
    document('settings', evidence.settings, settings, 'the limits that it was made with are others'),
    ...compareInstant(evidence, kept),
    ...compareEntries(report, kept),
  ];
}

function comparePilot(reported: Pilot, registered: Pilot | null, whence: string): Verified[] {
  const said = digestAlone(digestOf(pilotJson.text(reported)));
  const place = placeOf(reported.id, 'register');
  if (registered === null) {
    return [notChecked(place, said, `pilot "${reported.id}" isn't in the register here`)];
  }
  const there = new Set(reported.equipment.map(({ id }) => id));
  const leftOut = registered.equipment
    .filter(({ id }) => !there.has(id))
    .map(({ id, machine }) =>
      differs(
        placeOf(machine ?? id, 'equipment'),
        { reported: numberAlone(0), recomputed: numberAlone(1) },
        `the report leaves out equipment ${id}, which the register has`,
      ),
    );
  const known = digestAlone(digestOf(pilotJson.text(registered)));
  if (said.digest === known.digest) return [sameAs(place, said)];
  const [says, knows] = [reported, registered].map((pilot) => pilotJson.value(pilot) as Members);
  const parts = Object.keys({ ...says, ...knows }).filter(
    (part) => textOf(says?.[part]) !== textOf(knows?.[part]),
  );
  const values = { reported: said, recomputed: known };
  return [...leftOut, differs(place, values, `not what ${whence}: ${parts.join(', ')}`)];
}

type Members = Readonly<Record<string, CanonicalValue>>;
const textOf = (value: CanonicalValue | undefined): string => (value === undefined ? '' : canonical(value));

function document(kpi: string, said: object, known: object, because: string): Verified {
  const [reported, recomputed] = [said, known].map((one) =>
    digestAlone(digestOf(canonical({ ...one } as CanonicalValue))),
  ) as [Verified['reported'], Verified['reported']];
  const place = placeOf('report', kpi);
  return reported.digest === recomputed.digest
    ? sameAs(place, reported)
    : differs(place, { reported, recomputed }, because);
}

/** Every assessment made here is kept: one of another instant was never made, or its instant was changed. */
function compareInstant({ asOf }: Evidence, { same, others }: KeptOnes): Verified[] {
  const place = placeOf('report', 'as-of');
  if (same !== null) return [sameAs(place, numberAlone(asOf))];
  const [newest] = others;
  if (!newest) return [];
  const at = new Date(asOf).toISOString();
  const known = [...new Set(others.map(({ evidence }) => new Date(evidence.asOf).toISOString()))].join(', ');
  return [
    differs(
      place,
      { reported: numberAlone(asOf), recomputed: numberAlone(newest.evidence.asOf) },
      `no assessment of this pilot and period was made as of ${at}; those kept are as of ${known}`,
    ),
  ];
}

/** An entry is never taken away, so each of the report's is among those kept. */
function compareEntries({ entries, rubric }: Assessment, { same }: KeptOnes): Verified[] {
  if (same === null || same.rubric.id !== rubric.id || same.rubric.version !== rubric.version) return [];
  const known = new Set(same.entries.map((entry) => entryJson.text(entry)));
  return entries.map((entry, index) => {
    const place = placeOf('report', `entry ${index + 1}`);
    const reported = digestAlone(digestOf(entryJson.text(entry)));
    if (known.has(entryJson.text(entry))) return sameAs(place, reported);
    return differs(
      place,
      { reported, recomputed: digestAlone('') },
      `nobody entered this here: ${entry.kind}, signed ${entry.by}`,
    );
  });
}
