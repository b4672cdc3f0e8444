import type { Reading } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { DurationMs, EpochMs } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import type { MachineNow } from '../answers.ts';
import type { Member, Members } from '../members.ts';
import { timelineSignalsOf } from '../state-facts.ts';
import { type Loaded, loadTails } from './load.ts';
import {
  cutTail,
  keepMs,
  NEVER,
  nearMs,
  nextChange,
  type Standing,
  standingAt,
  type Tail,
  takeIn,
} from './tail.ts';

/** Without the stream of applied readings, late data that moves no machine's newest time is seen after this. */
const REREAD_MS: DurationMs = 15_000;
/** A machine that nobody looked at for so many readings is forgotten, and read from the store when someone does. */
const MOST_UNSEEN = 2_000;

interface Seen {
  readonly member: Member;
  readonly wanted: readonly string[];
  tail: Tail | undefined;
  /** The same from a little before the last look on, while nothing came that is older than that. */
  near: Tail | undefined;
  newest: EpochMs | null;
  standing: Standing;
  /** The standing is right until then if nothing more is heard. */
  validUntil: EpochMs;
  /** The store must be read again. */
  dirty: boolean;
  readAt: EpochMs;
}

/** How every machine stands now: in memory, fed by applied readings where there are any, else by the store. */
export interface Picture {
  /** Every declared or stored machine, in path order. */
  read(): Promise<{ readonly asOf: EpochMs; readonly machines: readonly MachineNow[] }>;
  /** Of the picture only those that may stand otherwise than at the last call; for one reader alone. */
  readChanged(): Promise<{ readonly asOf: EpochMs; readonly machines: readonly MachineNow[] }>;
  /** One machine of the picture. */
  readOne(member: Member): Promise<MachineNow>;
  /** Takes in what the store has just applied. */
  apply(readings: readonly Reading[]): void;
  /** The first instant after `now` at which a machine's standing can change although nothing is heard. */
  nextChange(): EpochMs;
}

