/** Bytes out of base64 as the API writes it. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}

/** As text; what is no UTF-8 shows as replacement characters. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** JSON over several lines; `undefined`: it is none, or its numbers would not come back as they are written. */
export function prettyOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const pretty = JSON.stringify(value, null, 2);
    return typeof value === 'object' && digitsOf(pretty) === digitsOf(text) ? pretty : undefined;
  } catch {
    return undefined;
  }
}

const digitsOf = (text: string): string => text.replace(/\s/g, '');

const ROW_BYTES = 16;

/** Offset, bytes in hexadecimal, and the printable ones beside them; 16 a line. */
export function hexOf(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const row = bytes.subarray(at, at + ROW_BYTES);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const shown = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    rows.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(ROW_BYTES * 3 - 1)}  ${shown.join('')}`);
  }
  return rows.join('\n');
}

/** The bytes that somebody typed; throws where they aren't written that way. */
export function bytesTyped(typed: string, form: 'text' | 'base64' | 'hex'): Uint8Array {
  if (form === 'text') return new TextEncoder().encode(typed);
  const dense = typed.replace(/\s/g, '');
  if (form === 'base64') return bytesOf(dense);
  if (!/^([0-9a-f]{2})*$/i.test(dense)) throw new Error('hex');
  return Uint8Array.from(dense.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
