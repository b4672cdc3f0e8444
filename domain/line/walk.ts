import type { State } from '../state.ts';
import type { EpochMs } from '../time.ts';
import type { Line } from './line.ts';
import { type LinePiece, type LineTrack, placeAt, type Role, roleOf } from './role.ts';
import { waitingRuleOf } from './waiting/index.ts';
import type { Seen, WaitingRule } from './waiting-rule.ts';

/** A machine on the way from where the line is watched to what stopped it. */
export interface LineLink {
  readonly machine: string;
  readonly state: State;
  readonly reason: string | null;
  /** What it is to its neighbours here. */
  readonly role: Seen['role'];
  /** The role was told by the neighbours, not by the machine. */
  readonly inferred: boolean;
}

/**
 * Why nobody can say which machine it was. `silent`: the state of a machine on the way is unknown; `neighbour-runs`: the
 * machine that is waited for runs; `contradiction`: two neighbours wait for each other; `ambiguous`: an idle machine
 * may wait on either side.
 */
export const UNKNOWN_CAUSES = ['silent', 'neighbour-runs', 'contradiction', 'ambiguous'] as const;
export type UnknownCause = (typeof UNKNOWN_CAUSES)[number];

/** Where the way from a machine that stands leads. */
export interface Trail {
  /** `blocked`, `starved`: the way leaves the line at its end. */
  readonly kind: 'own' | 'blocked' | 'starved' | 'unknown';
  readonly because: UnknownCause | null;
  /** From the machine that is watched; the last is where the way ends. */
  readonly links: readonly LineLink[];
  /** A machine on the way runs again; its stop ended within the lag. */
  readonly over: boolean;
}

/** A line at any instant of its tracks, which lie in the order of the flow. */
export interface LineWalk {
  /** Where the way from the machine at a place leads. */
  from(place: number, at: EpochMs): Trail;
}

export function lineWalk(line: Line, tracks: readonly LineTrack[]): LineWalk {
  const waiting = waitingRuleOf(line.waiting.rule) as WaitingRule;
  const inferable = tracks.map(({ machine }) => line.waiting.machines.includes(machine));
  const pieceAt = (place: number, at: EpochMs): LinePiece => {
    const { pieces } = tracks[place] as LineTrack;
    return pieces[placeAt(pieces, at)] as LinePiece;
  };
  const rolesAt = (at: EpochMs): Role[] => tracks.map((_, place) => roleOf(pieceAt(place, at)));
  const seenAt = (place: number, at: EpochMs): Seen => {
    const role = roleOf(pieceAt(place, at));
    return role === 'idle' ? waiting.see(place, rolesAt(at), inferable) : { role, inferred: false };
  };

  /** The last instant before `at`, at most the lag before it, at which a machine that runs then stood. */
  const stoodBefore = (place: number, at: EpochMs): EpochMs | undefined => {
    const { pieces } = tracks[place] as LineTrack;
    for (let index = placeAt(pieces, at) - 1; index >= 0; index--) {
      const piece = pieces[index] as LinePiece;
      if (piece.to + line.lagMs <= at) return undefined;
      if (roleOf(piece) !== 'running') return piece.to - 1;
    }
    return undefined;
  };

  return {
    from(begin, now) {
      const links: LineLink[] = [];
      let place = begin;
      let at = now;
      let step = 0;
      let over = false;
      const unknown = (because: UnknownCause): Trail => ({ kind: 'unknown', because, links, over });
      for (;;) {
        if (place !== begin && seenAt(place, at).role === 'running') {
          const earlier = stoodBefore(place, at);
          if (earlier !== undefined) {
            at = earlier;
            over = true;
          }
        }
        const { role, inferred } = seenAt(place, at);
        const { state, reason } = pieceAt(place, at);
        links.push({ machine: (tracks[place] as LineTrack).machine, state, reason, role, inferred });
        if (role === 'running') return unknown('neighbour-runs');
        if (role === 'unknown') return unknown(inferred ? 'ambiguous' : 'silent');
        if (role === 'own') return { kind: 'own', because: null, links, over };
        const next = role === 'starved' ? -1 : 1;
        if (step !== 0 && next !== step) return unknown('contradiction');
        if (place + next < 0 || place + next >= tracks.length)
          return { kind: role, because: null, links, over };
        step = next;
        place += next;
      }
    },
  };
}
