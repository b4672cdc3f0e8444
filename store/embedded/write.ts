import type { Reading, SignalValue } from '../../domain/observation.ts';
import { readingFault, valueFault } from '../limits.ts';
import type { JournalPosition, StoreRefusal } from '../port.ts';
import { hear, hearNext } from './heard.ts';
import { type Layout, layoutOf } from './layout.ts';
import { observeAll, type Picture, type Series } from './picture.ts';
import { savePicture } from './save.ts';
import { type Session, writeTransaction } from './session.ts';
import { setAbsent } from './table-writer.ts';
import { flushTables, type Tables } from './tables.ts';

/**
 * Rows after which the picture is saved, at least so many and so many for each machine: what a start after a kill reads again
 * at most. Saving costs by the machine, and must not be what a message costs.
 */
const SAVE_EVERY_ROWS = 500_000;
const SAVE_EVERY_ROWS_A_MACHINE = 200;

/** Stores a batch and the journal position in one transaction; then, and only then, the picture knows of it. */
export async function writeBatch(
  session: Session,
  batch: readonly Reading[],
  position: JournalPosition | undefined,
): Promise<readonly StoreRefusal[]> {
  const { tables, picture } = session;
  if (batch.length === 0 && !position) return [];
  const refusals: StoreRefusal[] = [];
  // Two lists, since an object for each reading would grow old while the database writes.
  const kept: Reading[] = [];
  const layouts: Layout[] = [];
  let rows = 0;
  await writeTransaction(session, async (connection) => {
    for (let index = 0; index < batch.length; index++) {
      const reading = sound(batch[index] as Reading, index, refusals);
      if (!reading) continue;
      const layout = layoutOf(picture, picture.machineOf(reading), reading);
      rows += appendReading(tables, session.epoch, layout, reading);
      kept.push(reading);
      layouts.push(layout);
    }
    appendNames(tables, picture);
    flushTables(tables);
    if (position) {
      await connection.run(`UPDATE about SET segment = ${position.segment}, "offset" = ${position.offset}`);
    }
  });
  if (position) session.position = position;
  namesSaved(picture);
  for (let at = 0; at < kept.length; at++) {
    const [reading, layout] = [kept[at] as Reading, layouts[at] as Layout];
    const { machine } = layout;
    if (!hearNext(picture.newestStretches, machine.id, reading.ts)) hear(machine.heard, reading.ts);
    observeAll(layout, reading);
  }
  session.unsavedRows += rows;
  const most = Math.max(SAVE_EVERY_ROWS, SAVE_EVERY_ROWS_A_MACHINE * picture.machines.size);
  if (session.unsavedRows >= most) await savePicture(session);
  return refusals;
}

/** The reading without what can't be held; `undefined` where nothing is left of it. */
function sound(reading: Reading, index: number, refusals: StoreRefusal[]): Reading | undefined {
  const { signals, values } = reading;
  const fault = readingFault(reading);
  if (fault !== undefined) {
    refusals.push({ reading: index, signal: null, detail: fault });
    return undefined;
  }
  let faulty: Set<number> | undefined;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as SignalValue;
    if (typeof value === 'boolean') continue;
    const detail = valueFault(value);
    if (detail === undefined) continue;
    refusals.push({ reading: index, signal: signals[at] as string, detail });
    faulty ??= new Set();
    faulty.add(at);
  }
  if (signals.length === (faulty?.size ?? 0)) return undefined;
  if (!faulty) return reading;
  const kept = <T>(all: readonly T[]): T[] => all.filter((_, at) => !faulty.has(at));
  return { ...reading, signals: kept(signals), values: kept(values) };
}

/** Fills the columns of the tables; returns how many rows that took. */
function appendReading(
  tables: Tables,
  epoch: number,
  { machine, plan, series }: Layout,
  reading: Reading,
): number {
  const { ts, values } = reading;
  const { gauges, others } = plan;
  for (const { part, full, sources } of gauges) {
    const { gauge } = tables;
    const { row } = gauge.rows;
    gauge.machine.values[row] = machine.id;
    gauge.ts.values[row] = ts;
    gauge.epoch.values[row] = epoch;
    gauge.part.values[row] = part;
    for (let slot = 0; slot < sources.length; slot++) {
      const source = sources[slot] as number;
      const column = gauge.slots[slot] as Tables['gauge']['slots'][number];
      if (full || source >= 0) column.values[row] = values[source] as number;
      else setAbsent(column, row);
    }
    gauge.rows.next();
  }
  for (const at of others) {
    const { signal, type } = series[at] as Series;
    const table = tables[type as 'text' | 'int64' | 'boolean'];
    const { row } = table.rows;
    table.machine.values[row] = machine.id;
    table.ts.values[row] = ts;
    table.epoch.values[row] = epoch;
    table.signal.values[row] = signal.id;
    const value = values[at] as SignalValue;
    (table.value.values as SignalValue[])[row] = typeof value === 'boolean' ? Number(value) : value;
    table.rows.next();
  }
  return gauges.length + others.length;
}

/** Hands the names that the database doesn't know yet to the open transaction; {@link namesSaved} once it is committed. */
export function appendNames(tables: Tables, { unsavedMachines, unsavedSignals }: Picture): void {
  const { machine, signal } = tables;
  for (const { id, path } of unsavedMachines) {
    machine.id.values[machine.rows.row] = id;
    machine.path.values[machine.rows.row] = path;
    machine.rows.next();
  }
  for (const { id, name, place } of unsavedSignals) {
    const { row } = signal.rows;
    signal.id.values[row] = id;
    signal.name.values[row] = name;
    signal.part.values[row] = place?.part ?? -1;
    signal.slot.values[row] = place?.slot ?? -1;
    signal.rows.next();
  }
}

export function namesSaved({ unsavedMachines, unsavedSignals }: Picture): void {
  unsavedMachines.clear();
  unsavedSignals.clear();
}
