import {
  constants,
  createZstdCompress,
  inflateSync,
  type ZstdOptions,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';

/** RFC 8878, section 3.1.1: how a frame begins. */
const ZSTD_MAGIC = 0xfd2fb528;

/** Evidence says the same of each machine in figures far apart: with a window over all of it it takes half of what DEFLATE makes of it. */
const OPTIONS: ZstdOptions = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 9,
    [constants.ZSTD_c_windowLog]: 24,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  },
};

export const evidencePacker = () => createZstdCompress(OPTIONS);
export const packEvidence = (text: string): Uint8Array => zstdCompressSync(text, OPTIONS);

/** The text of evidence as it is kept; older versions kept it by DEFLATE. */
export function unpackEvidence(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes;
  const isZstd = byteLength >= 4 && new DataView(buffer, byteOffset).getUint32(0, true) === ZSTD_MAGIC;
  return (isZstd ? zstdDecompressSync(bytes) : inflateSync(bytes)).toString();
}
