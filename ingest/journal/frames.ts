import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Length and CRC-32 of the payload, both little-endian. */
export const FRAME_HEAD_BYTES = 8;

export interface Frame {
  readonly offset: number;
  readonly end: number;
  readonly payload: Buffer;
}

/** Puts the head before a payload that comes in pieces. */
export function frameOf(pieces: readonly Buffer[]): {
  readonly buffers: readonly Buffer[];
  readonly bytes: number;
} {
  const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
  head.writeUInt32LE(
    pieces.reduce((sum, { length }) => sum + length, 0),
    0,
  );
  head.writeUInt32LE(
    pieces.reduce((crc, piece) => crc32(piece, crc), 0),
    4,
  );
  return { buffers: [head, ...pieces], bytes: FRAME_HEAD_BYTES + head.readUInt32LE(0) };
}

/** The whole frames of a piece of a segment that begins at `from`; ends before the first that is torn or damaged. */
export function* framesIn(bytes: Buffer, from: number): Generator<Frame> {
  let at = 0;
  while (at + FRAME_HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + FRAME_HEAD_BYTES + length;
    if (end > bytes.length) return;
    const payload = bytes.subarray(at + FRAME_HEAD_BYTES, end);
    // No record is empty: a stretch of zeros, which a file system may leave after a power cut, is none.
    if (length === 0 || crc32(payload) !== bytes.readUInt32LE(at + 4)) return;
    yield { offset: from + at, end: from + end, payload };
    at = end;
  }
}

/** Reads a stretch of a file; shorter where the file ends, empty where there is none. */
export async function readStretch(
  path: string,
  from: number,
  to = Number.POSITIVE_INFINITY,
): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return Buffer.alloc(0);
  try {
    const end = Math.min(to, (await handle.stat()).size);
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, end - from));
    let done = 0;
    while (done < buffer.length) {
      const { bytesRead } = await handle.read(buffer, done, buffer.length - done, from + done);
      if (bytesRead === 0) return buffer.subarray(0, done);
      done += bytesRead;
    }
    return buffer;
  } finally {
    await handle.close();
  }
}
