import { ORDER_SIGNALS } from '../../orders/told.ts';
import { type CheckedFacts, type Finding, type PlausibilityCheck, spanOfAll, stretchesOf } from '../check.ts';
import { type CheckedGauge, type FlatStretch, flatCursor } from '../gauges.ts';

const thresholds = { flatHours: 6, livelyHours: 24, runningMsOfHour: 1_800_000 };

export const flatLine: PlausibilityCheck = {
  id: 'flat-line',
  title: { zh: '数值成一直线', en: 'Flat line' },
  why: {
    zh: '一个平时会变的测量值，在设备运行的数小时里一动不动：传感器脱落，或数值是填的。',
    en: 'A measurement that varies at other times stood still through hours of running: a sensor is off, or the value is made up.',
  },
  source:
    'own design; data-quality practice for sensor series (stuck-at fault). Ours: what varies in fewer hours than it stands still while the machine runs, and in fewer than 24 for each time that it does, is set and not measured, as is what an order plans',
  grade: 'B',
  thresholds,
  find: (facts) => flatLines(facts, isMeasured),
};

/** Neighbouring hours of running in which a gauge kept one and the same value. */
interface FlatRun {
  readonly hours: CheckedFacts['hours'];
  readonly stretch: FlatStretch;
}

/** What is told of gauges that stood still, of those that count as measured. */
export const flatLines = (
  { gauges, hours }: Pick<CheckedFacts, 'gauges' | 'hours'>,
  counts: (gauge: CheckedGauge, runs: readonly FlatRun[]) => boolean,
): readonly Finding[] =>
  gauges.flatMap((gauge) => {
    const { signal, livelyHours, flat } = gauge;
    if (livelyHours < thresholds.livelyHours) return [];
    const runs = flatRuns(hours, flat);
    if (!counts(gauge, runs)) return [];
    return runs.filter(isLong).map(({ hours: own, stretch: { value } }) => ({
      ...spanOfAll(own),
      evidence: { signal, value, flatHours: own.length, livelyHours },
    }));
  });

/** What an order plans. */
const PLANNED: readonly string[] = ORDER_SIGNALS;

/** A setpoint changes in an hour and stands for many, again and again; a stuck sensor stands still once in a while. */
function isMeasured({ signal, livelyHours }: CheckedGauge, runs: readonly FlatRun[]): boolean {
  if (PLANNED.includes(signal)) return false;
  const stillHours = runs.reduce((sum, { hours }) => sum + hours.length, 0);
  const times = new Set(runs.filter(isLong).map(({ stretch }) => stretch)).size;
  return livelyHours >= stillHours || livelyHours >= thresholds.livelyHours * times;
}

const isLong = ({ hours }: FlatRun): boolean => hours.length >= thresholds.flatHours;

function flatRuns(hours: CheckedFacts['hours'], flat: readonly FlatStretch[]): readonly FlatRun[] {
  const within = flatCursor(flat);
  const still = hours.flatMap((hour) => {
    const stretch = hour.runningMs >= thresholds.runningMsOfHour ? within(hour.from) : undefined;
    return stretch && hour.to <= stretch.to ? [{ ...hour, stretch }] : [];
  });
  return [...Map.groupBy(still, ({ stretch }) => stretch)].flatMap(([stretch, own]) =>
    stretchesOf(own, () => true).map((run) => ({ hours: run, stretch })),
  );
}
