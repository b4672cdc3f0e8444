import { type MachinePath, prefixOf } from '../path.ts';
import type { DurationMs } from '../time.ts';

/** The machines of a line in the order of the flow, and how the cause of its stops is told. */
export interface Line {
  /** `enterprise/site/area/line`. */
  readonly path: string;
  /** Whether the order is the configuration's own; else it is the order in which its machines are declared there. */
  readonly declared: boolean;
  /** From the first to the last. */
  readonly machines: readonly MachinePath[];
  readonly bottleneck: MachinePath | null;
  /** Id of the rule that says when the line stands, and where the way to the cause begins. */
  readonly rule: string;
  readonly waiting: {
    /** Id of the rule that says what an idle machine waits for. */
    readonly rule: string;
    /** The machines that never say `blocked` or `starved` themselves, and that the rule holds for. */
    readonly machines: readonly MachinePath[];
  };
  /** How long after its end a machine's stop may still be what a neighbour begins to wait for. */
  readonly lagMs: DurationMs;
}

/** What a line is judged by where nothing is said of it itself. */
export const LINE_DEFAULTS = {
  bottleneck: null,
  rule: 'first-stop',
  waiting: { rule: 'as-reported', machines: [] },
  lagMs: 0,
} as const satisfies Partial<Line>;

/**
 * The line of a path: the declared one, or one of its machines in the order given, which is that of the configuration.
 * What is known beside those that a declaration names stands on no line.
 */
export function lineAt(
  lines: readonly Line[] | undefined,
  path: string,
  machines: readonly MachinePath[],
): Line {
  const declared = lines?.find((line) => line.path === path);
  if (declared) return declared;
  const own = machines.filter((machine) => prefixOf(machine, 'line') === path);
  return { path, declared: false, machines: own, ...LINE_DEFAULTS };
}
