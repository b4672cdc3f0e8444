import { LEVELS } from '../../domain/path.ts';
import { chosen, influxql, MACHINES_CHOSEN, name, type Selection } from './influxql.ts';
import type { Asked, AssessmentField, AssessmentMark, MachineField, MachineMark } from './question.ts';
import { BOOK_WORDS, both, type Fate } from './words.ts';

/** The newest post of each machine, whole: fields picked one by one could come from different posts. */
const machinesNow = (fields: readonly string[]): Selection => ({
  select: [['last("stale")', 'stale'], ...fields.filter((field) => field !== 'stale').map(asIs)],
  from: 'machine_state',
  where: MACHINES_CHOSEN,
  by: LEVELS,
});
const asIs = (field: string): readonly [string, string] => [name(field), field];

/** Machines as they stand, one row each; `only`: those that are marked so. */
export function machineList(columns: Readonly<Record<string, MachineField>>, only?: MachineMark): Asked {
  const fields = new Set<string>([...Object.values(columns), ...(only === undefined ? [] : [only])]);
  return {
    influxql: influxql({
      select: Object.entries(columns).map(([as, field]) => [name(field), as]),
      from: machinesNow([...fields]),
      where: only === undefined ? [] : [`${name(only)} = 1`],
      by: LEVELS,
    }),
    format: 'table',
    equals: { ask: 'plant', columns, ...(only === undefined ? {} : { only }) },
  };
}

/** How many machines are marked so. */
export function machineCount(as: string, mark: MachineMark | 'all'): Asked {
  const field = mark === 'all' ? 'stale' : mark;
  return {
    influxql: influxql({
      select: [[mark === 'all' ? 'count("stale")' : `sum(${name(mark)})`, as]],
      from: machinesNow([field]),
    }),
    format: 'table',
    equals: { ask: 'machines', counts: { [as]: mark } },
  };
}

const FATES = Object.keys(BOOK_WORDS) as readonly Fate[];
const fateColumns = (of: 'messages' | 'observations', fates: readonly Fate[]) =>
  fates.map((fate) => [both(BOOK_WORDS[fate]), fate] as const).map(([as, fate]) => ({ as, of, fate }));

/** The books of each ingest: now, or over time. */
export function books(of: 'messages' | 'observations', { series }: { readonly series?: true } = {}): Asked {
  const columns = fateColumns(of, FATES);
  return {
    influxql: influxql({
      select: columns.map(({ as, fate }) => [`last(${name(`${of}_${fate}`)})`, as]),
      from: 'books',
      by: ['ingest'],
      ...(series ? { every: '$__interval' } : {}),
    }),
    format: series ? 'time_series' : 'table',
    ...(series ? { alias: '$col' } : {}),
    equals: {
      ask: 'books',
      columns: Object.fromEntries(columns.map(({ as, fate }) => [as, `${of}.${fate}`])),
      ...(series ? { series } : {}),
    },
  };
}

/** The books of each source; `only`: of those that have any messages of that fate. */
export function sourceBooks(only?: Fate): Asked {
  const columns = fateColumns('messages', FATES);
  return {
    influxql: influxql({
      select: columns.map(({ as, fate }) => [name(fate), as]),
      from: {
        select: columns.map(({ fate }) => [`last(${name(`messages_${fate}`)})`, fate]),
        from: 'source_books',
        by: ['ingest', 'source'],
      },
      where: only === undefined ? [] : [`${name(only)} > 0`],
      by: ['ingest', 'source'],
    }),
    format: 'table',
    equals: {
      ask: 'sources',
      columns: Object.fromEntries(columns.map(({ as, fate }) => [as, `messages.${fate}`])),
      ...(only === undefined ? {} : { only: `messages.${only}` }),
    },
  };
}

/** Bytes that wait for the store, over time. */
export function spool(as: string): Asked {
  return {
    influxql: influxql({
      select: [['last("spooled_bytes")', as]],
      from: 'books',
      by: ['ingest'],
      every: '$__interval',
    }),
    format: 'time_series',
    alias: '$col',
    equals: { ask: 'spool', column: as },
  };
}

const ASSESSED = ['pilot', 'rubric'] as const;

/** The newest assessment of each pilot under each rubric; `only`: of those that are marked so. */
export function assessments(
  columns: Readonly<Record<string, AssessmentField>>,
  only?: AssessmentMark,
): Asked {
  const fields = new Set<string>([...Object.values(columns), ...(only === undefined ? [] : [only])]);
  fields.delete('id');
  return {
    influxql: influxql({
      select: Object.entries(columns).map(([as, field]) => [name(field), as]),
      from: {
        select: [['last("id")', 'id'], ...[...fields].map(asIs)],
        from: 'assessments',
        where: ASSESSED.map((tag) => chosen(tag)),
        by: ASSESSED,
      },
      where: only === undefined ? [] : [`${name(only)} = 1`],
      by: ASSESSED,
    }),
    format: 'table',
    equals: { ask: 'assessments', columns, ...(only === undefined ? {} : { only }) },
  };
}

/** Every score, at the time at which it was made. */
export function scores(as: string): Asked {
  return {
    influxql: influxql({
      select: [['"score"', as]],
      from: 'assessments',
      where: ['"scored" = 1', ...ASSESSED.map((tag) => chosen(tag))],
      by: ASSESSED,
    }),
    format: 'time_series',
    alias: '$tag_pilot / $tag_rubric',
    equals: { ask: 'assessments', columns: { [as]: 'score' }, each: true, only: 'scored' },
  };
}
