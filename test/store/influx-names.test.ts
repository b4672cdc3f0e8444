import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignalType } from '../../domain/observation.ts';
import { decodeName, encodeName, fieldOf, fieldsOf, HEARD, signalOf } from '../../store/influx/names.ts';

const TYPES: readonly SignalType[] = ['double', 'int64', 'boolean', 'text'];

/** Names that look like our fields are likelier here than in a plant. */
const signals = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.constantFrom('x', 'state', 'time', 'heard', 'x__i'),
      fc.constantFrom('', '__i', '__b', '__s', '__d', '__h'),
    )
    .map((parts) => parts.join('')),
);

test('the fields are those of the contract', () => {
  expect(fieldOf('temperature', 'double')).toBe('temperature');
  expect(fieldOf('x', 'int64')).toBe('x__i');
  expect(fieldOf('x', 'boolean')).toBe('x__b');
  expect(fieldOf('x', 'text')).toBe('x__s');
  for (const bare of ['state', 'reason', 'order', 'product']) expect(fieldOf(bare, 'text')).toBe(bare);
  for (const bare of ['count', 'reject']) expect(fieldOf(bare, 'double')).toBe(bare);
});

test('a double whose name would be read as another field has a suffix of its own', () => {
  expect(fieldOf('x__i', 'double')).toBe('x__i__d');
  expect(fieldOf('state', 'double')).toBe('state__d');
  expect(fieldOf('time', 'double')).toBe('time__d');
  expect(fieldOf('machine', 'double')).toBe('machine__d');
  expect(fieldOf('heard__h', 'double')).not.toBe(HEARD);
});

test('signal and type come back from the field, so no two signals share one', () => {
  fc.assert(
    fc.property(signals, fc.constantFrom(...TYPES), (signal, type) => {
      expect(signalOf(fieldOf(signal, type))).toEqual({ signal, type });
    }),
  );
  fc.assert(
    fc.property(signals, (signal) => {
      const fields = fieldsOf(signal);
      expect(new Set(fields).size).toBe(TYPES.length);
      expect(fields).not.toContain(HEARD);
    }),
  );
  expect(signalOf(HEARD)).toBeUndefined();
});

test('any name can be written and comes back; usual ones are left as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const encoded = encodeName(name);
      expect(decodeName(encoded)).toBe(name);
      expect(encoded.isWellFormed()).toBe(true);
      expect(encoded).not.toMatch(/\p{Control}|\\/u);
    }),
  );
  for (const name of ['温度 °C', 'a,b=c d', 'say "x"', "it's", 'Humidity%', '-'])
    expect(encodeName(name)).toBe(name);
  expect(encodeName('a\\')).toBe('a\u241b005c');
  expect(decodeName(encodeName('half \ud800 pair'))).toBe('half \ud800 pair');
});
