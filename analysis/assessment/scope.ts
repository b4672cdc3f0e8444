import type { Pilot } from '../../domain/assess/register.ts';
import { GROUPS, type Group } from '../../domain/assess/rubric.ts';
import { inScope, type MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import type { Member, Members } from '../members.ts';
import type { CountedDays } from './days.ts';
import { heardBy } from './heard-by.ts';
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
  readonly store: Pick<Store, 'signalNames' | 'facts'>;
  readonly members: Members;
}

/** A pilot's machines as they are now. Refused `scope-without-machines`. */
export async function scopeOf(parts: ScopeParts, pilot: Pilot, asOf: EpochMs): Promise<Scope> {
  const all = await parts.members.all();
  const registered = all.map(({ machine }) => machine.path).filter(inSitesOf(pilot));
  if (registered.length === 0) {
    throw new AssessmentRefused(
      'scope-without-machines',
      'pilot',
      `no machine of pilot "${pilot.id}" is declared or was ever heard; its sites are ${pilot.sites.join(', ') || 'none'}: correct them in the register, or connect machines there`,
    );
  }
  const scope = scopeOfMachines(parts.members, pilot, registered);
  const paths = scope.members.map(({ machine }) => machine.path);
  const names = await parts.store.signalNames(paths);
  const lastHeard = new Map(all.map((member) => [member.machine.path, member.lastHeard]));
  // A clock that is ahead: what it says of later is no part of what is known now.
  const ahead = paths.filter((path) => (lastHeard.get(path) ?? 0) > asOf);
  for (const [path, heard] of await heardBy(parts.store, ahead, asOf)) lastHeard.set(path, heard.lastHeard);
  return { ...scope, lastHeard, signals: new Map(paths.map((path, place) => [path, names[place] ?? []])) };
}

/** Machines of a pilot's sites that are declared now. */
export async function declaredIn(members: Members, pilot: Pilot): Promise<readonly MachinePath[]> {
  const all = (await members.all()).map(({ machine }) => machine);
  return all.flatMap(({ path, declared }) => (declared && inSitesOf(pilot)(path) ? [path] : []));
}

/**
 * A pilot's machines as they were at an instant: those heard by then or declared in its sites, those that its equipment
 * names, and those that are stated of it, to be looked at whether or not they belong to it.
 */
export async function scopeThen(
  { store, members }: ScopeParts,
  then: {
    readonly pilot: Pilot;
    readonly asOf: EpochMs;
    readonly declared: readonly MachinePath[];
    readonly stated: readonly MachinePath[];
  },
): Promise<Scope> {
  const { pilot, asOf } = then;
  const declared = new Set(then.declared);
  const all = (await members.all()).map(({ machine }) => machine.path);
  const mine = [...new Set([...all, ...declared, ...then.stated])].filter(inSitesOf(pilot));
  const heard = await heardBy(store, [...new Set([...mine, ...then.stated, ...equipmentOf(pilot)])], asOf);
  const isMine = (path: MachinePath): boolean => declared.has(path) || heard.get(path)?.lastHeard != null;
  const registered = mine.filter(isMine);
  return {
    members: scopeOfMachines(members, pilot, [...registered, ...then.stated]).members,
    registered: new Set(registered),
    lastHeard: new Map([...heard].map(([path, { lastHeard }]) => [path, lastHeard])),
    signals: new Map([...heard].map(([path, { signals }]) => [path, signals])),
  };
}

const inSitesOf =
  ({ sites }: Pilot) =>
  (path: MachinePath): boolean =>
    sites.some((site) => inScope(path, site));

const equipmentOf = ({ equipment }: Pilot): MachinePath[] =>
  equipment.flatMap(({ machine }) => (machine === null ? [] : [machine]));

function scopeOfMachines(
  members: Members,
  pilot: Pilot,
  own: readonly MachinePath[],
): Pick<Scope, 'members' | 'registered'> {
  const paths = [...new Set([...own, ...equipmentOf(pilot)])].sort();
  return { members: paths.map(members.at), registered: new Set(own) };
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
