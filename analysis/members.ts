import type { Entered } from '../domain/entered.ts';
import { inScope, type MachinePath } from '../domain/path.ts';
import { type Machine, machineAt, type Plant, type Site } from '../domain/plant.ts';
import { alwaysScheduled, siteAt } from '../domain/site-calendar.ts';
import type { Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { type EnteredSource, NOTHING_ENTERED } from './entered.ts';
import { QuestionRefused } from './port.ts';

/** A machine as it is accounted: its settings, and the calendar that its time is cut by. */
export interface Member {
  readonly machine: Machine;
  readonly site: Site;
  /** What was entered about it that can matter for a span, as it stands now. Absent: nothing ever is. */
  readonly entered?: (span: Span) => Entered;
}

/** Finds the machines that a question is about: the declared ones, and those that data told of. */
export interface Members {
  /** The machine at a path, declared or not, whether or not it has data. */
  at(path: MachinePath): Member;
  /** Every declared or stored machine, in path order, with its newest source time where it has data. */
  all(): Promise<readonly (Member & { readonly lastHeard: number | null })[]>;
  /** Those in a scope. Refused `scope-not-found` when there are none. */
  inScope(scope: string): Promise<readonly Member[]>;
  /** One machine. Refused `machine-not-found` when it is neither declared nor stored. */
  one(path: MachinePath): Promise<Member>;
}

export function createMembers({
  store,
  plant,
  entered = NOTHING_ENTERED,
}: {
  readonly store: Pick<Store, 'machines' | 'machinePaths'>;
  readonly plant: Plant;
  readonly entered?: EnteredSource | undefined;
}): Members {
  const known = new Map<MachinePath, Member>();
  const declared = new Set(plant.machines.map((machine) => machine.path));
  const siteOf = createSites(plant);

  const at = (path: MachinePath): Member => {
    const member = known.get(path);
    if (member) return member;
    const machine = machineAt(plant, path);
    const found = { machine, site: siteOf(machine), entered: (span: Span) => entered.of(path, span) };
    known.set(path, found);
    return found;
  };

  const paths = (stored: Iterable<MachinePath>): readonly MachinePath[] =>
    [...declared.union(new Set(stored))].sort();

  const isKnown = async (path: MachinePath): Promise<boolean> =>
    declared.has(path) || (await store.machinePaths()).includes(path);

  return {
    at,
    async all() {
      const stored = await store.machines();
      const heard = new Map(stored.map((machine) => [machine.path, machine.lastHeard]));
      return paths(heard.keys()).map((path) => ({ ...at(path), lastHeard: heard.get(path) ?? null }));
    },
    async inScope(scope) {
      const members = paths(await store.machinePaths())
        .filter((path) => inScope(path, scope))
        .map(at);
      if (members.length > 0) return members;
      throw new QuestionRefused(
        'scope-not-found',
        'scope',
        `no machine lies in "${scope}"; a scope is a path prefix of whole levels, enterprise/site/area/line/machine, as in /plant`,
      );
    },
    async one(path) {
      if (await isKnown(path)) return at(path);
      throw new QuestionRefused(
        'machine-not-found',
        'machine',
        `no machine "${path}" is declared or was ever heard; /plant lists those that are`,
      );
    },
  };
}

/**
 * The calendar that holds for a machine, as the site with it; the same object for machines that share one. An undeclared machine is accounted without a calendar, always scheduled,
 * but lives by its site's zone and production day where the site is declared; else by UTC and midnight.
 */
function createSites(plant: Plant): (machine: Machine) => Site {
  const without = new Map<Site | string, Site>();
  return ({ path, declared: isDeclared }) => {
    const site = siteAt(plant, path);
    if (site && isDeclared) return site;
    const open = alwaysScheduled(path, site);
    return without.getOrInsertComputed(site ?? open.path, () => open);
  };
}
