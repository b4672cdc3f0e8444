import type { Bilingual, Pilot } from './register.ts';

/** A pilot and where it stands, as people would look for it: a file, the register, a row of a sheet. */
export interface PlacedPilot {
  readonly pilot: Pick<Pilot, 'id' | 'sites'>;
  readonly place: Bilingual;
}

/** Two pilots that can't both be: one id, or a site that both claim. The second is the one to be changed. */
export interface PilotConflict {
  readonly kind: 'id' | 'site';
  readonly first: PlacedPilot;
  readonly second: PlacedPilot;
  readonly message: Bilingual;
}

/** Every id and every site that two pilots have; a site counted twice would score one plant's machines for two pilots. */
export function pilotConflicts(pilots: readonly PlacedPilot[]): readonly PilotConflict[] {
  const ids = new Map<string, PlacedPilot>();
  const sites = new Map<string, PlacedPilot>();
  const conflicts: PilotConflict[] = [];
  for (const second of pilots) {
    const { id } = second.pilot;
    const namesake = ids.get(id);
    if (namesake) conflicts.push(conflictOf('id', id, namesake, second));
    else ids.set(id, second);
    for (const site of new Set(second.pilot.sites)) {
      const owner = sites.get(site);
      if (owner && owner.pilot.id !== id) conflicts.push(conflictOf('site', site, owner, second));
      else if (!owner) sites.set(site, second);
    }
  }
  return conflicts;
}

function conflictOf(
  kind: PilotConflict['kind'],
  value: string,
  first: PlacedPilot,
  second: PlacedPilot,
): PilotConflict {
  const [a, b] = [first.place, second.place];
  const message =
    kind === 'id'
      ? {
          zh: `试点“${value}”重复：${a.zh}、${b.zh}，请为其中之一更换编号`,
          en: `pilot "${value}" is there twice, in ${a.en} and in ${b.en}; give one of them another id`,
        }
      : {
          zh: `厂区“${value}”同属两个试点：“${first.pilot.id}”（${a.zh}）与“${second.pilot.id}”（${b.zh}），请从其中之一删除`,
          en: `site "${value}" belongs to two pilots, "${first.pilot.id}" in ${a.en} and "${second.pilot.id}" in ${b.en}; take it out of one of them`,
        };
  return { kind, first, second, message };
}