export function createPicture({
  store,
  members,
  now,
  fed,
  sourceOf = () => null,
  connected = () => true,
}: {
  readonly store: Pick<Store, 'facts' | 'lastHeard' | 'machines'>;
  readonly members: Members;
  readonly now: () => EpochMs;
  /** Whether `apply` gets every reading that the store applies. */
  readonly fed: boolean;
  readonly sourceOf?: ((machine: MachinePath) => string | null) | undefined;
  readonly connected?: ((machine: MachinePath) => boolean) | undefined;
}): Picture {
  const seen = new Map<MachinePath, Seen>();
  /** Looked at since the last call of `readChanged`, whoever did it. */
  const moved = new Set<Seen>();
  /** What was applied while the store was being read. */
  let meanwhile: readonly Reading[] | undefined;
  let reading: Promise<void> = Promise.resolve();
  let listed = false;

  const see = (member: Member): Seen => {
    const { path } = member.machine;
    const known = seen.get(path);
    if (known) return known;
    const fresh: Seen = {
      member,
      wanted: timelineSignalsOf(member),
      tail: undefined,
      near: undefined,
      newest: null,
      standing: NEVER,
      validUntil: 0,
      dirty: true,
      readAt: Number.NEGATIVE_INFINITY,
    };
    seen.set(path, fresh);
    return fresh;
  };

  const list = async (): Promise<void> => {
    if (fed && listed) return;
    for (const { lastHeard, ...member } of await members.all()) {
      const own = see(member);
      if (own.newest !== lastHeard || now() - own.readAt >= REREAD_MS) own.dirty = true;
    }
    listed = true;
  };

  const put = (own: Seen, loaded: Loaded | undefined, at: EpochMs): void => {
    own.tail = loaded?.tail;
    own.near = undefined;
    own.newest = loaded?.newest ?? null;
    own.readAt = at;
    own.validUntil = 0;
    own.standing = NEVER;
    moved.add(own);
    // At once, since what was applied meanwhile may make the tail useless; the standing is right as of `at` all the same.
    evaluate(own, at);
    // What is ahead of the clock isn't among the facts yet.
    own.dirty = own.newest !== null && own.newest >= at;
  };

  const load = async (): Promise<void> => {
    meanwhile = [];
    try {
      await list();
      const at = now();
      const dirty = [...seen.values()].filter((own) => own.dirty);
      if (dirty.length === 0) return;
      const tails = await loadTails({ store, members: dirty.map((own) => own.member), now: at });
      for (const own of dirty) put(own, tails.get(own.member.machine.path), at);
    } finally {
      const late = meanwhile;
      meanwhile = undefined;
      apply(late ?? []);
    }
  };

  /** One reading of the store at a time; each call sees what was stored before it. */
  const refresh = (): Promise<void> => {
    if (fed && listed && ![...seen.values()].some((own) => own.dirty)) return reading;
    reading = reading.catch(() => undefined).then(load);
    return reading;
  };

  const apply = (readings: readonly Reading[]): void => {
    if (meanwhile) meanwhile = meanwhile.concat(readings);
    if (meanwhile || !listed) return;
    for (const one of readings) {
      const own = see(members.at(one.machine));
      if (own.dirty) continue;
      own.validUntil = 0;
      own.newest = Math.max(own.newest ?? one.ts, one.ts);
      const taken = own.tail !== undefined && takeIn(own.member.machine, own.tail, one, own.wanted);
      if (own.near && !takeIn(own.member.machine, own.near, one, own.wanted)) own.near = undefined;
      if (!taken || (own.tail?.heard.length ?? 0) > MOST_UNSEEN) {
        own.dirty = true;
        own.tail = undefined;
        own.near = undefined;
      }
    }
  };

  const evaluate = (own: Seen, at: EpochMs): void => {
    const { tail } = own;
    if (!tail || (at < own.validUntil && at >= own.readAt)) return;
    moved.add(own);
    const { machine } = own.member;
    const enough = own.near && at > own.near.from ? own.near : tail;
    own.standing = standingAt(machine, enough, at);
    own.validUntil = nextChange(machine, enough, at);
    own.near = cutTail(machine, enough, at - nearMs(machine), at);
    // Now and then, since it takes as long as a look at all that it holds.
    if (at - tail.from > 2 * keepMs(machine) || tail.heard.length > MOST_UNSEEN / 2)
      own.tail = cutTail(machine, tail, at - keepMs(machine), at);
  };

  const describe = (own: Seen, at: EpochMs): MachineNow => {
    evaluate(own, at);
    const { path, declared, maxSilenceMs } = own.member.machine;
    const lastHeard = own.newest;
    const silent = lastHeard !== null && maxSilenceMs !== null && at - lastHeard > maxSilenceMs;
    // A lost broker is no fact of the machine's, so its state stands; but nobody can tell any more.
    const stale = silent || !connected(path);
    return { path, declared, ...own.standing, lastHeard, stale, source: sourceOf(path) };
  };

  return {
    async read() {
      await refresh();
      const asOf = now();
      const machines = [...seen.values()].map((own) => describe(own, asOf));
      return { asOf, machines: machines.sort((a, b) => (a.path < b.path ? -1 : 1)) };
    },
    async readChanged() {
      await refresh();
      const asOf = now();
      for (const own of seen.values()) evaluate(own, asOf);
      const machines = [...moved].map((own) => describe(own, asOf));
      moved.clear();
      return { asOf, machines };
    },
    async readOne(member) {
      see(member);
      await refresh();
      return describe(see(member), now());
    },
    apply,
    nextChange: () => [...seen.values()].reduce((first, own) => Math.min(first, changeOf(own)), Infinity),
  };
}

/** What isn't evaluated yet doesn't count, since reading the picture does that; what is ahead of the clock does. */
function changeOf({ tail, validUntil, dirty, newest }: Seen): EpochMs {
  if (dirty) return newest === null ? Number.POSITIVE_INFINITY : newest + 1;
  return tail && validUntil > 0 ? validUntil : Number.POSITIVE_INFINITY;
}
