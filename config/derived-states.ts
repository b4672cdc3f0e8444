import { type DerivedRule, settleMs } from '../domain/derived/rule.ts';
import type { Machine } from '../domain/plant.ts';
import type { StateEntry } from './state-schema.ts';
import type { FileProblem } from './yaml-source.ts';

export type DerivedEntry = Extract<StateEntry, { from: 'level' | 'pulses' }>;
type Tell = (problem: FileProblem) => void;

const DEFAULT_FACTOR = 2;

/** A rule in the domain's words; what is wrong with it is told. `cycleUs`: the longest ideal cycle of the machine. */
export function derivedRuleOf(
  entry: DerivedEntry,
  {
    cycleUs,
    path,
    tell,
  }: { readonly cycleUs: number | null; readonly path: readonly PropertyKey[]; readonly tell: Tell },
): DerivedRule {
  if (entry.from === 'level') {
    const { runningAbove, idleBelow = runningAbove, offBelow, holdMs } = entry;
    if (idleBelow > runningAbove) {
      tell({
        path: [...path, 'idleBelow'],
        message: `idle below ${idleBelow} and running above ${runningAbove} overlap; write idleBelow at or below runningAbove`,
      });
    }
    if (offBelow !== undefined && offBelow > idleBelow) {
      tell({
        path: [...path, 'offBelow'],
        message: `off below ${offBelow} and idle below ${idleBelow} contradict each other; write offBelow at or below idleBelow`,
      });
    }
    return { from: 'level', runningAbove, idleBelow, ...(offBelow !== undefined && { offBelow }), holdMs };
  }
  const { factor, idealCycleMs: ownUs = cycleUs, withinMs, kind } = entry;
  if (withinMs !== undefined && factor !== undefined) {
    tell({ path: [...path, 'factor'], message: 'withinMs and factor say the same; keep one of them' });
  }
  if (withinMs === undefined && ownUs === null) {
    tell({
      path,
      message:
        'pieces come within a multiple of an ideal cycle, and there is none; write idealCycleMs or withinMs',
    });
  }
  const ofCycle = Math.ceil(((factor ?? DEFAULT_FACTOR) * (ownUs ?? 0)) / 1000);
  return {
    from: 'pulses',
    withinMs: Math.max(1, withinMs ?? ofCycle),
    cycleUs: ownUs,
    ...(kind && { kind }),
  };
}

/** A state that takes longer to be told than the machine may be silent would be hidden by silence. */
export function hiddenBySilence(
  machine: Pick<Machine, 'derive' | 'maxSilenceMs'>,
  path: readonly PropertyKey[],
): FileProblem[] {
  const { derive, maxSilenceMs } = machine;
  const settles = settleMs(derive);
  if (maxSilenceMs === null || settles * 2 <= maxSilenceMs) return [];
  return [
    {
      path,
      message: `the state is certain only ${settles} ms later, and after ${maxSilenceMs} ms of silence it is unknown; raise maxSilenceMs to ${settles * 2} or more, or write a shorter time`,
    },
  ];
}
