import { knownBusyMs, plannedBusyMs, plannedOperationMs, possiblyRunningMs } from '../../domain/formula.ts';
import { kpis as catalogue } from '../../domain/kpi/index.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import type { RecordedCell } from '../port.ts';
import { machineTags, quoteText } from './line-protocol.ts';

const RUNNING_PARTS = ['productive', 'rejectLoss', 'speedLoss'] as const;
const COUNTS = ['produced', 'good', 'reject', 'duringUnknown', 'extra'] as const;

/**
 * A cell as a line of `ledger`, or of `ledger_history` (where the revision is a tag). Every part is an integer field. A
 * newer revision must leave nothing of the older one on the same point, so parts that are null are written as 0, which
 * adds nothing to a panel's sum, and `split` and `kpis` say which parts are there. `retired`: KPIs of the older revision.
 * `{kpi}_none` is 1 where the cell can't have the KPI: a sum that isn't 0 tells a panel what it tells `/kpis`, that a
 * group of which one cell can't have it can't either. `busy_ms`, `known_ms` … are what coverage and bounds divide.
 */
export function ledgerLine(
  cell: RecordedCell,
  measurement: 'ledger' | 'ledger_history',
  retired: Iterable<string> = [],
): string {
  const tags = machineTags(cell.machine);
  if (tags === undefined) throw new TypeError(`machine path "${cell.machine}" hasn't five levels`);
  const recorded = cell.kpis ?? {};
  const kpis = Object.keys(recorded).sort();
  const fields = [
    ...TIME_CLASSES.map((name) => `${name}_ms=${cell.ms[name]}i`),
    `busy_ms=${plannedBusyMs(cell.ms)}i`,
    `known_ms=${knownBusyMs(cell.ms)}i`,
    `operation_ms=${plannedOperationMs(cell.ms)}i`,
    `possiblyRunning_ms=${possiblyRunningMs(cell.ms)}i`,
    ...RUNNING_PARTS.map((part) => `${part}_us=${cell.runningUs?.[part] ?? 0}i`),
    ...COUNTS.map((count) => `${count}=${cell.counts[count]}i`),
    ...furtherFields(cell),
    ...kpis.flatMap((id) => [`${id}_num=${recorded[id]!.num}i`, `${id}_den=${recorded[id]!.den}i`]),
    ...[...retired].filter((id) => !(id in recorded)).flatMap((id) => [`${id}_num=0i`, `${id}_den=0i`]),
    ...catalogue.map(({ id }) => `${id}_none=${id in recorded ? 0 : 1}i`),
    ...(cell.day === undefined ? [] : [`day=${quoteText(cell.day)}`]),
    ...(typeof cell.shift === 'string' ? [`shift=${quoteText(cell.shift)}`] : []),
    `to=${cell.to}i`,
    `split=${cell.runningUs === null ? 'f' : 't'}`,
    `split_none=${cell.runningUs === null ? 1 : 0}i`,
    `kpis=${quoteText(kpis.join(','))}`,
    `digest=${quoteText(cell.digest)}`,
    `flags=${quoteText(cell.flags.join(','))}`,
  ];
  const revision = measurement === 'ledger' ? [`revision=${cell.revision}i`] : [];
  const revisionTag = measurement === 'ledger' ? '' : `,revision=${cell.revision}`;
  return `${measurement}${tags},grain=${cell.grain}${revisionTag} ${[...fields, ...revision].join(',')} ${cell.from}`;
}

/** What else a cell has; `{part}_none` is 1 where it hasn't got the part, as for a KPI. */
function furtherFields({ quality, orders, failures, energyWh }: RecordedCell): readonly string[] {
  return [
    `rework=${quality.rework ?? 0}i`,
    `rework_none=${quality.rework === null ? 1 : 0}i`,
    `inspected=${quality.inspected}i`,
    `order_ms=${orders.ms}i`,
    `orderUnknown_ms=${orders.unknownMs}i`,
    `orderBusy_ms=${orders.busyMs}i`,
    `orderRunning_ms=${orders.runningMs}i`,
    `orderProduced=${orders.produced}i`,
    `failures=${failures}i`,
    `energyPlanned_wh=${energyWh?.planned ?? 0}i`,
    `energyOutside_wh=${energyWh?.outside ?? 0}i`,
    `energyDuringUnknown_wh=${energyWh?.duringUnknown ?? 0}i`,
    `energy_none=${energyWh === null ? 1 : 0}i`,
  ];
}
