import type { MachineNow } from '../analysis/answers.ts';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import { shiftInstances } from '../analysis/cuts.ts';
import type { Analysis } from '../analysis/port.ts';
import type { Site } from '../domain/plant.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type {
  Noticeboard,
  PostedAssessment,
  PostedIngest,
  PostedShift,
  PostedSource,
} from '../store/noticeboard.ts';
import { type Pace, type Poster, paced } from './board.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A state shows at once; that nothing changed, now and then, so that a reader sees that somebody looked. */
const MACHINES: Pace = { changedMs: 0, unchangedMs: 5 * MINUTE_MS };
/** A source's counts change all the time. */
const SOURCES: Pace = { changedMs: MINUTE_MS, unchangedMs: 5 * MINUTE_MS };
const SHIFTS: Pace = { changedMs: 0, unchangedMs: DAY_MS };
const ASSESSMENTS: Pace = { changedMs: 0, unchangedMs: Number.POSITIVE_INFINITY };

/** Books that wait for a store that is away: some six hours; beyond, the oldest are lost to the board. */
const MOST_WAITING = 2_000;

/** Shifts are posted this far back and ahead: a month that was recorded in one go has its shifts too. */
const SHIFTS_BACK_MS = 35 * DAY_MS;
const SHIFTS_AHEAD_MS = 2 * DAY_MS;

/** How every machine stands. When it was heard last changes all the time, and is no reason to post it. */
export function machinePoster(board: Noticeboard, analysis: Pick<Analysis, 'plant'>): Poster {
  const pace = paced<MachineNow>({
    pace: MACHINES,
    nameOf: ({ path }) => path,
    contentOf: ({ lastHeard: _, ...machine }) => JSON.stringify(machine),
  });
  return async (at, all) => {
    const { asOf, machines } = await analysis.plant();
    const due = all ? machines : pace.due(machines, at);
    await board.machines(asOf, due);
    pace.posted(due, at);
  };
}

/**
 * The books and the spool at every turn, the books of each source at their pace. `ingest` names this process. How the spool
 * filled while the store was away is what an operator wants to see afterwards, so what couldn't be posted waits.
 */
export function bookPoster(board: Noticeboard, from: Pick<Ingest, 'books'>, ingest: string): Poster {
  const pace = paced<PostedSource>({
    pace: SOURCES,
    nameOf: ({ source }) => source,
    contentOf: (books) => JSON.stringify(books),
  });
  const waiting: PostedIngest[] = [];
  return async (at, all) => {
    const { sources, ...standing } = from.books();
    const { asOf } = standing;
    waiting.push(standing);
    if (waiting.length > MOST_WAITING) waiting.shift();
    const due = all ? sources : pace.due(sources, at);
    const sent = waiting.length;
    await board.books(ingest, waiting);
    waiting.splice(0, sent);
    await board.sources(asOf, ingest, due);
    pace.posted(due, at);
  };
}

/** The runs of every site's shifts around now; the day's new ones follow as time goes on. */
export function shiftPoster(board: Noticeboard, sites: readonly Site[]): Poster {
  const pace = paced<PostedShift>({
    pace: SHIFTS,
    nameOf: ({ site, from }) => `${site} ${from}`,
    contentOf: (shift) => JSON.stringify(shift),
  });
  return async (at, all) => {
    const span = { from: at - SHIFTS_BACK_MS, to: at + SHIFTS_AHEAD_MS };
    const shifts = sites.flatMap((site) =>
      shiftInstances(site, span)
        // What the span cuts would be posted with an edge of its own.
        .filter(({ from, to }) => from > span.from && to < span.to)
        .map((shift) => ({ site: site.path, ...shift })),
    );
    const due = all ? shifts : pace.due(shifts, at);
    await board.shifts(due);
    pace.posted(due, at);
  };
}

/** Every assessment in short, again where it changed. */
export function assessmentPoster(
  board: Noticeboard,
  desk: Pick<AssessmentDesk, 'assessments' | 'pilots'>,
): Poster {
  const pace = paced<PostedAssessment>({
    pace: ASSESSMENTS,
    nameOf: ({ id }) => `${id}`,
    contentOf: (assessment) => JSON.stringify(assessment),
  });
  return async (at, all) => {
    const pilots = new Map(desk.pilots().map((pilot) => [pilot.id, pilot]));
    const assessments = desk.assessments({}).map(({ telemetry, ...summary }) => {
      const pilot = pilots.get(summary.pilot);
      return {
        ...summary,
        name: pilot?.enterprise.name ?? summary.pilot,
        simulated: pilot?.simulated ?? false,
        utilisation: telemetry.utilisation,
        machines: telemetry.machines,
        heard: telemetry.heard,
      };
    });
    const due = all ? assessments : pace.due(assessments, at);
    await board.assessments(due);
    pace.posted(due, at);
  };
}
