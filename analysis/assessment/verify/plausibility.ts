import type { Evidence, PlausibilityEvidence } from '../../../domain/assess/evidence.ts';
import { type CanonicalValue, canonical } from '../../../domain/canonical.ts';
import { gradeOf } from '../../../domain/plausibility/check.ts';
import { lateEdits } from '../../../domain/plausibility/checks/late-edits.ts';
import type { GradedFinding, GradedMachine } from '../../../domain/plausibility/graded.ts';
import type { EpochMs, Span } from '../../../domain/time.ts';
import { digestOf } from '../../digest.ts';
import { differs, digestAlone, notChecked, type StatedValue, sameAs, type Verified } from './verified.ts';

const placeOf = (group: string, kpi: string) => ({ window: 'period', group, kpi });
const GRADE = 'evidence-grade';
const EDITS = 'late-edits';
const LEFT_OUT = 'the report leaves out how far its evidence carries';

interface Sides {
  readonly reported: Evidence;
  /** The same, looked over anew where the report says that it was. */
  readonly again: Evidence;
  /** The assessment that is kept of it. */
  readonly kept: Evidence | null;
  readonly keptSince: EpochMs;
}

/**
 * Grades and findings of a report beside what the facts give now, machine by machine. Edits are held against the assessment
 * that is kept: how a change is noted can become more exact when the recorder has come to it.
 */
export function comparePlausibility({ reported, again, kept, keptSince }: Sides): Verified[] {
  const [said, found] = [reported.plausibility, again.plausibility];
  if (!said || !found) {
    const known = kept?.plausibility;
    if (!known) return [];
    const values = { reported: digestAlone(''), recomputed: digestAlone(digestOfAll(known)) };
    return [differs(placeOf('report', GRADE), values, LEFT_OUT)];
  }
  const purged = reported.period.from < keptSince;
  const of = ({ machines }: PlausibilityEvidence) => new Map(machines.map((one) => [one.machine, one]));
  const [facts, then] = [of(found), kept?.plausibility && of(kept.plausibility)];
  return [
    wholeGrade(said, found, purged),
    ...said.machines.flatMap((machine) => [
      compareFindings(machine, facts.get(machine.machine), purged),
      ...compareEdits(machine, facts.get(machine.machine), then?.get(machine.machine)),
    ]),
    ...found.machines
      .filter(({ machine }) => !said.machines.some((one) => one.machine === machine))
      .map((machine) =>
        differs(
          placeOf(machine.machine, GRADE),
          { reported: digestAlone(''), recomputed: statedOf(machine, madeOfFacts) },
          LEFT_OUT,
        ),
      ),
  ];
}

const isEdit = ({ check }: GradedFinding): boolean => check === lateEdits.id;
const madeOfFacts = (finding: GradedFinding): boolean => !isEdit(finding);

/** The pilot's grade has to follow from its machines', theirs from their findings, and the close look where it belongs. */
function wholeGrade(said: PlausibilityEvidence, found: PlausibilityEvidence, purged: boolean): Verified {
  const place = placeOf('report', GRADE);
  const headOf = ({ close, judged, compared, rhythms, grade }: PlausibilityEvidence) => {
    const looks = {
      ...(judged && { judged: { ...judged } }),
      ...(compared && { compared: { ...compared } }),
      ...(rhythms && { rhythms: { ...rhythms } }),
    };
    return digestAlone(digestOf(canonical({ close: { ...close }, ...looks, grade })));
  };
  const fits = said.machines.every(
    ({ grade, findings }) => grade === gradeOf(findings.map((one) => one.grade)),
  );
  const follows = said.grade === gradeOf(said.machines.map(({ grade }) => grade));
  const sameLook =
    isSameSpan(said.close, found.close) &&
    isSameSpan(said.judged, found.judged) &&
    isSameSpan(said.compared, found.compared) &&
    isSameSpan(said.rhythms, found.rhythms);
  const reported = headOf(said);
  if (fits && follows && sameLook) return sameAs(place, reported);
  if (fits && follows && purged)
    return notChecked(place, reported, 'the observations of that time are removed');
  return differs(
    place,
    { reported, recomputed: headOf(found) },
    sameLook ? 'the grade does not follow from what was found' : 'another stretch was looked at closely',
  );
}

const isSameSpan = (one: Span | undefined, other: Span | undefined): boolean =>
  one?.from === other?.from && one?.to === other?.to;

function compareFindings(said: GradedMachine, found: GradedMachine | undefined, purged: boolean): Verified {
  const place = placeOf(said.machine, GRADE);
  const reported = statedOf(said, madeOfFacts);
  const recomputed = found && statedOf(found, madeOfFacts);
  if (recomputed?.digest === reported.digest) return sameAs(place, reported);
  if (purged) return notChecked(place, reported, 'the observations of that time are removed');
  const because = found ? 'not what the facts give' : 'no machine of the pilot';
  return differs(place, { reported, recomputed: recomputed ?? digestAlone('') }, because);
}

function compareEdits(
  said: GradedMachine,
  found: GradedMachine | undefined,
  kept: GradedMachine | undefined,
): Verified[] {
  const known = kept ?? found;
  if (!known) return [];
  const place = placeOf(said.machine, EDITS);
  const [reported, recomputed] = [statedOf(said, isEdit), statedOf(known, isEdit)];
  if (reported.digest === recomputed.digest) return [sameAs(place, reported)];
  return kept
    ? [differs(place, { reported, recomputed }, 'not what was noted of edits when it was made')]
    : [notChecked(place, reported, 'what is noted of edits says otherwise now, and no assessment is kept')];
}

/** The digest of what a machine's checks found. */
function statedOf({ findings }: GradedMachine, counts: (finding: GradedFinding) => boolean): StatedValue {
  const own = findings.filter(counts).map((finding) => ({ ...finding }) as CanonicalValue);
  return digestAlone(digestOf(canonical(own)));
}

const digestOfAll = ({ machines }: PlausibilityEvidence): string =>
  digestOf(canonical(machines.map((one) => statedOf(one, () => true).digest)));
