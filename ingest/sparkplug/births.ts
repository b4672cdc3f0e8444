import { RESERVED_SIGNALS } from '../../domain/observation.ts';
import { nameFault } from '../decode/names.ts';
import { isProtocols, signalOf } from './names.ts';

/** What a birth says of a metric. */
export interface Entry {
  readonly name: string;
  readonly signal: string;
  readonly datatype: number;
  /** It serves the protocol, and measures nothing. */
  readonly isProtocols: boolean;
  /** The name is sound and not reserved: a number of it needs no second look. */
  readonly isPlain: boolean;
  /** Of a template's instance, its members by name; `null`: it is none. */
  readonly members: Map<string, Entry> | null;
  /** The number of the last reading that holds it: a reading holds a signal once. */
  inReading: number;
}

/** What a node or a device can report, as its last birth said. */
export interface Table {
  readonly byName: Map<string, Entry>;
  /** [tck-id-payloads-alias-data-cmd-requirement] The names that data leaves out; small aliases stand in a list. */
  readonly bySmallAlias: (Entry | undefined)[];
  readonly byAlias: Map<number | bigint, Entry>;
  /** Units of signals, where the publisher tells them. */
  readonly units: Map<string, string>;
  /** Signals of the last reading: the next one most likely has the same, and then shares the list. */
  lastSignals: readonly string[];
}

/** Members of the templates that a node's birth defined, by the template's name. */
export type Definitions = Map<string, Map<string, Entry>>;

export const newTable = (): Table => ({
  byName: new Map(),
  bySmallAlias: [],
  byAlias: new Map(),
  units: new Map(),
  lastSignals: [],
});

/** Aliases below this are nearly all that there are. */
const SMALL = 4096;

export function setAlias(table: Table, alias: number | bigint, entry: Entry): void {
  if (typeof alias === 'number' && alias < SMALL) {
    while (table.bySmallAlias.length <= alias) table.bySmallAlias.push(undefined);
    table.bySmallAlias[alias] = entry;
  } else table.byAlias.set(alias, entry);
}

export const ofAlias = ({ bySmallAlias, byAlias }: Table, alias: number | bigint): Entry | undefined =>
  typeof alias === 'number' && alias < SMALL ? bySmallAlias[alias] : byAlias.get(alias);

/** `prefix`: of the template that it is a member of. */
export function newEntry({
  name,
  datatype,
  members = null,
  prefix = '',
}: {
  readonly name: string;
  readonly datatype: number;
  readonly members?: Map<string, Entry> | null;
  readonly prefix?: string;
}): Entry {
  const signal = prefix === '' ? signalOf(name) : `${prefix}/${signalOf(name)}`;
  return {
    name,
    signal,
    datatype,
    isProtocols: prefix === '' && isProtocols(name),
    isPlain: !(RESERVED_SIGNALS as readonly string[]).includes(signal) && nameFault(signal) === undefined,
    members,
    inReading: 0,
  };
}

/** Two names of a birth that differ in nothing but case, which Sparkplug advises against; `undefined`: there are none. */
export function collision(table: Table): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const name of table.byName.keys()) {
    const folded = name.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) return [other, name];
    seen.set(folded, name);
  }
  return undefined;
}
