import type { SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { DecodedReading, RefusedPart } from '../decode/decoder.ts';
import { quoted } from '../decode/names.ts';
import { signalValueOf } from '../decode/value.ts';
import { type Definitions, type Entry, newEntry, ofAlias, setAlias, type Table } from './births.ts';
import { dataSetText } from './dataset.ts';
import { DATASET_CODE, datatypeName, datatypeOf, TEMPLATE_CODE } from './datatypes.ts';
import { DATASET, NONE, nameOf, type PayloadHead, RawMetric, readMetric, TEMPLATE } from './payload.ts';
import { isGood, readProperties, unitOf } from './properties.ts';
import { ReadingsMaker } from './readings.ts';
import { readTemplate } from './template.ts';
import { Unreadable } from './unreadable.ts';
import type { WireReader } from './wire.ts';

/** What the metrics of a payload come to. */
export interface Translated {
  readonly readings: readonly DecodedReading[];
  readonly refused: readonly RefusedPart[];
  readonly ignored: number;
  /** A metric that no birth has told of: only another birth can. */
  readonly hasUnknown: boolean;
}

export interface TranslateOptions {
  readonly reader: WireReader;
  readonly head: PayloadHead;
  readonly machine: MachinePath;
  /** Data is read by it; a birth fills it. */
  readonly table: Table;
  readonly definitions: Definitions;
  readonly isBirth: boolean;
  /**
   * Until when the machine was told dead, for a birth: what it says holds now, so what it dates before that counts from its own
   * time on, or from right behind the death where the node's clock is behind ours.
   */
  readonly diedAt?: EpochMs | null;
  /** Whether the digits of an integer that is too large are wanted as a text. */
  readonly wantsDigits?: WantsDigits | undefined;
}

export type WantsDigits = (machine: MachinePath, signal: string) => boolean;

/** Where a value belongs that a birth dates at `ts`. */
export function placed(ts: EpochMs | null, head: PayloadHead, diedAt: EpochMs | null): EpochMs | null {
  if (diedAt === null || (ts !== null && ts > diedAt)) return ts;
  return head.timestamp !== null && head.timestamp > diedAt ? head.timestamp : diedAt + 1;
}

/** Reads the metrics of a payload whose outer level was read; throws `NotProtobuf`. */
export function translate(options: TranslateOptions): Translated {
  const { reader, head, machine, table, definitions, isBirth, diedAt = null, wantsDigits } = options;
  const { places } = head;
  const maker = new ReadingsMaker(machine, table);
  const refused: RefusedPart[] = [];
  let ignored = 0;
  let hasUnknown = false;
  const metric = new RawMetric();
  /** Metrics that the birth doesn't have. */
  const strangers = new Map<string, Entry>();

  const refuse = (code: RefusedPart['code'], detail: string): void => {
    refused.push({ code, detail, observations: 1 });
  };
  const unreadable = ({ name }: Entry, { why, digits }: Unreadable): void => {
    const remedy = digits === undefined ? '' : ', or let a rule make it a text or a rounded number';
    refuse('sparkplug-value', `The metric ${quoted(name)} ${why}; correct it at the edge node${remedy}.`);
  };
  /** Takes what was read of a value. */
  const taken = (entry: Entry, ts: EpochMs | null, value: SignalValue | Unreadable): void => {
    if (!(value instanceof Unreadable)) add(entry, ts, value);
    else if (value.digits !== undefined && wantsDigits?.(machine, entry.signal)) add(entry, ts, value.digits);
    else unreadable(entry, value);
  };

  /** What a birth tells of the past stays there; all else of it holds now. */
  function instantOf({ timestamp, historical }: RawMetric, otherwise: EpochMs | null): EpochMs | null {
    const dated = timestamp ?? otherwise;
    return isBirth && !historical ? placed(dated, head, diedAt) : dated;
  }

  /** [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-tags-stale] and its like: no value is no fact. */
  function withoutValue(entry: Entry, ts: EpochMs | null, why: 'no-value' | 'bad-quality'): void {
    if (entry.signal !== 'state') {
      ignored++;
      return;
    }
    // A state that nobody can tell is unknown from then on; the one before must not go on.
    maker.add(entry, ts, 'unknown');
    maker.add(table.byName.get('reason') ?? REASON, ts, why);
  }

  function add(entry: Entry, ts: EpochMs | null, value: SignalValue): void {
    if (entry.isPlain) {
      if (typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'string') {
        maker.add(entry, ts, value);
        return;
      }
    }
    const asked = TEXTS.has(entry.signal) && typeof value !== 'string' ? String(value) : value;
    const sound = signalValueOf(entry.signal, asked, 'The payload');
    if (typeof sound === 'object') refused.push(sound);
    else maker.add(entry, ts, sound);
  }

  function take(entry: Entry, raw: RawMetric, ts: EpochMs | null, depth = 0): void {
    if (entry.isProtocols || raw.transient) {
      ignored++;
      return;
    }
    if (raw.propertiesFrom !== -1) {
      const properties = readProperties(reader, raw.propertiesFrom, raw.propertiesEnd);
      if (properties instanceof Unreadable) {
        unreadable(entry, properties);
        return;
      }
      const unit = isBirth ? unitOf(properties) : null;
      if (unit !== null) table.units.set(entry.signal, unit);
      if (!isGood(properties)) {
        withoutValue(entry, ts, 'bad-quality');
        return;
      }
    }
    if (raw.isNull || raw.member === NONE) {
      withoutValue(entry, ts, 'no-value');
      return;
    }
    // [tck-id-payloads-metric-datatype-not-req] Data leaves it to the birth.
    const code = raw.datatype === 0 ? entry.datatype : raw.datatype;
    const datatype = datatypeOf(code);
    let value: SignalValue | Unreadable;
    if (datatype) value = datatype.read(raw, reader);
    else if (code === DATASET_CODE && raw.member === DATASET) value = dataSetText(reader, raw.from, raw.end);
    else if (code === TEMPLATE_CODE && raw.member === TEMPLATE) {
      takeTemplate(entry, raw, ts, depth);
      return;
    } else value = new Unreadable(`has the datatype ${datatypeName(code)}, and a value that is none`);
    taken(entry, ts, value);
  }

  /** An instance's members are signals of their own; a definition measures nothing. */
  function takeTemplate(entry: Entry, raw: RawMetric, ts: EpochMs | null, depth: number): void {
    if (depth === MOST_NESTED) {
      unreadable(entry, new Unreadable(`is a Template nested more than ${MOST_NESTED} deep`));
      return;
    }
    const found = readTemplate({ reader, from: raw.from, end: raw.end, entry, definitions, learns: isBirth });
    if (found instanceof Unreadable) {
      unreadable(entry, found);
      return;
    }
    if (found.isDefinition) {
      ignored++;
      return;
    }
    for (const name of found.unknown) {
      hasUnknown = true;
      refuse(
        'sparkplug-unknown-metric',
        unknownDetail(`the member ${quoted(name)} of ${quoted(entry.name)}`),
      );
    }
    for (const { entry: member, metric: own } of found.members) {
      own.historical ||= raw.historical;
      take(member, own, instantOf(own, ts), depth + 1);
    }
    for (const { entry: parameter, value } of found.parameters) {
      if (value === null) ignored++;
      else taken(parameter, ts, value);
    }
  }

  function entryOf(raw: RawMetric): Entry | undefined {
    if (!isBirth) {
      const known = raw.hasAlias ? ofAlias(table, raw.alias) : undefined;
      if (known && raw.nameFrom === -1) return known;
      const name = nameOf(reader, raw);
      if (name === null) return known;
      const named = table.byName.get(name);
      if (named || raw.datatype === 0) return named;
      // It says itself what it is: nothing is lost, though a birth ought to have told of it.
      hasUnknown = true;
      const stranger = strangers.get(name) ?? newEntry({ name, datatype: raw.datatype });
      strangers.set(name, stranger);
      return stranger;
    }
    const name = nameOf(reader, raw);
    if (name === null) return undefined;
    const entry = newEntry({
      name,
      datatype: raw.datatype,
      members: raw.datatype === TEMPLATE_CODE ? new Map() : null,
    });
    table.byName.set(name, entry);
    if (raw.hasAlias) setAlias(table, raw.alias, entry);
    return entry;
  }

  for (let at = 0; at < places.length; at += 2) {
    const end = places[at + 1] as number;
    readMetric(reader, metric, places[at] as number, end);
    const entry = entryOf(metric);
    if (!entry) {
      hasUnknown ||= !isBirth;
      if (isBirth) refuse('sparkplug-value', NAMELESS);
      else {
        const name = nameOf(reader, metric);
        const called =
          name !== null
            ? `the metric ${quoted(name)}`
            : metric.hasAlias
              ? `the alias ${metric.alias}`
              : 'a metric with neither name nor alias';
        refuse('sparkplug-unknown-metric', unknownDetail(called));
      }
      continue;
    }
    take(entry, metric, instantOf(metric, head.timestamp));
  }
  maker.flush();
  return { readings: maker.readings, refused, ignored, hasUnknown };
}

const REASON: Entry = newEntry({ name: 'reason', datatype: 12 });
const TEXTS: ReadonlySet<string> = new Set(['state', 'reason', 'order', 'product']);
const MOST_NESTED = 16;
const NAMELESS = 'A metric of the birth has no name; every metric of a birth needs one.';

const unknownDetail = (called: string): string =>
  `The birth tells nothing of ${called}; a rebirth is asked for, and the message is read again when it comes.`;
