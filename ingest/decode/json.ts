import { isUtf8 } from 'node:buffer';
import type { Refusal } from '../../domain/refusal.ts';
import { exactInteger } from './integers.ts';

/** Sixteen digits in a row that don't follow a decimal point: only then may an integer be beyond 2^53. */
const LONG_INTEGER = /(?<![\d.])\d{16}/;
const INTEGER = /^-?\d+$/;

/** The JSON value of a payload; integers that a number would round come as BigInt, exact to the last digit, however large. */
export function jsonOf(payload: Uint8Array): { readonly value: unknown } | Refusal {
  const text = utf8Of(payload);
  if (typeof text !== 'string') return text;
  try {
    return { value: LONG_INTEGER.test(text) ? JSON.parse(text, exactIntegers) : JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
    return {
      code: 'not-json',
      detail: payload.length === 0 ? 'The payload is empty; publish a JSON object.' : `No JSON: ${reason}.`,
    };
  }
}

/** The text of a payload, without a byte order mark. */
export function utf8Of(payload: Uint8Array): string | Refusal {
  if (isUtf8(payload)) return textOf(payload);
  return {
    code: 'not-utf8',
    detail: `The payload of ${payload.length} bytes is no valid UTF-8; publish JSON text in UTF-8.`,
  };
}

/** RFC 8259, section 8.1: a parser may ignore a byte order mark. */
function textOf(payload: Uint8Array): string {
  const text = Buffer.isBuffer(payload)
    ? payload.toString()
    : Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function exactIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !INTEGER.test(context?.source ?? ''))
    return value;
  return exactInteger(context!.source!);
}
