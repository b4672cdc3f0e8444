import type { Scale, SignalRule } from '../../domain/mapping/rule.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { exactInteger, fitsInt64 } from '../decode/integers.ts';
import { shown } from '../decode/names.ts';

/** Why a value can't be what a rule makes of it. */
export interface ValueFault {
  readonly code: RefusalCode;
  /** Ends a sentence that begins with the place and the signal. */
  readonly what: string;
  /** The digits that were sent, where a text or a rounded number can be made of them. */
  readonly digits?: string;
}

/** Makes the value of a signal from what the payload holds; what is no plain value goes through, for the guard to refuse. */
export type Convert = (raw: unknown) => unknown;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;
const TRUE = new Set(['true', 'on', 'yes', '1']);
const FALSE = new Set(['false', 'off', 'no', '0']);

export const isFault = (value: unknown): value is ValueFault =>
  typeof value === 'object' && value !== null && 'code' in value && 'what' in value;

/** How a signal's values are made. `isText`: the payload is bare text, in which numbers look like any other. */
export function converterOf(
  { type, scale, map, otherwise }: Pick<SignalRule, 'type' | 'scale' | 'map' | 'otherwise'>,
  isText: boolean,
): Convert | null {
  const steps: Convert[] = [];
  if (map) steps.push((raw) => mapped(raw, map, otherwise));
  else if (type === 'meant' || (isText && type === 'as-sent'))
    steps.push((raw) => (typeof raw === 'string' ? meant(raw) : raw));
  if (scale) steps.push(numberOf, (raw) => scaled(raw, scale));
  if (type === 'number') steps.push(numberOf, rounded);
  if (type === 'integer') steps.push(integerOf);
  if (type === 'text') steps.push(textOf);
  if (type === 'boolean') steps.push(booleanOf);
  if (steps.length === 0) return null;
  const isRounding = type === 'number' || type === 'text';
  return (raw) => {
    let value = isFault(raw) && raw.code === 'integer-too-large' && isRounding ? raw.digits : raw;
    for (const step of steps) {
      if (typeof value === 'object') return value;
      value = step(value);
    }
    return value;
  };
}

function mapped(
  raw: unknown,
  map: ReadonlyMap<string, SignalValue>,
  otherwise: SignalValue | undefined,
): SignalValue | ValueFault {
  const found = map.get(String(raw)) ?? otherwise;
  if (found !== undefined) return found;
  const known = [...map.keys()].slice(0, 20).join(', ');
  return {
    code: 'value-unmapped',
    what: `is ${shown(raw)}, for which the rule's map has no entry; it has ${known}. Add it, or "otherwise"`,
  };
}

/** A number, true or false where the text is one; integers beyond 2^53 stay exact. */
export function meant(text: string): SignalValue {
  const bare = text.trim();
  if (INTEGER.test(bare)) return exactInteger(bare.replace('+', ''));
  if (NUMBER.test(bare)) return Number(bare);
  return bare === 'true' ? true : bare === 'false' ? false : bare;
}

function numberOf(raw: unknown): unknown {
  if (typeof raw === 'string') {
    const value = meant(raw);
    return typeof value === 'number' || typeof value === 'bigint' ? value : wrong(raw, 'no number');
  }
  return typeof raw === 'boolean' ? Number(raw) : raw;
}

function integerOf(raw: unknown): unknown {
  const value = numberOf(raw);
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  return Number.isInteger(value)
    ? {
        code: 'integer-too-large',
        what: `is ${shown(raw)}, beyond what 64 bits or the sender's own rounding left exact`,
      }
    : wrong(raw, 'no integer');
}

/** What 64 bits can't hold is rounded where a rule asks for a number. */
const rounded = (raw: unknown): unknown => (typeof raw === 'bigint' && !fitsInt64(raw) ? Number(raw) : raw);

const textOf = (raw: unknown): string => String(raw);

function booleanOf(raw: unknown): unknown {
  const word = String(raw).trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : wrong(raw, 'neither true nor false, on nor off, 1 nor 0');
}

/** Integers of 64 bits stay exact where the scale is a whole number. */
function scaled(raw: unknown, { before, num, den, after }: Scale): unknown {
  if (typeof raw === 'bigint') {
    if (den === 1 && [before, num, after].every(Number.isSafeInteger)) {
      const exact = (raw + BigInt(before)) * BigInt(num) + BigInt(after);
      if (fitsInt64(exact)) return exact;
      return { code: 'integer-too-large', what: `becomes ${exact}, beyond 64 bits; correct the factor` };
    }
    return ((Number(raw) + before) * num) / den + after;
  }
  return typeof raw === 'number' ? ((raw + before) * num) / den + after : raw;
}

const wrong = (raw: unknown, what: string): ValueFault => ({
  code: 'value-unmapped',
  what: `is ${shown(raw)}, ${what}, which the rule makes of it; correct its "type", or map the word`,
});
