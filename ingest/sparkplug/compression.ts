import { unzipSync } from 'node:zlib';
import { NotProtobuf } from './wire.ts';

/** The `uuid` of a payload whose `body` is another one, compressed, as Tahu's `PayloadUtil` makes them. */
export const COMPRESSED = 'SPBV1.0_COMPRESSED';

/** A few bytes can unpack to gigabytes; a birth of a hundred thousand metrics has less. */
const MOST_UNPACKED_BYTES = 16 * 1024 * 1024;

/**
 * The payload in a compressed body. The metric `algorithm` beside it says `DEFLATE` or `GZIP`; the bytes say it themselves.
 * Throws {@link NotProtobuf}.
 */
export function unpacked(body: Uint8Array): Uint8Array {
  try {
    return unzipSync(body, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new NotProtobuf(
      isTooLarge
        ? `its compressed body has more than ${MOST_UNPACKED_BYTES} bytes`
        : 'its compressed body is neither DEFLATE nor GZIP',
    );
  }
}
