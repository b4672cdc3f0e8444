import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './command.ts';

/**
 * The command of this name, loaded alone: to load them all takes longer than most of them run, and memory for as long as one runs.
 * `undefined`: there is none. Each stands in the file named by it, which a test holds against the list of all.
 */
export async function commandNamed(id: string): Promise<Command | undefined> {
  const file = join(import.meta.dirname, 'commands', `${id}.ts`);
  if (!/^[a-z][a-z-]*$/.test(id) || id === 'index' || !existsSync(file)) return undefined;
  const exported: Readonly<Record<string, Partial<Command>>> = await import(`./commands/${id}.ts`);
  return Object.values(exported).find((one) => one.id === id) as Command | undefined;
}
