import { setImmediate as nextTurn } from 'node:timers/promises';
import { saved, unsaved } from './heard.ts';
import { TYPE_CODES } from './load.ts';
import { heldSeries, type MachineEntry, type Series } from './picture.ts';
import { type Session, writeTransaction } from './session.ts';
import { setAbsent } from './table-writer.ts';
import { flushTables, type Tables } from './tables.ts';

/** The table `picture` is written anew when it holds this many times the series there are. */
const OUTDATED_FACTOR = 4;
/** Series that are handed over before other work may run: those of ten thousand machines take a third of a second. */
const SERIES_A_TURN = 2_000;

/**
 * Saves what memory knows of the rows written so far, so that the next opening need not read them again. A series
 * that changed gets a further row (the last one counts); now and then the table is written anew.
 */
export async function savePicture(session: Session, { anew = false } = {}): Promise<void> {
  const { tables, picture, epoch } = session;
  const machines = [...picture.machines.values()];
  const total = machines.reduce((sum, { series }) => sum + series.size, 0);
  const rewrite = anew || session.pictureRows > OUTDATED_FACTOR * total + 1000;
  const series: Series[] = [];
  let turnEnds = SERIES_A_TURN;
  await writeTransaction(session, async (connection) => {
    if (rewrite) await connection.run('DELETE FROM picture');
    for (const machine of machines) {
      for (const one of heldSeries(machine)) {
        if (!rewrite && !one.changed) continue;
        appendSeries(tables, machine, one);
        series.push(one);
      }
      appendStretches(tables, machine);
      if (series.length < turnEnds) continue;
      turnEnds = series.length + SERIES_A_TURN;
      await nextTurn();
    }
    flushTables(tables);
    await connection.run(`UPDATE about SET saved_epoch = ${epoch}`);
  });
  for (const one of series) one.changed = false;
  for (const { heard } of machines) saved(heard);
  session.epoch = epoch + 1;
  session.unsavedRows = 0;
  session.pictureRows = (rewrite ? 0 : session.pictureRows) + series.length;
}

function appendSeries(
  { picture }: Tables,
  { id }: MachineEntry,
  { signal, type, first, last, value }: Series,
): void {
  const { row } = picture.rows;
  picture.machine.values[row] = id;
  picture.signal.values[row] = signal.id;
  picture.type.values[row] = TYPE_CODES.indexOf(type);
  picture.first.values[row] = first;
  picture.last.values[row] = last;
  if (typeof value === 'number') picture.double.values[row] = value;
  else setAbsent(picture.double, row);
  picture.int64.values[row] = typeof value === 'bigint' ? value : value === true ? 1n : 0n;
  picture.text.values[row] = typeof value === 'string' ? value : '';
  picture.rows.next();
}

function appendStretches({ heard: table }: Tables, { id, heard }: MachineEntry): void {
  for (const { first, last, gap } of unsaved(heard)) {
    const { row } = table.rows;
    table.machine.values[row] = id;
    table.first.values[row] = first;
    table.last.values[row] = last;
    table.gap.values[row] = gap;
    table.rows.next();
  }
}
