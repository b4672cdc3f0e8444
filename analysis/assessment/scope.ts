import type { Pilot } from '../../domain/assess/register.ts';
import { GROUPS, type Group } from '../../domain/assess/rubric.ts';
import { inScope, type MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import type { Member, Members } from '../members.ts';
import type { CountedDays } from './days.ts';
import { AssessmentRefused } from './port.ts';

/** The machines that evidence is about. */
export interface Scope {
  /** Those of the pilot's sites, and those that its equipment names; in path order. */
  readonly members: readonly Member[];
  /** Those of the sites. */
  readonly registered: ReadonlySet<MachinePath>;
  readonly lastHeard: ReadonlyMap<MachinePath, EpochMs | null>;
  /** The signals that each ever sent. */
  readonly signals: ReadonlyMap<MachinePath, readonly string[]>;
}

export interface ScopeParts {
  readonly store: Pick<Store, 'signalNames'>;
  readonly members: Members;
}

/** A pilot's machines as they are now. Refused `scope-without-machines`. */
export async function scopeOf({ store, members }: ScopeParts, pilot: Pilot): Promise<Scope> {
  const all = await members.all();
  const registered = all
    .map(({ machine }) => machine.path)
    .filter((path) => pilot.sites.some((site) => inScope(path, site)));
  if (registered.length === 0) {
    throw new AssessmentRefused(
      'scope-without-machines',
      'pilot',
      `no machine of pilot "${pilot.id}" is declared or was ever heard; its sites are ${pilot.sites.join(', ') || 'none'}: correct them in the register, or connect machines there`,
    );
  }
  const named = pilot.equipment.flatMap(({ machine }) => (machine === null ? [] : [machine]));
  const paths = [...new Set([...registered, ...named])].sort();
  return {
    members: paths.map(members.at),
    registered: new Set(registered),
    lastHeard: new Map(all.map(({ machine, lastHeard }) => [machine.path, lastHeard])),
    signals: await signalsOf(store, paths),
  };
}

export async function signalsOf(
  store: ScopeParts['store'],
  paths: readonly MachinePath[],
): Promise<ReadonlyMap<MachinePath, readonly string[]>> {
  const names = await store.signalNames(paths);
  return new Map(paths.map((path, place) => [path, names[place] as readonly string[]]));
}

/** The machines of each group, in the order of {@link GROUPS}; each in path order. */
export function machinesOfGroups(
  pilot: Pilot,
  { members, registered }: Scope,
  days: ReadonlyMap<MachinePath, CountedDays>,
): readonly ReadonlySet<MachinePath>[] {
  const flagged = (flag: 'key' | 'shouldBeNetworked'): ReadonlySet<MachinePath | null> =>
    new Set(pilot.equipment.filter((one) => one[flag]).map(({ machine }) => machine));
  const [key, networked] = [flagged('key'), flagged('shouldBeNetworked')];
  const belongs: Record<Group, (path: MachinePath) => boolean> = {
    registered: (path) => registered.has(path),
    key: (path) => key.has(path),
    'should-be-networked': (path) => networked.has(path),
    heard: (path) => registered.has(path) && days.get(path)?.everHeard === true,
  };
  const paths = members.map(({ machine }) => machine.path);
  return GROUPS.map((group) => new Set(paths.filter(belongs[group])));
}
