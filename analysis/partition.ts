import { LEVELS, prefixOf } from '../domain/path.ts';
import type { Member } from './members.ts';

/** Machines that are worked through together, and the scopes that hold them for reading recorded cells. */
export interface Part {
  readonly members: readonly Member[];
  readonly scopes: readonly string[];
}

/** Divides machines (in path order) into parts of at most `limit` cells, along the levels of the plant. */
export function* partition({
  members,
  scope,
  cellsOf,
  limit,
  level = 0,
}: {
  readonly members: readonly Member[];
  readonly scope: string;
  readonly cellsOf: (member: Member) => number;
  readonly limit: number;
  readonly level?: number;
}): Generator<Part> {
  const cells = members.reduce((sum, member) => sum + cellsOf(member), 0);
  const next = LEVELS[level];
  if (cells <= limit || members.length === 1) yield { members, scopes: [scope] };
  else if (next === undefined || next === 'machine') yield* slices(members, cellsOf, limit);
  else {
    const groups = Map.groupBy(members, ({ machine }) => prefixOf(machine.path, next));
    for (const [prefix, group] of groups) {
      yield* partition({ members: group, scope: prefix, cellsOf, limit, level: level + 1 });
    }
  }
}

function* slices(
  members: readonly Member[],
  cellsOf: (member: Member) => number,
  limit: number,
): Generator<Part> {
  let slice: Member[] = [];
  let cells = 0;
  for (const member of members) {
    if (slice.length > 0 && cells + cellsOf(member) > limit) {
      yield { members: slice, scopes: slice.map(({ machine }) => machine.path) };
      slice = [];
      cells = 0;
    }
    slice.push(member);
    cells += cellsOf(member);
  }
  if (slice.length > 0) yield { members: slice, scopes: slice.map(({ machine }) => machine.path) };
}
