/** The bytes of the packet at `at`, or 1 more than there are where its length isn't known yet; `undefined`: malformed. */
export function packetSize(bytes: Buffer, at: number): number | undefined {
  let length = 0;
  for (let index = 1, factor = 1; index <= 4; index++, factor *= 128) {
    const byte = bytes[at + index];
    if (byte === undefined) return bytes.length - at + 1;
    length += (byte & 127) * factor;
    if (byte < 128) return 1 + index + length;
  }
  return undefined;
}
