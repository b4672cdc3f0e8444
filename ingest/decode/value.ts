import type { SignalValue } from '../../domain/observation.ts';
import { LONGEST_WORK_NAME, unprintableIn } from '../../domain/orders/work-name.ts';
import type { RefusedPart } from './decoder.ts';
import { fitsInt64 } from './integers.ts';
import { nameFault, quoted } from './names.ts';

/** A longer text fits no store's text field for certain. */
export const MAX_TEXT_LENGTH = 16_384;

/** What the reserved keys must carry. */
const RESERVED: ReadonlyMap<string, 'text' | 'count'> = new Map([
  ['state', 'text'],
  ['reason', 'text'],
  ['order', 'text'],
  ['product', 'text'],
  ['count', 'count'],
  ['reject', 'count'],
]);

/** Whose values are names that people look for and type: the same ones as where they are entered. */
const WORK: ReadonlySet<string> = new Set(['order', 'product']);

/** The value of a signal as JSON gave it, or why it is none; the others of the message are kept. */
export function signalValueOf(signal: string, value: unknown, where: string): SignalValue | RefusedPart {
  const fault = nameFaultCached(signal);
  if (fault) return refusal('name-malformed', `${where} has the name ${quoted(signal)}, which ${fault}.`);
  const role = RESERVED.get(signal);
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) {
        return refusal(
          'value-not-finite',
          `${where}: ${quoted(signal)} is beyond what a number can hold; leave it out where it is unknown.`,
        );
      }
      return role && (role === 'text' || value < 0) ? misused(signal, role, value, where) : value;
    case 'bigint':
      if (!fitsInt64(value)) {
        return refusal(
          'integer-too-large',
          `${where}: ${quoted(signal)} is ${value}, beyond 64 bits with a sign; send it as a text, or let a rule make it a text, or a number, which rounds.`,
        );
      }
      return role && (role === 'text' || value < 0n) ? misused(signal, role, value, where) : value;
    case 'boolean':
      return role ? misused(signal, role, value, where) : value;
    case 'string':
      if (role === 'count') return misused(signal, role, quoted(value), where);
      if (value.length > MAX_TEXT_LENGTH) {
        return refusal(
          'value-shape',
          `${where}: the text of ${quoted(signal)} has ${value.length} characters; ${MAX_TEXT_LENGTH} are the most.`,
        );
      }
      if (!value.isWellFormed()) {
        return refusal(
          'value-shape',
          `${where}: the text of ${quoted(signal)} has half of a surrogate pair.`,
        );
      }
      return WORK.has(signal) ? workName(signal, value, where) : value;
    default: {
      const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
      return refusal(
        'value-shape',
        `${where}: ${quoted(signal)} is ${kind}; publish a number, a text, true or false, or leave it out.`,
      );
    }
  }
}

function workName(signal: string, name: string, where: string): string | RefusedPart {
  if (name.length > LONGEST_WORK_NAME) {
    return refusal(
      'name-malformed',
      `${where}: the name in ${quoted(signal)} has ${name.length} characters; ${LONGEST_WORK_NAME} are the most.`,
    );
  }
  const fault = unprintableIn(name);
  if (fault === null) return name;
  return refusal(
    'name-malformed',
    `${where}: the name in ${quoted(signal)}, ${quoted(name)}, has a control character at its place ${fault.place} (${fault.code}); send it without.`,
  );
}

/**
 * What a mapped payload says under a key that needs a text: controllers send states, orders and products as codes, and a code is a
 * word like any other.
 */
export const asWord = (signal: string, value: unknown): unknown =>
  RESERVED.get(signal) === 'text' && (Number.isInteger(value) || typeof value === 'bigint')
    ? String(value)
    : value;

function misused(signal: string, role: 'text' | 'count', value: unknown, where: string): RefusedPart {
  const needed = role === 'text' ? 'a text' : 'a number of 0 or more';
  return refusal(
    'payload-shape',
    `${where}: "${signal}" is a reserved key and needs ${needed}, not ${String(value)}; rename it if it means something else.`,
  );
}

const refusal = (code: RefusedPart['code'], detail: string): RefusedPart => ({
  code,
  detail,
  observations: 1,
});

const MAX_KNOWN_NAMES = 100_000;
const soundNames = new Set<string>();

/** Names repeat with every message; a sound one is looked at once. */
function nameFaultCached(name: string): string | undefined {
  if (soundNames.has(name)) return undefined;
  const fault = nameFault(name);
  if (fault === undefined) {
    if (soundNames.size >= MAX_KNOWN_NAMES) soundNames.clear();
    soundNames.add(name);
  }
  return fault;
}
