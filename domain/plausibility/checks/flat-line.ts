import {
  type CheckedFacts,
  type GaugeHour,
  type PlausibilityCheck,
  spanOfAll,
  stretchesOf,
} from '../check.ts';

const HOUR = 3_600_000;
const thresholds = { flatHours: 6, livelyHours: 24, runningMsOfHour: 1_800_000 };

export const flatLine: PlausibilityCheck = {
  id: 'flat-line',
  title: { zh: '数值成一直线', en: 'Flat line' },
  why: {
    zh: '一个平时会变的测量值，在设备运行的数小时里一动不动：传感器脱落，或数值是填的。',
    en: 'A measurement that varies at other times stood still through hours of running: a sensor is off, or the value is made up.',
  },
  source: 'own design; data-quality practice for sensor series (stuck-at fault)',
  grade: 'B',
  thresholds,
  find: (facts) =>
    facts.gauges.flatMap(({ signal, hours }) => {
      const lively = hours.filter(({ min, max }) => min < max).length;
      if (lively < thresholds.livelyHours) return [];
      return flatRuns(facts, hours).map((run) => ({
        ...spanOfAll(run),
        evidence: { signal, value: (run[0] as GaugeHour).min, flatHours: run.length, livelyHours: lively },
      }));
    }),
};

/** Neighbouring hours of running in which a gauge kept one and the same value. */
function flatRuns({ hours: ledger }: CheckedFacts, hours: readonly GaugeHour[]) {
  const ran = new Set(
    ledger.filter(({ ms }) => ms.running >= thresholds.runningMsOfHour).map(({ from }) => from),
  );
  const spans = hours.map((hour) => ({ ...hour, to: hour.from + HOUR }));
  return stretchesOf(spans, ({ from, min, max }) => min === max && ran.has(from))
    .flatMap(byValue)
    .filter((run) => run.length >= thresholds.flatHours);
}

/** A stretch of hours, each of one value, parted where that value changes. */
function byValue<T extends GaugeHour>(stretch: readonly T[]): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const hour of stretch) {
    const run = runs.at(-1);
    if (run?.[0]?.min === hour.min) run.push(hour);
    else runs.push([hour]);
  }
  return runs;
}
