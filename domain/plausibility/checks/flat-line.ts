import { type CheckedFacts, type PlausibilityCheck, spanOfAll, stretchesOf } from '../check.ts';
import { type FlatStretch, flatCursor } from '../gauges.ts';

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
  find: ({ gauges, hours }) =>
    gauges.flatMap(({ signal, livelyHours, flat }) => {
      if (livelyHours < thresholds.livelyHours) return [];
      return flatRuns(hours, flat).map(({ run, value }) => ({
        ...spanOfAll(run),
        evidence: { signal, value, flatHours: run.length, livelyHours },
      }));
    }),
};

/** Neighbouring hours of running in which a gauge kept one and the same value. */
function flatRuns(hours: CheckedFacts['hours'], flat: readonly FlatStretch[]) {
  const within = flatCursor(flat);
  const still = hours.flatMap((hour) => {
    const stretch = hour.runningMs >= thresholds.runningMsOfHour ? within(hour.from) : undefined;
    return stretch && hour.to <= stretch.to ? [{ ...hour, stretch }] : [];
  });
  return [...Map.groupBy(still, ({ stretch }) => stretch)]
    .flatMap(([{ value }, own]) => stretchesOf(own, () => true).map((run) => ({ run, value })))
    .filter(({ run }) => run.length >= thresholds.flatHours);
}
