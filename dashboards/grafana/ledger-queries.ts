import { LOSS_STEPS, type LossStep } from '../../domain/losses.ts';
import { LEVELS } from '../../domain/path.ts';
import { byTags, chosen, influxql, MACHINES_CHOSEN, name, type Selection } from './influxql.ts';
import type { Asked, Cells, FigurePart } from './question.ts';
import { type Bilingual, both, COVERAGE, kpiWords } from './words.ts';

/** Cells begin on a minute of the hour that their site's zone says, so this keeps those apart that begin apart. */
const CELL_STARTS = '1h';

const conditions = ({ grain, ofShift }: Cells): readonly string[] => [
  `"grain" = '${grain === 'chosen' ? '${grain}' : grain}'`,
  ...(ofShift ? [chosen('shift')] : []),
  ...MACHINES_CHOSEN,
];

const everyOf = ({ each }: Cells): Pick<Selection, 'every'> => (each ? { every: CELL_STARTS } : {});
const formatOf = ({ each }: Cells): Asked['format'] => (each ? 'time_series' : 'table');
const aliasOf = ({ each, by }: Cells): Pick<Asked, 'alias'> =>
  each ? { alias: by.length === 0 ? '$col' : byTags(by.filter((level) => level !== 'enterprise')) } : {};

/** The two recorded columns whose sums a part of a figure divides, and the one that says where there is none. */
function columnsOf({ kpi, part }: FigurePart): readonly [above: string, below: string, none: string | null] {
  const whole = kpi === 'utilisation' ? 'operation_ms' : 'busy_ms';
  switch (part) {
    case 'value':
      return [`${kpi}_num`, `${kpi}_den`, `${kpi}_none`];
    case 'low':
      return ['running_ms', whole, null];
    case 'high':
      return ['possiblyRunning_ms', whole, null];
    case 'coverage':
      return ['known_ms', 'busy_ms', null];
  }
}

const titleOf = ({ kpi, part }: FigurePart): string => {
  if (part === 'coverage') return both(COVERAGE);
  const { zh, en } = kpiWords(kpi);
  return { value: `${zh} ${en}`, low: `${zh}下限 ${en} low`, high: `${zh}上限 ${en} high` }[part];
};

/**
 * A figure: one division of two sums of recorded columns. Where nothing was planned or made there is no figure, and no
 * row: InfluxQL would make 0 of a division by zero. Nor is there one where a cell can't have it, as in the API.
 */
export function figure(part: FigurePart, cells: Cells): Asked {
  const [above, below, none] = columnsOf(part);
  const column = titleOf(part);
  return {
    influxql: influxql({
      select: [['"above" / "below"', column]],
      from: {
        select: [
          [`sum(${name(above)})`, 'above'],
          [`sum(${name(below)})`, 'below'],
          ...(none === null ? [] : ([[`sum(${name(none)})`, 'none']] as const)),
        ],
        from: 'ledger',
        where: conditions(cells),
        by: cells.by,
        ...everyOf(cells),
      },
      where: ['"below" > 0', ...(none === null ? [] : ['"none" = 0'])],
      by: cells.by,
    }),
    format: formatOf(cells),
    ...aliasOf(cells),
    equals: { ask: 'figure', column, cells, ...part },
  };
}

/** The bounds of utilisation, and how much of planned busy time is known. */
export const LOW: FigurePart = { kpi: 'utilisation', part: 'low' };
export const HIGH: FigurePart = { kpi: 'utilisation', part: 'high' };
export const KNOWN: FigurePart = { kpi: 'availability', part: 'coverage' };

/** Several figures of the same cells; an id alone is that KPI's value. */
export const figures = (parts: readonly (string | FigurePart)[], cells: Cells): readonly Asked[] =>
  parts.map((part) => figure(typeof part === 'string' ? { kpi: part, part: 'value' } : part, cells));

/** Sums of recorded columns, by the name that each gets. */
export function sums(columns: Readonly<Record<string, string>>, cells: Cells): Asked {
  return {
    influxql: influxql({
      select: Object.entries(columns).map(([as, column]) => [`sum(${name(column)})`, as]),
      from: 'ledger',
      where: conditions(cells),
      by: cells.by,
      ...everyOf(cells),
    }),
    format: formatOf(cells),
    ...(cells.each ? { alias: '$col' } : {}),
    equals: { ask: 'ledger', columns, cells },
  };
}

const PARTS = {
  '合格产出 Good pieces': 'productive_us',
  '不合格产出 Rejected pieces': 'rejectLoss_us',
  '速度损失 Loss of speed': 'speedLoss_us',
} as const;

const bigLoss = (nth: number, { zh, en }: Bilingual): string => `${nth} ${zh} ${en}`;
const stepsOf = (nth: number): LossStep => LOSS_STEPS.find(({ big }) => big.includes(nth)) as LossStep;
const bigLosses = (columns: Readonly<Record<number, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(columns).map(([nth, column]) => [
      bigLoss(Number(nth), stepsOf(Number(nth)).title),
      column,
    ]),
  );

/** The big losses of TPM that are time of the machine, in ms; the sixth can't be told from the fifth. */
export const STANDING_LOSSES = bigLosses({ 1: 'breakdown_ms', 2: 'changeover_ms', 3: 'minorStop_ms' });
/** And those that running time is lost to, in µs. */
export const RUNNING_LOSSES = bigLosses({ 4: 'speedLoss_us', 5: 'rejectLoss_us' });

/** What running time was made of. */
export const runningParts = (cells: Cells): Asked => split(PARTS, cells);

/** What of running time was lost. */
export const runningLosses = (cells: Cells): Asked => split(RUNNING_LOSSES, cells);

/** Sums of what running time is split into; no row where a cell has no ideal cycle, as the API gives no split then. */
function split(parts: Readonly<Record<string, string>>, cells: Cells): Asked {
  const columns = Object.entries(parts);
  return {
    influxql: influxql({
      select: columns.map(([as, column]) => [name(column), as]),
      from: {
        select: [
          ...columns.map(([, column]) => [`sum(${name(column)})`, column] as const),
          ['sum("split_none")', 'none'],
        ],
        from: 'ledger',
        where: conditions(cells),
        by: cells.by,
        ...everyOf(cells),
      },
      where: ['"none" = 0'],
      by: cells.by,
    }),
    format: formatOf(cells),
    ...(cells.each ? { alias: '$col' } : {}),
    equals: { ask: 'ledger', columns: parts, cells },
  };
}

/** Each machine by its whole path. */
export const BY_MACHINE = LEVELS;
export const BY_LINE = LEVELS.slice(0, -1);
