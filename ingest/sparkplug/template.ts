import type { SignalValue } from '../../domain/observation.ts';
import { type Definitions, type Entry, newEntry } from './births.ts';
import { datatypeName, datatypeOf, TEMPLATE_CODE } from './datatypes.ts';
import { NONE, nameOf, RawMetric, RawValue, readMember, readMetric } from './payload.ts';
import { Unreadable } from './unreadable.ts';
import { BYTES, textOf, VARINT, type WireReader } from './wire.ts';

/** Members of `Parameter` are numbered 3 to 8 as those of a metric are from 10. */
const VALUE_SHIFT = 7;
const MOST_MEMBERS = 1000;

export interface TemplateFound {
  readonly isDefinition: boolean;
  readonly members: readonly { readonly entry: Entry; readonly metric: RawMetric }[];
  readonly parameters: readonly { readonly entry: Entry; readonly value: SignalValue | Unreadable | null }[];
  /** Members that neither a birth nor themselves say what they are. */
  readonly unknown: readonly string[];
}

/**
 * Message `Template`, between two places [Sparkplug B 3.0, 6.4.22]. A birth's instance and the node's definitions say of which
 * datatypes the members are; data leaves that out. `learns`: it is a birth's.
 */
export function readTemplate({
  reader,
  from,
  end,
  entry,
  definitions,
  learns,
}: {
  readonly reader: WireReader;
  readonly from: number;
  readonly end: number;
  readonly entry: Entry;
  readonly definitions: Definitions;
  readonly learns: boolean;
}): TemplateFound | Unreadable {
  const outerEnd = reader.end;
  const places: number[] = [];
  const parameterPlaces: number[] = [];
  let reference: string | null = null;
  let isDefinition = false;
  reader.at = from;
  reader.end = end;
  try {
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === 5 * 8 + VARINT) isDefinition = reader.number() !== 0;
      else if (tag === 2 * 8 + BYTES || tag === 3 * 8 + BYTES || tag === 4 * 8 + BYTES) {
        const to = reader.length();
        if (tag === 4 * 8 + BYTES) reference = textOf(reader.bytes, reader.at, to);
        else (tag === 2 * 8 + BYTES ? places : parameterPlaces).push(reader.at, to);
        reader.at = to;
      } else reader.skip(tag);
    }
    if (places.length / 2 > MOST_MEMBERS) {
      return new Unreadable(`is a Template of ${places.length / 2} members; ${MOST_MEMBERS} are the most`);
    }
    const defined = reference === null ? undefined : definitions.get(reference);
    const own = entry.members ?? new Map<string, Entry>();
    const members: { entry: Entry; metric: RawMetric }[] = [];
    const unknown: string[] = [];
    for (let at = 0; at < places.length; at += 2) {
      const metric = new RawMetric();
      readMetric(reader, metric, places[at] as number, places[at + 1] as number);
      const name = nameOf(reader, metric);
      if (name === null) return new Unreadable('is a Template with a member that has no name');
      let member = own.get(name);
      if (!member) {
        const datatype = metric.datatype || (defined?.get(name)?.datatype ?? 0);
        if (datatype === 0) {
          unknown.push(name);
          continue;
        }
        member = newEntry({
          name,
          datatype,
          prefix: entry.signal,
          members: datatype === TEMPLATE_CODE ? new Map() : null,
        });
        if (learns) own.set(name, member);
      }
      members.push({ entry: member, metric });
    }
    if (isDefinition && learns) definitions.set(entry.name, own);
    const parameters = isDefinition ? [] : parametersOf(reader, parameterPlaces, entry, own);
    return { isDefinition, members, parameters, unknown };
  } finally {
    reader.end = outerEnd;
  }
}

/** An instance's parameters are told like members; one that is named like a member gives way to it. */
function parametersOf(
  reader: WireReader,
  places: readonly number[],
  { signal }: Entry,
  members: ReadonlyMap<string, Entry>,
): { entry: Entry; value: SignalValue | Unreadable | null }[] {
  const found: { entry: Entry; value: SignalValue | Unreadable | null }[] = [];
  for (let place = 0; place < places.length; place += 2) {
    const end = places[place + 1] as number;
    const value = new RawValue();
    let name = '';
    let type = 0;
    reader.at = places[place] as number;
    reader.end = end;
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === 1 * 8 + BYTES) {
        const to = reader.length();
        name = textOf(reader.bytes, reader.at, to);
        reader.at = to;
      } else if (tag === 2 * 8 + VARINT) type = reader.number();
      else if (!readMember(reader, value, tag, VALUE_SHIFT)) reader.skip(tag);
    }
    if (members.has(name)) continue;
    const entry = newEntry({ name, datatype: type, prefix: signal });
    if (value.member === NONE) found.push({ entry, value: null });
    else {
      const datatype = datatypeOf(type);
      const read =
        datatype?.read(value, reader) ??
        new Unreadable(`has the datatype ${datatypeName(type)}, which a parameter can't have`);
      found.push({ entry, value: read });
    }
  }
  return found;
}
