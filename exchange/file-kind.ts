import { FileRefused } from './file-refused.ts';
import { MAX_FILE_BYTES } from './limits.ts';

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** The name of the stream that holds a protected workbook, in a compound file's directory (UTF-16). */
const PROTECTED = Buffer.from('EncryptedPackage', 'utf16le');

/** What a file is, judged by its content and not its name. Throws {@link FileRefused} where it is nothing that can be read. */
export function fileKindOf(bytes: Uint8Array): 'workbook' | 'csv' {
  if (bytes.length === 0) throw new FileRefused('empty');
  if (bytes.length > MAX_FILE_BYTES) throw new FileRefused('too-large');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06))
    return 'workbook';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    throw new FileRefused(content.includes(PROTECTED) ? 'password-protected' : 'old-excel');
  }
  const text = startsWith(bytes, 0xff, 0xfe) || !bytes.subarray(0, 4096).includes(0);
  if (!text || startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new FileRefused('no-spreadsheet');
  return 'csv';
}
