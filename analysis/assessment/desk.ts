import { differenceOf } from '../../domain/assess/difference.ts';
import { ASSESSMENT_SETTINGS, type AssessmentSettings } from '../../domain/assess/evidence.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import type { EpochMs } from '../../domain/time.ts';
import { createArchive } from './archive.ts';
import { compare } from './comparison.ts';
import { checkEntry } from './entries.ts';
import type { EvidenceSource } from './gather.ts';
import type { PilotsDesk } from './pilots-desk.ts';
import { type AssessmentDesk, AssessmentRefused, type AssessmentShelf, type KeptAssessment } from './port.ts';
import { createRubricList } from './rubric-list.ts';
import { verifyReport } from './verify/verify.ts';
import { windowsOf } from './windows.ts';

export interface DeskOptions {
  readonly pilots: PilotsDesk;
  /** By id, the versions of each in ascending order. */
  readonly rubrics: readonly Rubric[];
  readonly shelf: AssessmentShelf;
  readonly evidence: EvidenceSource;
  readonly now: () => EpochMs;
  readonly settings?: AssessmentSettings;
}

/** Where pilots, rubrics and assessments are asked for; it gathers, keeps, and has the domain score. */
export function createAssessmentDesk(options: DeskOptions): AssessmentDesk {
  const { pilots, shelf, evidence, now, settings = ASSESSMENT_SETTINGS } = options;
  const rubrics = createRubricList(options.rubrics);
  const archive = createArchive(shelf);

  /** Refused `assessment-not-found`, `assessment-published`. */
  const open = (id: number) => {
    const scored = archive.scored(id);
    refusePublished(scored.kept);
    return scored;
  };

  return {
    pilots: pilots.pilots,
    pilot: pilots.pilot,
    savePilots: pilots.savePilots,
    rubrics: () => rubrics.all,
    rubric: rubrics.named,

    async assess({ pilot: id, rubric: rubricId, version, from, to, signal }) {
      const { from: _place, ...pilot } = pilots.pilot(id);
      const day = dayOf(to - 1, evidence.zoneOf(pilot));
      const rubric =
        version === undefined ? rubrics.inEffect(rubricId, day) : rubrics.named(rubricId, version);
      const facts = { pilot, windows: windowsOf(rubric), settings, from, to, signal };
      const gathered = await evidence.gather(facts);
      signal?.throwIfAborted();
      return archive.add({ evidence: gathered, rubric, createdAt: gathered.asOf }, signal);
    },

    assessments: archive.summaries,
    assessment: archive.stored,
    report: archive.whole,
    rubricOf: archive.rubricOf,
    enter(id, entry) {
      const { rubric, assessment } = open(id);
      checkEntry(entry, rubric, assessment);
      shelf.enter(id, { ...entry, at: now() });
      return archive.renewed(id);
    },
    async publish(id, by) {
      for (;;) {
        const scored = open(id);
        const result = await archive.resultOf(scored);
        // An entry that came meanwhile belongs to what is published.
        const { length: entries } = scored.kept.entries;
        if (shelf.publish(id, { by, at: now(), entries, result })) return archive.stored(id);
      }
    },
    async rescore(id, { rubric: rubricId, version }) {
      const { assessment } = archive.whole(id);
      const rubric = rubrics.named(rubricId, version);
      return archive.add({ evidence: assessment.evidence, rubric, createdAt: now() });
    },
    difference: (before, after) => differenceOf(archive.scored(before), archive.scored(after, 'with')),
    comparison(question) {
      if (question.shownTo !== undefined) pilots.pilot(question.shownTo);
      return compare({
        question,
        pilots: pilots.pilots(),
        summaries: archive.summaries({ rubric: rubrics.named(question.rubric).id }),
        smallestPeerGroup: settings.smallestPeerGroup,
      });
    },

    verify(report, signal) {
      const pilotNow = (id: string) => {
        const found = pilots.pilots().find((one) => one.id === id);
        if (!found) return undefined;
        const { from: _place, ...pilot } = found;
        return pilot;
      };
      const known = { evidence, shelf, rubrics: options.rubrics, settings, pilotNow };
      return verifyReport(known, report, signal);
    },
  };
}

function refusePublished({ id, publishedAt, publishedBy }: KeptAssessment): void {
  if (publishedAt === null) return;
  throw new AssessmentRefused(
    'assessment-published',
    'id',
    `assessment ${id} was published by ${publishedBy} and doesn't change any more; assess the pilot anew`,
  );
}

/** The local date `YYYY-MM-DD` at an instant. */
const dayOf = (at: EpochMs, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
