import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_NAME } from './file-name.ts';
import type { Session } from './session.ts';

/** Copies everything committed up to now into a file in `folder`, from one view of the data, while writing goes on. */
export async function backupInto({ database }: Session, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const target = join(folder, FILE_NAME);
  const partial = `${target}.partial`;
  for (const leftover of [partial, `${partial}.wal`]) await rm(leftover, { force: true });
  await database.copyInto(partial);
  const file = await open(partial, 'r+');
  await file.sync();
  await file.close();
  await rename(partial, target);
}
