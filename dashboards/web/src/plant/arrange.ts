import { inScope } from '../../../../domain/path.ts';
import type { MachineNow, StateName } from '../api.ts';

/** The states, the worst first: what an eye should fall on before all else. */
export const WORST_FIRST: readonly StateName[] = [
  'down',
  'unknown',
  'blocked',
  'starved',
  'held',
  'setup',
  'idle',
  'off',
  'planned-stop',
  'running',
];
const RANK = new Map(WORST_FIRST.map((state, rank) => [state, rank]));

export const SORTS = ['path', 'worst'] as const;
export const GROUPINGS = ['line', 'area', 'site', 'state', 'none'] as const;
export type Sort = (typeof SORTS)[number];
export type Grouping = (typeof GROUPINGS)[number];

/** What of the plant is shown, and in which order. */
export interface PlantQuestion {
  /** A path prefix; empty: everything. */
  readonly scope: string;
  /** Empty: every state. */
  readonly states: readonly StateName[];
  /** Part of a path or reason. */
  readonly text: string;
  readonly sort: Sort;
  readonly group: Grouping;
  /** For a screen on the wall: nothing but the machines. */
  readonly wall: boolean;
}

/** Machines under one heading: a path prefix, a state, or everything. */
export interface Group {
  readonly key: string;
  readonly paths: readonly string[];
}

/** The machines asked for, in groups. */
export function arrange(machines: Iterable<MachineNow>, question: PlantQuestion): readonly Group[] {
  const { scope, states, sort, group } = question;
  const text = question.text.trim().toLowerCase();
  const wanted = [...machines].filter(
    ({ path, state, reason }) =>
      inScope(path, scope) &&
      (states.length === 0 || states.includes(state)) &&
      (text === '' || `${path} ${reason ?? ''}`.toLowerCase().includes(text)),
  );
  if (sort === 'worst') wanted.sort(worstFirst);
  const groups = [...Map.groupBy(wanted, (machine) => keyOf(machine, group))];
  // Groups come with their worst machine, and so are sorted already, unless they are the states themselves.
  if (group === 'state') groups.sort(([a], [b]) => rankOf(a as StateName) - rankOf(b as StateName));
  return groups.map(([key, members]) => ({ key, paths: members.map(({ path }) => path) }));
}

const DEPTH: Readonly<Record<Grouping, number>> = { site: 2, area: 3, line: 4, state: 0, none: 0 };

function keyOf({ path, state }: MachineNow, group: Grouping): string {
  return group === 'state' ? state : path.split('/').slice(0, DEPTH[group]).join('/');
}

const rankOf = (state: StateName): number => RANK.get(state) ?? 0;

/** By state, and of one state the longest first. */
function worstFirst(a: MachineNow, b: MachineNow): number {
  const byState = rankOf(a.state) - rankOf(b.state);
  if (byState !== 0) return byState;
  const [since, other] = [a.since ?? '', b.since ?? ''];
  return since === other ? (a.path < b.path ? -1 : 1) : since < other ? -1 : 1;
}

/** Whether the arrangement depends on more than which machines there are. */
export const followsStates = ({ sort, group, states, text }: PlantQuestion): boolean =>
  sort === 'worst' || group === 'state' || states.length > 0 || text !== '';

export const sameGroups = (a: readonly Group[], b: readonly Group[]): boolean =>
  a.length === b.length &&
  a.every(
    ({ key, paths }, nth) =>
      key === b[nth]?.key &&
      paths.length === b[nth].paths.length &&
      paths.every((path, place) => path === b[nth]?.paths[place]),
  );
