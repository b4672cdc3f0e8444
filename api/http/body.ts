import express, { type Request } from 'express';
import { Problem } from '../problem.ts';
import { parseExactly } from '../wire/exact-json.ts';

/** Larger than a whole quarantined payload (1 MB) in base64. */
export const MAX_BODY_BYTES = 2_000_000;

/** Takes the bytes of any body, so that type and content are judged here, with answers of our own. */
export const takeBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON body of a request. Throws the problems `media-type-unsupported` and `body-malformed`. */
export function readBody(request: Request): unknown {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new Problem(
      'media-type-unsupported',
      `The body is ${type ? `"${type}"` : 'of no declared type'}; send "content-type: application/json".`,
    );
  }
  const bytes: unknown = request.body;
  try {
    return parseExactly(utf8.decode(bytes instanceof Uint8Array ? bytes : new Uint8Array()));
  } catch (error) {
    throw new Problem('body-malformed', `The body is no JSON in UTF-8: ${(error as Error).message}.`);
  }
}
