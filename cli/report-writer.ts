import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes reports where `--out` says: of a single pilot to that file, else into that folder as `<pilot>.json`. A report is
 * there whole or not at all.
 */
export function reportWriter(
  out: string,
  { single }: { readonly single: boolean },
): (assessed: { readonly pilot: string; readonly report: string }) => void {
  const isFolder = existsSync(out) && statSync(out).isDirectory();
  if (!single && existsSync(out) && !isFolder) {
    throw new Error(`${out} is a file; for several reports name a folder with --out`);
  }
  return ({ pilot, report }) => {
    const file = single && !isFolder ? out : join(out, `${pilot}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.partial`, report);
    renameSync(`${file}.partial`, file);
  };
}
