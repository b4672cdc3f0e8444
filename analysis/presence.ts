import { inScope } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { MachineNow } from './answers.ts';
import { firstHeard } from './first-heard.ts';
import type { Members } from './members.ts';
import type { Picture } from './now/picture.ts';
import type { RawHorizons } from './raw-horizon.ts';

/** How machines can be missing, or be there unasked: a closed list. */
export const PRESENCE_FILTERS = ['undeclared', 'silent', 'never-heard'] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number];

/** Whether a machine is there: what was declared, and what was heard. */
export interface MachinePresence extends Pick<MachineNow, 'path' | 'declared' | 'lastHeard' | 'source'> {
  /** `never-heard`: declared, and nothing of it is stored. */
  readonly presence: 'heard' | 'silent' | 'never-heard';
  readonly firstHeard: EpochMs | null;
  /** Since when its time is unknown for want of data; `null`: it isn't silent. */
  readonly silentSince: EpochMs | null;
}

export interface PresenceAnswer {
  readonly asOf: EpochMs;
  /** Of the whole scope, whatever is filtered. */
  readonly counts: Readonly<Record<'declared' | 'undeclared' | 'silent' | 'neverHeard', number>>;
  readonly machines: readonly MachinePresence[];
}

/** The machines of a scope by whether they are there, in path order; `filters`: those of any of these kinds, or all. */
export async function presenceOf({
  picture,
  members,
  store,
  horizons,
  scope,
  filters,
}: {
  readonly picture: Pick<Picture, 'read'>;
  readonly members: Pick<Members, 'at' | 'inScope'>;
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly scope: string;
  readonly filters: readonly PresenceFilter[];
}): Promise<PresenceAnswer> {
  const { asOf, machines } = await picture.read();
  const found = machines.filter(({ path }) => inScope(path, scope));
  // Says what a scope is where there is no machine in it.
  if (found.length === 0 && scope !== '') await members.inScope(scope);
  const all = found.map((machine) => {
    const { maxSilenceMs } = members.at(machine.path).machine;
    const { path, declared, lastHeard, source } = machine;
    const silentSince = lastHeard === null || maxSilenceMs === null ? null : lastHeard + maxSilenceMs;
    const isSilent = silentSince !== null && silentSince < asOf;
    const presence = lastHeard === null ? 'never-heard' : isSilent ? 'silent' : 'heard';
    return {
      path,
      declared,
      presence,
      lastHeard,
      silentSince: isSilent ? silentSince : null,
      source,
    } as const;
  });
  const wanted = all.filter(
    ({ declared, presence }) =>
      filters.length === 0 ||
      (!declared && filters.includes('undeclared')) ||
      (presence !== 'heard' && filters.includes(presence)),
  );
  const heard = wanted.filter(({ lastHeard }) => lastHeard !== null).map(({ path }) => path);
  const first = await firstHeard({ store, machines: heard, horizons, until: asOf });
  const removed = horizons.all();
  const count = (is: (one: (typeof all)[number]) => boolean): number => all.filter(is).length;
  return {
    asOf,
    counts: {
      declared: count(({ declared }) => declared),
      undeclared: count(({ declared }) => !declared),
      silent: count(({ presence }) => presence === 'silent'),
      neverHeard: count(({ presence }) => presence === 'never-heard'),
    },
    machines: wanted.map((machine) => ({
      ...machine,
      firstHeard: removed.get(machine.path)?.firstHeard ?? first.get(machine.path) ?? null,
    })),
  };
}
