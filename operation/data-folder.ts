import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Why nothing can be kept in `data.dir`; `null`: it is a folder that can be written, or can be made. It is tried with an empty folder,
 * which goes at once: on a file system such as /proc Node's own way to make a folder with all above it never ends.
 */
export function dataFolderFault(dir: string): string | null {
  const wanted = resolve(dir);
  const says = (what: string): string =>
    `data.dir: ${wanted} ${what}; name a folder on a disk that this user may write`;
  let existing = wanted;
  for (;;) {
    try {
      if (!statSync(existing).isDirectory())
        return says(existing === wanted ? 'is no folder' : `can't be made, as ${existing} is no folder`);
      break;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const above = dirname(existing);
      if (code === 'ENOTDIR' || (code === 'ENOENT' && above !== existing)) existing = above;
      else return says(`can't be looked at (${message})`);
    }
  }
  try {
    rmdirSync(mkdtempSync(join(existing, '.kaidong-')));
    return null;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return says(
      existing === wanted
        ? `can't be written (${why})`
        : `can't be made: ${existing} takes no folder (${why})`,
    );
  }
}

/** Throws, saying what to do, where {@link dataFolderFault} finds something. */
export function refuseDataFolder(dir: string): void {
  const fault = dataFolderFault(dir);
  if (fault !== null) throw new Error(fault);
}
