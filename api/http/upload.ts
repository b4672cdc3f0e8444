import express, { type Request, type RequestHandler } from 'express';
import { Problem } from '../problem.ts';
import type { Upload } from '../route.ts';

/** Takes a file as the body, up to the route's limit; its type is looked at before the first byte is read. */
export function takeUpload({ media, maxBytes }: Upload): RequestHandler {
  const take = express.raw({ type: () => true, limit: maxBytes });
  return (request, response, next) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== undefined && media.includes(type)) return take(request, response, next);
    throw new Problem(
      'media-type-unsupported',
      `The file is ${type ? `sent as "${type}"` : 'of no declared type'}; send "content-type: ${media.join('" or "content-type: ')}".`,
    );
  };
}

const NOTHING = new Uint8Array();

/** The file of a request; empty where it has none. */
export const uploadOf = ({ body }: Request): Uint8Array => (body instanceof Uint8Array ? body : NOTHING);
