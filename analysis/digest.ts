import { createHash, type Hash, hash } from 'node:crypto';
import type { Span } from '../domain/time.ts';

/** SHA-256 of a text in UTF-8, or of bytes; lower-case hex. */
export const digestOf = (content: string | Uint8Array): string => hash('sha256', content);

const FLUSH_CHARS = 1 << 16;

/**
 * The digest of a row: SHA-256 of the canonical JSON of `[[machine, from, to, digest], …]`, its cells by machine and
 * time. Cells are added in that order; short lists never allocate a hash object, long ones never a long text.
 */
export class RowDigest {
  #text = '[';
  #hash: Hash | undefined;

  /** Adds cells of one machine, given as JSON text so that it is quoted once for all of them. */
  add(machine: string, spans: readonly Span[], cells: readonly { readonly digest: string }[]): void {
    const borders = bordersOf(spans);
    const head = `[${machine}`;
    let text = this.#text;
    let isFirst = text === '[' && !this.#hash;
    for (let index = 0; index < cells.length; index++) {
      if (!isFirst) text += ',';
      isFirst = false;
      text += `${head}${borders[index]}${(cells[index] as { digest: string }).digest}"]`;
    }
    this.#text = text;
    if (this.#text.length < FLUSH_CHARS) return;
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#text);
    this.#text = '';
  }

  end(): string {
    const text = `${this.#text}]`;
    return this.#hash ? this.#hash.update(text).digest('hex') : digestOf(text);
  }
}

const known = new WeakMap<readonly Span[], readonly string[]>();

/** The borders of cells as they stand in the text; machines of a site share their spans. */
function bordersOf(spans: readonly Span[]): readonly string[] {
  const made = known.get(spans) ?? spans.map(({ from, to }) => `,${from},${to},"`);
  known.set(spans, made);
  return made;
}
