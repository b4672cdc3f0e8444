import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIME_CLASSES, type TimeClass } from '../../domain/ledger-row.ts';
import { LINE_DEFAULTS, type Line } from '../../domain/line/line.ts';
import { lineStops } from '../../domain/line/line-stops.ts';
import type { LinePiece, LineTrack } from '../../domain/line/role.ts';
import { STATES, type State } from '../../domain/state.ts';

const END = 48;

/** What a machine is at each millisecond; time outside planned busy time and site rules make any pair possible. */
interface Instant {
  readonly class: TimeClass;
  readonly state: State;
}

const CLASS_OF: Readonly<Record<State, TimeClass>> = {
  ...{ running: 'running', setup: 'changeover', idle: 'idle', blocked: 'delay', starved: 'delay' },
  ...{ held: 'delay', down: 'breakdown', 'planned-stop': 'plannedStop', off: 'idle', unknown: 'unknown' },
};
const instant: fc.Arbitrary<Instant> = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom<State[]>('running', 'down', 'starved', 'blocked', 'idle') },
    { weight: 1, arbitrary: fc.constantFrom(...STATES) },
  )
  .chain((state) =>
    fc
      .oneof(
        { weight: 8, arbitrary: fc.constant(CLASS_OF[state]) },
        { weight: 1, arbitrary: fc.constantFrom(...TIME_CLASSES) },
      )
      .map((name) => ({ class: state === 'unknown' || name !== 'unknown' ? name : CLASS_OF[state], state })),
  );
const track = fc.array(fc.tuple(instant, fc.integer({ min: 1, max: 14 })), { minLength: 1, maxLength: 12 });

const machines = (count: number): string[] => Array.from({ length: count }, (_, place) => `m${place}`);
const scene = fc
  .array(track, { minLength: 1, maxLength: 5 })
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      rule: fc.constantFrom('first-stop', 'bottleneck', 'all-stopped'),
      bottleneck: fc.constantFrom(...machines(all.length)),
      waits: fc.subarray(machines(all.length)),
      infers: fc.boolean(),
      lagMs: fc.constantFrom(0, 1, 3, 9),
    }),
  )
  .map(({ all, rule, bottleneck, waits, infers, lagMs }) => {
    const line: Line = {
      ...{ path: 'a/b/c/d', declared: true, machines: machines(all.length), ...LINE_DEFAULTS },
      ...{ rule, bottleneck, lagMs },
      waiting: { rule: infers ? 'idle-by-neighbours' : 'as-reported', machines: waits },
    };
    const instants = all.map((pieces) => {
      const filled = pieces.flatMap(([one, ms]) => Array.from({ length: ms }, () => one));
      return Array.from({ length: END }, (_, ms) => filled[ms] ?? (filled.at(-1) as Instant));
    });
    const tracks = instants.map((ones, place): LineTrack => {
      const pieces: LinePiece[] = [];
      for (const [ms, one] of ones.entries()) {
        const last = pieces.at(-1);
        if (last?.class === one.class && last.state === one.state)
          pieces[pieces.length - 1] = { ...last, to: ms + 1 };
        else pieces.push({ from: ms, to: ms + 1, ...one, reason: null });
      }
      return { machine: `m${place}`, pieces };
    });
    return { line, instants, tracks };
  });

const OUTSIDE = ['notScheduled', 'extra', 'plannedStop'];
const stands = ({ class: name }: Instant): string =>
  OUTSIDE.includes(name) ? 'outside' : ['running', 'unknown'].includes(name) ? name : 'stopped';

/** The rules said again, one millisecond after another, without any of the code that they are written in. */
function oracle(line: Line, instants: readonly (readonly Instant[])[]) {
  const count = instants.length;
  const of = (place: number, ms: number): Instant => instants[place]?.[ms] as Instant;
  const bare = (place: number, ms: number): string => {
    const { class: name, state } = of(place, ms);
    if (state === 'unknown' || name === 'unknown') return 'unknown';
    if (name === 'running' || (name === 'extra' && state === 'running')) return 'running';
    return ['starved', 'blocked', 'idle'].includes(state) ? state : 'own';
  };
  const infers = (place: number): boolean =>
    line.waiting.rule === 'idle-by-neighbours' && line.waiting.machines.includes(`m${place}`);
  const side = (place: number, step: number, ms: number): string => {
    const next = place + step;
    if (next < 0 || next >= count) return 'runs';
    const role = bare(next, ms);
    if (role === 'idle' && infers(next)) return side(next, step, ms);
    if (role === 'unknown') return role;
    return role === 'running' || role === (step < 0 ? 'blocked' : 'starved') ? 'runs' : 'stands';
  };
  const role = (place: number, ms: number): string => {
    const own = bare(place, ms);
    if (own !== 'idle') return own;
    if (!infers(place)) return 'own';
    const sides = [side(place, -1, ms), side(place, 1, ms)];
    if (sides.includes('unknown') || sides.join() === 'stands,stands') return 'unknown';
    return sides[0] === 'stands' ? 'starved' : sides[1] === 'stands' ? 'blocked' : 'own';
  };
  const follow = (place: number, ms: number, step: number, isFirst: boolean): string => {
    if (place < 0 || place >= count) return 'out';
    let at = ms;
    if (!isFirst && role(place, at) === 'running') {
      for (let back = ms - 1; back >= Math.max(0, ms - line.lagMs); back--) {
        if (bare(place, back) === 'running') continue;
        at = back;
        break;
      }
      if (at === ms) return 'open';
    }
    const here = role(place, at);
    if (here === 'running') return 'open';
    if (here === 'unknown') return 'unknown';
    if (here === 'own') return `own m${place} ${of(place, at).state}`;
    const next = here === 'starved' ? -1 : 1;
    if (step !== 0 && next !== step) return 'unknown';
    const beyond = follow(place + next, at, next, false);
    return beyond === 'out' ? `${here} m${place} ${of(place, at).state}` : beyond;
  };
  const stoodSince = instants.map(() => -1);
  let kept = '';
  let keptFor = '';
  return Array.from({ length: END }, (_, ms): string => {
    const all = instants.map((_, place) => stands(of(place, ms)));
    for (const [place, one] of all.entries()) {
      if (one === 'running') stoodSince[place] = -1;
      else if (stoodSince[place] === -1) stoodSince[place] = ms;
    }
    let watched = line.rule === 'first-stop' ? count - 1 : Number(line.bottleneck?.slice(1));
    let standing = all[watched] as string;
    if (line.rule === 'all-stopped') {
      standing = ['running', 'unknown', 'stopped', 'outside'].find((one) => all.includes(one)) as string;
      const stopped = all.flatMap((one, place) => (one === 'stopped' ? [place] : []));
      watched = Math.min(...stopped.map((place) => (stoodSince[place] as number) * 100 + place)) % 100;
    }
    if (standing !== 'stopped') {
      kept = '';
      return standing;
    }
    const key = `${watched} ${role(watched, ms)}`;
    if (key !== keptFor) kept = '';
    keptFor = key;
    const found = follow(watched, ms, 0, true);
    if (found !== 'open' || kept === '') kept = found === 'open' ? 'unknown' : found;
    return kept;
  });
}

