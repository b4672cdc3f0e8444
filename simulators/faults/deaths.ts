import type { EpochMs } from '../../domain/time.ts';
import type { PlantEvent } from '../event.ts';
import type { Outgoing, Said } from '../outgoing.ts';
import { randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';
import { type Stretches, stretchesFrom } from './stretches.ts';

interface Member {
  /** What was published last. */
  readonly said: Outgoing<PlantEvent>;
  /** What it would have said last. */
  readonly meanwhile: PlantEvent;
}

interface Line {
  readonly stretches: Stretches;
  /** Those that were heard of, and are not away for a reason of their own. */
  readonly members: Map<string, Member>;
  /** The newest time that was published of each, its last will's too. */
  readonly shown: Map<string, EpochMs>;
  dead: boolean;
}

export const deaths: FaultKind = {
  id: 'deaths',
  does: 'a storm of deaths and births: the connection of a whole line fails for about the duration each time; all its last wills come at once, and then all its machines at once. A Sparkplug edge node loses its session (NDEATH) and is born again',
  shareOf: "each line's time",
  counts: 'deaths of a line',
  withinMs: 30_000,
  leastMs: 1_000,
  accounts:
    'the platform equals the truth of what was published; what really happened lies within its bounds',
  *befall(outgoing, fault, { seed, plant, befell }) {
    const lineOf = new Map(plant.machines.map(({ path, line }) => [path, line]));
    const lines = new Map<string, Line>();
    let nextTurn = Number.POSITIVE_INFINITY;
    const turnOf = ({ dead, stretches }: Line): EpochMs => (dead ? stretches.to : stretches.from);
    for (const told of outgoing) {
      if (told.due >= nextTurn) {
        // Lines that die or return before this instant do so first, whoever speaks.
        for (const line of lines.values()) yield* turned(line, told.due, () => befell('deaths'));
        nextTurn = Math.min(...[...lines.values()].map(turnOf));
      }
      const { event } = told;
      const name = lineOf.get(event.machine) ?? event.machine;
      let line = lines.get(name);
      if (!line) {
        const stretches = stretchesFrom(told.due, fault, randomOf(seed, name, 'deaths'));
        line = { stretches, members: new Map(), shown: new Map(), dead: false };
        lines.set(name, line);
        nextTurn = Math.min(nextTurn, turnOf(line));
      }
      if (event.kind !== 'report') {
        // Its own connection fails: it doesn't come back with the line.
        if (event.kind === 'last-will') line.members.delete(event.machine);
        if (!line.dead) yield later(line, event, told.due);
        continue;
      }
      const member = line.members.get(event.machine);
      if (!line.dead) {
        const said = later(line, event, told.due);
        line.members.set(event.machine, { said, meanwhile: event });
        yield said;
      } else if (member) {
        line.members.set(event.machine, { ...member, meanwhile: event });
      }
    }
  },
};

/** What a line's connection does up to an instant. */
function* turned(line: Line, now: EpochMs, befell: () => void): Generator<Outgoing, void> {
  for (;;) {
    const { stretches, members } = line;
    if (!line.dead) {
      if (now < stretches.from || members.size === 0) return;
      line.dead = true;
      befell();
      const due = stretches.from;
      for (const [machine, member] of members) {
        const ts = showing(line, member, due);
        yield { event: { kind: 'last-will', machine, index: member.said.event.index, ts }, due };
      }
      const [first] = members.values();
      if (first) {
        const { machine, index } = first.said.event;
        yield { event: { kind: 'severance', machine, index, ts: line.shown.get(machine) ?? due }, due };
      }
    }
    if (now < stretches.to) return;
    line.dead = false;
    // The last instant of the stretch, so that what is said from its end on is later.
    const due = stretches.to - 1;
    for (const [machine, member] of members) {
      const ts = showing(line, member, due);
      const event = { ...member.meanwhile, ts, gauges: null };
      members.set(machine, { said: { event, due }, meanwhile: event });
      yield { event, due };
    }
    stretches.reach(stretches.to);
  }
}

/** A clock that drifts may show less than what it was thought to show when the line died; never twice the same. */
function later<E extends Said>({ shown }: Line, event: E, due: EpochMs): Outgoing<E> {
  const ts = Math.max(event.ts, (shown.get(event.machine) ?? 0) + 1);
  shown.set(event.machine, ts);
  return { event: { ...event, ts }, due };
}

/** What the machine's own clock shows at an instant after what it said: never the same twice. */
function showing({ shown }: Line, { said: { event, due } }: Member, instant: EpochMs): EpochMs {
  const ts = Math.max(event.ts + (instant - due), (shown.get(event.machine) ?? 0) + 1);
  shown.set(event.machine, ts);
  return ts;
}
