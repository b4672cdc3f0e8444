import type { EpochMs, Span } from '../../time.ts';
import { doubleOf, type Fraction, fraction as fractionOf, fractionText } from '../fraction.ts';
import type { Bilingual } from '../register.ts';
import { type Codec, type Members, record, wrong } from './codec.ts';

export const text: Codec<string> = {
  write: (value) => value,
  read(json) {
    if (typeof json !== 'string') throw wrong('a text', json);
    return json;
  },
};

export const flag: Codec<boolean> = {
  write: (value) => value,
  read(json) {
    if (typeof json !== 'boolean') throw wrong('true or false', json);
    return json;
  },
};

/** A double; beyond 2^53 it may be spelt as an integer. */
export const number: Codec<number> = {
  write: (value) => value,
  read(json) {
    if (typeof json !== 'number' && typeof json !== 'bigint') throw wrong('a number', json);
    return Number(json);
  },
};

/** An integer within ±(2^53 − 1). */
export const integer: Codec<number> = {
  write: (value) => value,
  read(json) {
    if (typeof json !== 'number' || !Number.isSafeInteger(json)) throw wrong('an integer', json);
    return json;
  },
};

/** A whole number of pieces: a double, since sums of what a broken counter claims may pass 2^53. */
export const pieces: Codec<number> = {
  write: (value) => value,
  read(json) {
    const value = number.read(json);
    if (!Number.isInteger(value)) throw wrong('a whole number', json);
    return value;
  },
};

/** An integer of any size. */
export const bigInteger: Codec<bigint> = {
  write: (value) => value,
  read(json) {
    if (typeof json === 'bigint') return json;
    return BigInt(integer.read(json));
  },
};

/** ISO 8601, UTC, with milliseconds. */
export const instant: Codec<EpochMs> = {
  write: (value) => new Date(value).toISOString(),
  read(json) {
    const ms = typeof json === 'string' ? Date.parse(json) : Number.NaN;
    if (Number.isNaN(ms) || new Date(ms).toISOString() !== json) {
      throw wrong('a time like 2026-03-02T00:00:00.000Z', json);
    }
    return ms;
  },
};

interface WireFraction {
  readonly fraction: string;
  readonly value: number;
}
const wireFraction: Codec<WireFraction> = record<WireFraction>({ fraction: text, value: number });

const wire = (value: Fraction): WireFraction => ({
  fraction: fractionText(value),
  value: doubleOf(value),
});

/** `{"fraction":"5/3","value":1.6666666666666667}`: the value is for readers that don't need it exact. */
export const fraction: Codec<Fraction> = {
  write: (value) => wireFraction.write(wire(value)),
  read(json) {
    const given = wireFraction.read(json);
    const [, numerator, denominator] = /^(-?\d+)(?:\/(\d*[1-9]\d*))?$/.exec(given.fraction) ?? [];
    if (numerator === undefined) throw wrong('a fraction like 5/3', given.fraction);
    const value = fractionOf(BigInt(numerator), BigInt(denominator ?? 1));
    const again = wire(value);
    if (again.fraction !== given.fraction) throw wrong(`${again.fraction}, its lowest terms`, given.fraction);
    if (again.value !== given.value)
      throw wrong(`${again.value}, the value of ${again.fraction}`, given.value);
    return value;
  },
};

export const bilingual: Codec<Bilingual> = record<Bilingual>({ zh: text, en: text });

export const spanMembers: Members<Span> = { from: instant, to: instant };
export const span: Codec<Span> = record<Span>(spanMembers);
