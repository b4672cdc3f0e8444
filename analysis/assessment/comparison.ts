import { peersOf } from '../../domain/assess/peers.ts';
import type { AssessmentDesk, AssessmentSummary, ComparisonRow } from './port.ts';

type Question = Parameters<AssessmentDesk['comparison']>[0];
type Pilots = ReturnType<AssessmentDesk['pilots']>;

/**
 * The newest assessment of every pilot that the question is about, by name. `from` and `to` hold the periods looked at.
 * Shown to a pilot, it gets its own row and the peers that it belongs to, none of a group smaller than may be shown.
 */
export function compare({
  question,
  pilots,
  summaries,
  smallestPeerGroup,
}: {
  readonly question: Question;
  readonly pilots: Pilots;
  /** Of the question's rubric, newest first. */
  readonly summaries: readonly AssessmentSummary[];
  readonly smallestPeerGroup: number;
}): ReturnType<AssessmentDesk['comparison']> {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, shownTo } = question;
  const newest = new Map<string, AssessmentSummary>();
  for (const summary of summaries) {
    if (summary.from < from || summary.to > to || newest.has(summary.pilot)) continue;
    newest.set(summary.pilot, summary);
  }
  const rows = pilots
    .filter((pilot) => matches(pilot, question))
    .map(
      ({ id, enterprise, district, industry, programme, simulated, sites }): ComparisonRow => ({
        pilot: id,
        name: enterprise.name,
        district,
        industry,
        programme,
        simulated,
        sites,
        assessment: newest.get(id) ?? null,
      }),
    );
  const peers = peersOf(
    rows.map(({ assessment, ...row }) => ({ ...row, score: assessment?.score?.value ?? null })),
    { ...(shownTo === undefined ? {} : { shownTo }), smallest: smallestPeerGroup },
  );
  return { rows: rows.filter(({ pilot }) => shownTo === undefined || pilot === shownTo), peers };
}

const matches = (pilot: Pilots[number], { district, industry, programme }: Question): boolean =>
  (district === undefined || pilot.district === district) &&
  (industry === undefined || pilot.industry === industry) &&
  (programme === undefined || pilot.programme === programme);
