import { createPilotsDesk } from '../analysis/assessment/pilots-desk.ts';
import { loadPilots } from '../config/pilots/load.ts';
import { notesOnPilots } from '../config/pilots/notes.ts';
import type { Config } from '../config.ts';
import type { Registry } from '../registry/registry.ts';

/** What whoever starts the platform should know of its pilots: what looks wrong in their files, and which ones are left out. */
export function registerNotes({
  config,
  registry,
}: {
  readonly config: Pick<Config, 'pilots'>;
  readonly registry: Pick<Registry, 'pilots'>;
}): string[] {
  const files = loadPilots(config.pilots.folders);
  const { conflicts } = createPilotsDesk({ shelf: registry.pilots, files });
  return [
    ...notesOnPilots(files),
    ...conflicts().map(
      ({ second, message }) => `The pilot "${second.pilot.id}" of the register is left out: ${message.en}.`,
    ),
  ];
}
