import type { Finding, LevelResult, Passed } from '../assessment.ts';
import { lacksTime } from '../findings/conditions.ts';
import type { Instrument, Instruments } from '../findings/instrument.ts';
import { lowestOf } from '../findings/judgement.ts';
import { ZERO } from '../fraction.ts';
import { indicatorsOf } from '../rubric.ts';
import { scoresOf } from '../scores/scores.ts';
import { passGate, type Standing } from './gates.ts';

/** The levels with their gates: what is reached, what is still possible, and what unknown time could change. */
export function levelsOf(standing: Standing): LevelResult {
  const levels = judgeLevels(standing);
  const { reached, possible } = heightOf(levels);
  const now = heightOf(judgeLevels(withoutMissing(standing)));
  return { levels, reached, possible, unknownTimeCouldChangeIt: now.reached !== now.possible };
}

type Levels = LevelResult['levels'];

const judgeLevels = (standing: Standing): Levels =>
  standing.rubric.levels.map(({ id, gates }) => {
    const results = gates.map((gate) => ({ gate: gate.id, ...passGate(gate, standing) }));
    return { level: id, passed: together(results.map(({ passed }) => passed)), gates: results };
  });

const together = (all: readonly Passed[]): Passed =>
  all.includes('failed') ? 'failed' : all.includes('open') ? 'open' : 'passed';

/** Levels are climbed from below: one that isn't passed stops the way. */
function heightOf(levels: Levels): Pick<LevelResult, 'reached' | 'possible'> {
  const before = (stops: (passed: Passed) => boolean): string | null => {
    const stop = levels.findIndex(({ passed }) => stops(passed));
    return levels[(stop === -1 ? levels.length : stop) - 1]?.level ?? null;
  };
  return {
    reached: before((passed) => passed !== 'passed'),
    possible: before((passed) => passed === 'failed'),
  };
}

/**
 * The same with nothing in the place of whatever is missing for another reason than unknown time: what is then still open
 * hangs on unknown time alone.
 */
function withoutMissing({ rubric, findings, instruments }: Standing): Standing {
  const scorings = new Map([...indicatorsOf(rubric)].map(({ indicator: { id, scoring } }) => [id, scoring]));
  const filled = findings.map((finding): Finding => {
    const scoring = scorings.get(finding.indicator);
    if (finding.outcome !== 'no-evidence' || finding.cause === 'not-assessable' || !scoring) return finding;
    const { indicator, element, domain, evidence, highest } = finding;
    return {
      ...{ indicator, element, domain, evidence, highest },
      outcome: 'scored',
      basis: 'judged',
      option: lowestOf(scoring).option,
      ...{ points: ZERO, low: ZERO, high: ZERO },
      cappedBy: null,
      contradicted: false,
    };
  });
  return { rubric, findings: filled, scores: scoresOf(rubric, filled), instruments: onlyTime(instruments) };
}

/** Reads a value that is missing for another reason as one that meets no condition. */
const onlyTime =
  (instruments: Instruments): Instruments =>
  (what): Instrument => {
    const instrument = instruments(what);
    const { measured } = instrument;
    if (measured.value !== null || lacksTime(measured)) return instrument;
    return { ...instrument, measured: { ...measured, value: Number.NaN, low: null, high: null } };
  };
