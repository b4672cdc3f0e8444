const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** ZIP64 keeps the real size elsewhere; nothing that may be imported is that large. */
const ZIP64 = 0xffffffff;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;

/**
 * How many bytes a ZIP archive says it unpacks to; `undefined` where its directory can't be read. The reader of the
 * workbook holds every entry to what is said here, so a bomb either says so or breaks off.
 */
export function unpackedBytes(zip: Uint8Array): number | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - END_BYTES;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end -= 1;
  if (end < first) return undefined;
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let sum = 0;
  for (let n = 0; n < entries; n++) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== ENTRY) return undefined;
    const size = view.getUint32(at + 24, true);
    sum += size === ZIP64 ? Number.POSITIVE_INFINITY : size;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return sum;
}
