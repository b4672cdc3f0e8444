import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { JournalPosition, RecordedCell } from '../port.ts';
import type { Series } from './series.ts';

export interface MachineContents {
  /** Every instant at which any signal was heard, ascending. */
  readonly heard: EpochMs[];
  readonly signals: Map<string, Series>;
}

/** What a memory store holds; handed to a second store, it is what a restart finds. */
export interface MemoryContents {
  position: JournalPosition | null;
  readonly machines: Map<MachinePath, MachineContents>;
  /** The newest revision by machine, grain and start. */
  readonly cells: Map<string, RecordedCell>;
  /** Older revisions, in the order in which they were replaced. */
  readonly history: RecordedCell[];
}

export const emptyContents = (): MemoryContents => ({
  position: null,
  machines: new Map(),
  cells: new Map(),
  history: [],
});
