import type { SeriesFacts } from '../facts.ts';
import type { SignalValue } from '../observation.ts';
import type { EpochMs } from '../time.ts';
import type { Derivation, DerivedChange } from './derivation.ts';
import type { LevelRule } from './rule.ts';

export type LevelBand = 'off' | 'idle' | 'between' | 'running';

/** A value as a level; `undefined`: it is none, and tells nothing. */
export function levelOf(value: SignalValue): number | undefined {
  const level =
    typeof value === 'string' ? (value.trim() === '' ? Number.NaN : Number(value)) : Number(value);
  return Number.isFinite(level) ? level : undefined;
}

/** The band that a level lies in; a threshold itself lies between. */
export function bandOf({ runningAbove, idleBelow, offBelow }: LevelRule, level: number): LevelBand {
  if (level > runningAbove) return 'running';
  if (offBelow !== undefined && level < offBelow) return 'off';
  return level < idleBelow ? 'idle' : 'between';
}

/** Between the thresholds a state stays, except that what draws so much isn't off. */
const stay = (word: DerivedChange['word'] | undefined) => (word === 'off' ? 'idle' : word);

/** The stretches of one level, by hysteresis alone; the last is open. */
export function levelRuns(
  { ts, values }: SeriesFacts,
  rule: LevelRule,
): (DerivedChange & { index: number })[] {
  const runs: (DerivedChange & { index: number })[] = [];
  let word: DerivedChange['word'] | undefined;
  for (let index = 0; index < ts.length; index++) {
    const level = levelOf(values[index] as SignalValue);
    if (level === undefined) continue;
    const band = bandOf(rule, level);
    const next = band === 'between' ? stay(word) : band;
    if (next === undefined || next === word) continue;
    word = next;
    runs.push({ at: ts[index] as EpochMs, word, index });
  }
  return runs;
}

/** Reads states from a level: of the runs, those that last for the hold time. */
export const level: Derivation<LevelRule> = {
  changes(series, rule, until) {
    const runs = levelRuns(series, rule);
    const changes: DerivedChange[] = [];
    let first: EpochMs | undefined;
    for (const [place, { at, word }] of runs.entries()) {
      const end = runs[place + 1]?.at ?? until;
      if (end - at < rule.holdMs) continue;
      first ??= at;
      if (changes.at(-1)?.word !== word) changes.push({ at, word });
    }
    return { changes, certainFrom: first ?? Number.POSITIVE_INFINITY };
  },

  nextChange(series, rule, now) {
    const last = levelRuns(series, rule).at(-1);
    return last && last.at + rule.holdMs > now ? last.at + rule.holdMs : undefined;
  },

  decisive(series, rule, before) {
    const runs = levelRuns(series, rule).filter(({ at }) => at < before);
    let holds: (typeof runs)[number] | undefined;
    for (const [place, run] of runs.entries()) {
      const end = runs[place + 1]?.at ?? before;
      if (end - run.at >= rule.holdMs && holds?.word !== run.word) holds = run;
    }
    // Runs between the two were too short, and are over.
    const last = runs.at(-1);
    return [holds, last === holds ? undefined : last].flatMap((run) => {
      if (!run) return [];
      // What ended a switched-off time without being a load tells nothing without that time.
      const value = levelOf(series.values[run.index] as SignalValue) as number;
      const off = bandOf(rule, value) === 'between' ? runs[runs.indexOf(run) - 1] : undefined;
      return off ? [off.index, run.index] : [run.index];
    });
  },
};
