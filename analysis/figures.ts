import { figureOf } from '../domain/figure.ts';
import type { Kpi } from '../domain/formula.ts';
import { kpis as common } from '../domain/kpi/index.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Figure, KpisAnswer, LiveEvent } from './answers.ts';
import { periodAt } from './cells.ts';
import type { Member } from './members.ts';
import type { RowsQuestion } from './questions.ts';
import type { AccountedRow } from './rows.ts';

/** The figures that `/live` sends. */
const LIVE_KPIS = ['utilisation', 'oee'];

/** One figure for each KPI asked for, in the order asked, with the row's proof. Throws a RangeError for an unknown id. */
export function figuresOf(
  { row, coverageFloor }: AccountedRow,
  kpis: readonly string[],
  catalogue: readonly Kpi[] = common,
): readonly Figure[] {
  return kpis.map((id) => {
    const kpi = catalogue.find((one) => one.id === id);
    if (!kpi) {
      throw new RangeError(
        `there is no KPI "${id}"; known are: ${catalogue.map((one) => one.id).join(', ')}`,
      );
    }
    return { ...figureOf(kpi, row, { coverageFloor }), revision: row.revision, digest: row.digest };
  });
}

/** The answer to `/kpis` from accounted rows. */
export const kpisAnswer = (
  rows: readonly AccountedRow[],
  kpis: readonly string[],
  catalogue: readonly Kpi[],
): KpisAnswer => ({
  rows: rows.map((accounted) => {
    const { key, from, to } = accounted.row;
    const { finality } = accounted;
    const figures = figuresOf(accounted, kpis, catalogue);
    return { key, from, to, figures: figures.map((figure) => ({ ...figure, finality })) };
  }),
});

/** The live figures of machines: of the shift that runs, or of the production day where none does. */
export async function liveFigures({
  members,
  rows,
  now,
}: {
  readonly members: readonly Member[];
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  readonly now: EpochMs;
}): Promise<readonly Extract<LiveEvent, { event: 'figure' }>[]> {
  const events: Extract<LiveEvent, { event: 'figure' }>[] = [];
  for (const [site, own] of Map.groupBy(members, (member) => member.site)) {
    const { from, day, shift } = periodAt(site, now);
    const answered = await rows({
      members: own,
      scope: site.path,
      from,
      to: now,
      by: ['machine'],
      asOf: now,
    });
    for (const accounted of answered) {
      const key = { ...accounted.row.key, day, shift };
      for (const { kpi, value, low, high, notAssessable, revision } of figuresOf(accounted, LIVE_KPIS)) {
        events.push({ event: 'figure', data: { key, kpi, value, low, high, notAssessable, revision } });
      }
    }
  }
  return events;
}
