import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder of further files: the one that a setting names, relative to the configuration file, or the one of the
 * usual name beside that file, where it exists. None without both.
 */
export function foldersBeside(
  file: string | undefined,
  usual: string,
  named: string | undefined,
): readonly string[] {
  const here = file === undefined ? '.' : dirname(file);
  if (named !== undefined) return [resolve(here, named)];
  const beside = join(here, usual);
  return file !== undefined && existsSync(beside) ? [resolve(beside)] : [];
}
