import { createHash, type Hash, hash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, lower-case hex. */
export const digestOf = (text: string): string => hash('sha256', text);

const FLUSH_CHARS = 1 << 16;

/**
 * The digest of a row: SHA-256 of the canonical JSON of `[[machine, from, to, digest], …]`, its cells by machine and
 * time. Cells are added in that order; short lists never allocate a hash object, long ones never a long text.
 */
export class RowDigest {
  #text = '[';
  #hash: Hash | undefined;

  /** `machine` as JSON text, so that it is quoted once for all cells of the machine. */
  add(machine: string, from: number, to: number, digest: string): void {
    const comma = this.#text === '[' && !this.#hash ? '' : ',';
    this.#text += `${comma}[${machine},${from},${to},"${digest}"]`;
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
