import type { SignalType, SignalValue } from '../../domain/observation.ts';
import { ByteReader } from './bytes.ts';
import { readValue } from './codec.ts';
import type { JournalReading } from './records.ts';

/** The shapes of a segment, by number, from 1. */
export type ShapeTable = (NumberedShape | undefined)[];

interface NumberedShape {
  readonly machine: string;
  /** Of the run that wrote it; -1: read back. */
  readonly machineNumber: number;
  readonly signals: readonly string[];
  readonly types: readonly SignalType[];
  readonly allDoubles: boolean;
}

const NONE: readonly number[] = [];

/** The readings of a group, from the end of its record. Throws where a shape isn't in the table. */
export function readReadings(bytes: Buffer, count: number, shapes: ShapeTable): JournalReading[] {
  const reader = new ByteReader(bytes);
  const readings: JournalReading[] = [];
  for (let index = 0; index < count; index++) readings.push(readReading(reader, shapes));
  return readings;
}

function readReading(reader: ByteReader, shapes: ShapeTable): JournalReading {
  const shape = shapes[reader.varint()];
  if (!shape) throw new RangeError('the journal names a shape that its segment does not define');
  const place = reader.varint();
  const ts = reader.f64();
  const replaced = place & 2 ? reader.list(() => reader.varint()) : NONE;
  const values: SignalValue[] = shape.allDoubles
    ? reader.doubles(shape.types.length)
    : shape.types.map((type) => readValue(reader, type));
  const { machine, machineNumber, signals } = shape;
  const source = Math.floor(place / 4);
  return { machine, machineNumber, ts, signals, values, source, continues: (place & 1) === 1, replaced };
}
