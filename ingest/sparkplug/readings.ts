import type { SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { DecodedReading } from '../decode/decoder.ts';
import type { Entry, Table } from './births.ts';

/** Numbers readings across all messages, so that an entry can tell whether it is in the one that is being made. */
let readingNumber = 0;

/**
 * Puts values that follow one another at one instant into one reading. A metric that comes again at the same instant begins
 * another one: the values of a payload are in the order of time, so the later one counts.
 */
export class ReadingsMaker {
  readonly readings: DecodedReading[] = [];
  readonly #machine: MachinePath;
  readonly #table: Table;
  #ts: EpochMs | null = null;
  #signals: string[] | null = null;
  #values: SignalValue[] = [];

  constructor(machine: MachinePath, table: Table) {
    this.#machine = machine;
    this.#table = table;
    readingNumber++;
  }

  add(entry: Entry, ts: EpochMs | null, value: SignalValue): void {
    if (this.#values.length > 0 && (ts !== this.#ts || entry.inReading === readingNumber)) this.flush();
    this.#ts = ts;
    entry.inReading = readingNumber;
    const { lastSignals } = this.#table;
    const place = this.#values.length;
    if (this.#signals === null && lastSignals[place] !== entry.signal) {
      this.#signals = lastSignals.slice(0, place) as string[];
    }
    this.#signals?.push(entry.signal);
    this.#values.push(value);
  }

  flush(): void {
    const count = this.#values.length;
    if (count === 0) return;
    const table = this.#table;
    const isSame = this.#signals === null && count === table.lastSignals.length;
    const signals = isSame ? table.lastSignals : (this.#signals ?? table.lastSignals.slice(0, count));
    table.lastSignals = signals;
    this.readings.push({ machine: this.#machine, ts: this.#ts, signals, values: this.#values });
    this.#values = [];
    this.#signals = null;
    readingNumber++;
  }
}
