import { LEDGER_FLAGS, type LedgerFlag, TIME_CLASSES, zeroMs } from '../../domain/ledger-row.ts';
import type { Grain, RecordedCell } from '../port.ts';
import type { Cell } from './influxql.ts';

/** The columns that a cell is read from, beside those of its KPIs. */
export const CELL_COLUMNS: readonly string[] = [
  ...TIME_CLASSES.map((name) => `${name}_ms`),
  ...['productive_us', 'rejectLoss_us', 'speedLoss_us', 'split'],
  ...['produced', 'good', 'reject', 'duringUnknown', 'extra', 'rework', 'rework_none', 'inspected'],
  ...['order_ms', 'orderUnknown_ms', 'orderBusy_ms', 'orderRunning_ms', 'orderProduced', 'failures'],
  ...['energyPlanned_wh', 'energyOutside_wh', 'energyDuringUnknown_wh', 'energy_none'],
  ...['to', 'flags', 'digest', 'revision'],
];

type Row = readonly Cell[];

/** Reads cells of one machine and grain from rows with these columns; where those of the KPIs aren't among them, without. */
export function cellReader(columns: readonly string[]) {
  const placeOf = (column: string): number => columns.indexOf(column);
  const integerIn = (column: string) => {
    const place = placeOf(column);
    return (row: Row): number => Number(row[place] ?? 0);
  };
  const exactIn = (column: string) => {
    const place = placeOf(column);
    return (row: Row): bigint => BigInt((row[place] ?? 0) as number | bigint);
  };
  const textIn = (column: string) => {
    const place = placeOf(column);
    return (row: Row): string => `${row[place] ?? ''}`;
  };
  /** What a line of an older program says nothing of isn't known. */
  const saidIn = (column: string, said: Cell) => {
    const place = placeOf(column);
    return (row: Row): boolean => row[place] === said;
  };
  const classes = TIME_CLASSES.map((name) => [name, integerIn(`${name}_ms`)] as const);
  const us = {
    productive: exactIn('productive_us'),
    rejectLoss: exactIn('rejectLoss_us'),
    speedLoss: exactIn('speedLoss_us'),
  };
  const integer = {
    ...{ from: integerIn('time'), to: integerIn('to'), revision: integerIn('revision') },
    ...{ produced: integerIn('produced'), good: integerIn('good'), reject: integerIn('reject') },
    ...{ duringUnknown: integerIn('duringUnknown'), extra: integerIn('extra') },
    ...{ rework: integerIn('rework'), inspected: integerIn('inspected'), failures: integerIn('failures') },
    ...{ order: integerIn('order_ms'), orderUnknown: integerIn('orderUnknown_ms') },
    ...{ orderBusy: integerIn('orderBusy_ms'), orderRunning: integerIn('orderRunning_ms') },
    ...{ orderProduced: integerIn('orderProduced'), planned: integerIn('energyPlanned_wh') },
    ...{ outside: integerIn('energyOutside_wh'), energyUnknown: integerIn('energyDuringUnknown_wh') },
  };
  const isSplit = saidIn('split', true);
  const hasRework = saidIn('rework_none', 0);
  const hasEnergy = saidIn('energy_none', 0);
  const [flags, digest, kpis] = [textIn('flags'), textIn('digest'), textIn('kpis')];
  const withKpis = columns.includes('kpis');
  const figures = new Map<string, readonly [(row: Row) => bigint, (row: Row) => bigint]>();
  const figureOf = (id: string) =>
    figures.getOrInsertComputed(id, () => [exactIn(`${id}_num`), exactIn(`${id}_den`)]);

  return (machine: string, grain: Grain, row: Row): RecordedCell => {
    const ms = zeroMs();
    for (const [name, of] of classes) ms[name] = of(row);
    return {
      ...{ machine, grain, from: integer.from(row), to: integer.to(row), ms },
      runningUs: isSplit(row)
        ? { productive: us.productive(row), rejectLoss: us.rejectLoss(row), speedLoss: us.speedLoss(row) }
        : null,
      counts: {
        produced: integer.produced(row),
        good: integer.good(row),
        reject: integer.reject(row),
        duringUnknown: integer.duringUnknown(row),
        extra: integer.extra(row),
      },
      quality: { rework: hasRework(row) ? integer.rework(row) : null, inspected: integer.inspected(row) },
      orders: {
        ms: integer.order(row),
        unknownMs: integer.orderUnknown(row),
        busyMs: integer.orderBusy(row),
        runningMs: integer.orderRunning(row),
        produced: integer.orderProduced(row),
      },
      failures: integer.failures(row),
      energyWh: hasEnergy(row)
        ? {
            planned: integer.planned(row),
            outside: integer.outside(row),
            duringUnknown: integer.energyUnknown(row),
          }
        : null,
      flags: wordsIn(flags(row)).filter(isFlag),
      ...(withKpis && {
        kpis: Object.fromEntries(
          wordsIn(kpis(row)).map((id) => {
            const [num, den] = figureOf(id);
            return [id, { num: num(row), den: den(row) }];
          }),
        ),
      }),
      digest: digest(row),
      revision: integer.revision(row),
    };
  };
}

const isFlag = (word: string): word is LedgerFlag => (LEDGER_FLAGS as readonly string[]).includes(word);

/** The words of a list as a line holds it. */
export const wordsIn = (list: string): readonly string[] => list.split(',').filter((word) => word !== '');
