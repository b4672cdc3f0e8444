import type { Response } from 'express';
import { createBreather } from '../../analysis/breathe.ts';

/** A large JSON answer, written piece after piece beside other work. */
export class InPieces {
  readonly pieces: Iterable<string>;
  constructor(pieces: Iterable<string>) {
    this.pieces = pieces;
  }
}

/** As the answer that its pieces spell: `T` is what its schema describes. */
export const inPieces = <T>(pieces: Iterable<string>): T => new InPieces(pieces) as T;

/** Pieces are joined up to this length before they are sent. */
const CHUNK_CHARS = 1 << 16;

/** Sends the pieces as fast as they are taken; a client that has gone ends it. */
export async function sendPieces(response: Response, { pieces }: InPieces): Promise<void> {
  const breathe = createBreather();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_CHARS) continue;
    if (!response.write(text)) await taken(response);
    if (response.destroyed) return;
    text = '';
    await breathe();
  }
  response.end(text);
}

const taken = (response: Response): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
