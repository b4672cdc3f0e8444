import type { Readable } from 'node:stream';

/**
 * Makes `read()` give all that a stream holds. Node 26 gives one chunk, where earlier versions joined them; aedes 1.2
 * reads once for each 'readable', so a packet that came in several chunks would lie there until more comes.
 */
export function wholeReads<S extends Readable>(stream: S): S {
  const read = stream.read.bind(stream) as (size?: number) => Buffer | null;
  stream.read = (size?: number | null): Buffer | null => {
    if (typeof size === 'number') return read(size);
    const first = read();
    let next = first && read();
    if (!next) return first;
    const chunks = [first as Buffer];
    for (; next; next = read()) chunks.push(next);
    return Buffer.concat(chunks);
  };
  return stream;
}
