import { prefixOf } from '../domain/path.ts';
import type { Plant } from '../domain/plant.ts';

/** What is allowed, and yet probably not meant: for whoever starts or checks a configuration. */
export function notesOn(config: {
  readonly plant: Plant;
  readonly notify: { readonly channels: readonly unknown[]; readonly rules: readonly unknown[] };
  readonly sparkplug: { readonly hostId?: string | undefined; readonly groups: readonly string[] };
}): string[] {
  const { plant, sparkplug, notify } = config;
  const notes: string[] = [];
  const sites = new Set(plant.sites.map(({ path }) => path));
  for (const site of new Set(plant.machines.map(({ path }) => prefixOf(path, 'site')))) {
    if (sites.size > 0 && !sites.has(site)) {
      notes.push(
        `The site ${site} is not declared: its machines count as always scheduled, in UTC. Declare it under "sites:".`,
      );
    }
  }
  if (sparkplug.hostId !== undefined || sparkplug.groups.length > 0) {
    notes.push(
      'The section "sparkplug:" has no effect in this version: Sparkplug messages are not taken yet.',
    );
  }
  if (notify.channels.length > 0 && notify.rules.length === 0) {
    notes.push(
      'The section "notify:" has channels and no rules: nothing is watched. Write some under "rules:".',
    );
  }
  return notes;
}