const spell = ({
  kind,
  machine,
  state,
}: {
  kind: string;
  machine: string | null;
  state: string | null;
}): string => (kind === 'unknown' ? kind : `${kind} ${machine} ${state}`);

test('each millisecond of a line has the cause that the rules give it, and the causes sum to the time it stood', () => {
  fc.assert(
    fc.property(scene, fc.nat(END - 1), fc.nat(END), ({ line, instants, tracks }, from, length) => {
      const window = { from, to: Math.min(END, from + length) };
      const { ms, stops, byMachine } = lineStops(line, tracks, window);
      const expected = oracle(line, instants).slice(window.from, window.to);
      const told = expected.map((_, index) => {
        const stop = stops.find((one) => one.from <= from + index && from + index < one.to);
        return stop ? spell(stop.cause) : 'not stopped';
      });
      const plain = ['running', 'unknown', 'outside'];
      const times = { running: 0, stopped: 0, unknown: 0, outside: 0 };
      const isStop = oracleStops(line, instants).slice(window.from, window.to);
      for (const [index, word] of expected.entries()) {
        if (isStop[index]) times.stopped++;
        else times[word as 'running']++;
      }
      expect(ms).toEqual(times);
      expect(told).toEqual(
        expected.map((word, index) => (!isStop[index] && plain.includes(word) ? 'not stopped' : word)),
      );
      expect(byMachine.reduce((sum, one) => sum + one.ms, 0)).toBe(ms.stopped);
      expect(stops.reduce((sum, one) => sum + one.to - one.from, 0)).toBe(ms.stopped);
      for (const one of byMachine) {
        expect(one.longestMs).toBeLessThanOrEqual(one.ms);
        expect(one.longestMs * one.stops).toBeGreaterThanOrEqual(one.ms);
      }
    }),
    { numRuns: 3000 },
  );
});

/** Whether the line stands, millisecond by millisecond: an unknown cause isn't unknown standing. */
function oracleStops(line: Line, instants: readonly (readonly Instant[])[]): boolean[] {
  const places = instants.keys().toArray();
  return Array.from({ length: END }, (_, ms) => {
    const all = places.map((place) => stands(instants[place]?.[ms] as Instant));
    if (line.rule === 'all-stopped')
      return all.includes('stopped') && !all.includes('running') && !all.includes('unknown');
    return all[line.rule === 'first-stop' ? all.length - 1 : Number(line.bottleneck?.slice(1))] === 'stopped';
  });
}

test('adjacent windows add up, and a border between them parts no cause', () => {
  fc.assert(
    fc.property(scene, fc.nat(END), ({ line, tracks }, cut) => {
      const [first, second, whole] = [
        { from: 0, to: cut },
        { from: cut, to: END },
        { from: 0, to: END },
      ].map((window) => lineStops(line, tracks, window));
      const added = Object.entries(first!.ms).map(([name, ms]) => [name, ms + second!.ms[name as 'running']]);
      expect(Object.fromEntries(added)).toEqual(whole!.ms);
      const joined = [...first!.stops, ...second!.stops].map((stop) => spell(stop.cause));
      const beyond = second!.stops[0]?.from === cut && first!.stops.at(-1)?.to === cut;
      const same = beyond && spell(second!.stops[0]!.cause) === spell(first!.stops.at(-1)!.cause);
      if (beyond) expect(second!.stops[0]?.continued).toBe(true);
      if (!same) expect(joined).toEqual(whole!.stops.map((stop) => spell(stop.cause)));
    }),
    { numRuns: 500 },
  );
});
