import type { Role } from '../role.ts';
import type { WaitingRule } from '../waiting-rule.ts';

/** What lies in one direction: something that this machine would wait for, nothing of the kind, or nobody knows. */
type Beyond = 'stands' | 'nothing' | 'unknown';

/** Looks past neighbours that are idle and inferred themselves. */
function beyond(
  { at, step, waits }: { readonly at: number; readonly step: -1 | 1; readonly waits: Role },
  roles: readonly Role[],
  inferable: readonly boolean[],
): Beyond {
  for (let place = at + step; place >= 0 && place < roles.length; place += step) {
    const role = roles[place] as Role;
    if (role === 'idle' && inferable[place]) continue;
    if (role === 'unknown') return 'unknown';
    return role === 'own' || role === 'idle' || role === waits ? 'stands' : 'nothing';
  }
  return 'nothing';
}

/** Idle beside a machine that stands is waiting for it. */
export const idleByNeighbours: WaitingRule = {
  id: 'idle-by-neighbours',
  title: { zh: '按相邻设备推断', en: 'Idle by neighbours' },
  why: {
    zh: '所列设备从不报“堵料/待料”：空闲时上游停则视为待料，下游停则视为堵料，两侧都停或状态未知则原因未知；结果标注为推断。',
    en: 'The machines listed never report waiting. Idle while the machine upstream stands is starved, while the one downstream stands is blocked; where both stand, or one is unknown, the cause is unknown. Marked as inferred.',
  },
  source:
    'Own definition (docs/adr/0022); switched on by configuration, line by line and machine by machine.',
  see(at, roles, inferable) {
    if (!inferable[at]) return { role: 'own', inferred: false };
    const upstream = beyond({ at, step: -1, waits: 'starved' }, roles, inferable);
    const downstream = beyond({ at, step: 1, waits: 'blocked' }, roles, inferable);
    if (upstream === 'unknown' || downstream === 'unknown') return { role: 'unknown', inferred: true };
    if (upstream === 'stands' && downstream === 'stands') return { role: 'unknown', inferred: true };
    if (upstream === 'stands') return { role: 'starved', inferred: true };
    return downstream === 'stands' ? { role: 'blocked', inferred: true } : { role: 'own', inferred: false };
  },
};
