import type { Books, MessageBooks, ObservationBooks } from '../../domain/books.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Noticeboard, PostedAssessment, PostedMachine, PostedShift } from '../noticeboard.ts';
import { machineTags, quoteText, tagsOf } from './line-protocol.ts';

/** Those of the board's measurements that tell of every minute, and are kept as long as observations. */
export const MINUTE_MEASUREMENTS = ['machine_state', 'books', 'source_books'] as const;

type Field = number | string | boolean;

const isGiven = ([, value]: readonly [string, Field | null]): boolean => value !== null;

/** A line of integer, text and 0/1 fields; a score, which is a share, is marked as a double. Fields that are `null` are left out. */
function line(
  measurement: string,
  tags: string,
  fields: Readonly<Record<string, Field | null>>,
  at: EpochMs,
  doubles: ReadonlySet<string> = NO_DOUBLES,
): string {
  const written = Object.entries(fields)
    .filter(isGiven)
    .map(([name, value]) => {
      if (typeof value === 'string') return `${name}=${quoteText(value)}`;
      const number = Number(value);
      return doubles.has(name) ? `${name}=${number}` : `${name}=${number}i`;
    });
  return `${measurement}${tags} ${written.join(',')} ${at}`;
}
const NO_DOUBLES: ReadonlySet<string> = new Set();

/** States are counted and alerted on by number, since InfluxQL groups by tags alone and a state that were one would be a series each. */
export function machineLine(asOf: EpochMs, machine: PostedMachine): string {
  const tags = machineTags(machine.path);
  if (tags === undefined) throw new TypeError(`machine path "${machine.path}" hasn't five levels`);
  const { state, since, lastHeard, stale, declared } = machine;
  return line(
    'machine_state',
    tags,
    {
      state,
      reason: machine.reason ?? '',
      source: machine.source ?? '',
      since_ms: since,
      last_heard_ms: lastHeard,
      stale,
      undeclared: !declared,
      running: state === 'running',
      down: state === 'down',
      unknown: state === 'unknown',
    },
    asOf,
  );
}

const counts = (prefix: string, books: MessageBooks | ObservationBooks): Record<string, number> =>
  Object.fromEntries(Object.entries(books).map(([name, count]) => [`${prefix}_${name}`, count]));

const bookFields = ({ messages, observations }: Books): Record<string, number> => ({
  ...counts('messages', messages),
  ...counts('observations', observations),
});

export function shiftLine({ site, shift, day, from, to }: PostedShift): string {
  const [enterprise = '', name = ''] = site.split('/');
  const tags = tagsOf({ enterprise, shift, site: name });
  return line('shifts', tags, { to_ms: to, day, text: `${shift} ${day}` }, from);
}

const SHARES: ReadonlySet<string> = new Set([
  ...['score', 'score_low', 'score_high', 'utilisation', 'utilisation_coverage'],
]);

/** A point keeps fields that a later line leaves out, so a figure that is gone is written as 0 and marked as none. */
export function assessmentLine(assessment: PostedAssessment): string {
  const { pilot, rubric, score, publishedAt, utilisation } = assessment;
  return line(
    'assessments',
    tagsOf({ pilot, rubric }),
    {
      id: assessment.id,
      name: assessment.name,
      version: assessment.rubricVersion,
      simulated: assessment.simulated,
      from_ms: assessment.from,
      to_ms: assessment.to,
      published: publishedAt !== null,
      scored: typeof score?.value === 'number',
      bounded: score !== null,
      score: score?.value ?? 0,
      score_low: score?.low ?? 0,
      score_high: score?.high ?? 0,
      reached: assessment.reached ?? '',
      possible: assessment.possible ?? '',
      open_discrepancies: assessment.openDiscrepancies,
      measured: typeof utilisation?.value === 'number',
      utilisation: utilisation?.value ?? 0,
      utilisation_coverage: utilisation?.coverage ?? 0,
      machines: assessment.machines,
      heard: assessment.heard,
    },
    assessment.createdAt,
    SHARES,
  );
}

/** The board as measurements beside `ledger`, under the same retention policy. */
export function influxBoard(post: (lines: readonly string[]) => Promise<void>): Noticeboard {
  return {
    machines: (asOf, machines) => post(machines.map((machine) => machineLine(asOf, machine))),
    books: (ingest, standings) =>
      post(
        standings.map(({ asOf, spool, ...books }) =>
          line(
            'books',
            tagsOf({ ingest }),
            { ...bookFields(books), spooled_bytes: spool.bytes, spool_max_bytes: spool.maxBytes },
            asOf,
          ),
        ),
      ),
    sources: (asOf, ingest, sources) =>
      post(
        sources.map(({ source, ...books }) =>
          line('source_books', tagsOf({ ingest, source }), bookFields(books), asOf),
        ),
      ),
    shifts: (shifts) => post(shifts.map(shiftLine)),
    assessments: (assessments) => post(assessments.map(assessmentLine)),
  };
}
