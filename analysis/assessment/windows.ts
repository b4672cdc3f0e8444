import {
  indicatorsOf,
  type MeasureReference,
  type MeasureWindow,
  type Rubric,
} from '../../domain/assess/rubric.ts';
import type { Span } from '../../domain/time.ts';

/** The stretches that a rubric's measures look at, each once; the whole period first, whether or not it is named. */
export function windowsOf(rubric: Rubric): readonly MeasureWindow[] {
  const days = new Set<number>();
  for (const what of referencesOf(rubric)) {
    if ('measure' in what && what.window !== 'period') days.add(what.window.lastDays);
  }
  return ['period', ...[...days].sort((a, b) => b - a).map((lastDays) => ({ lastDays }))];
}

/** Everything that a rubric asks telemetry and the register for. */
export function* referencesOf(rubric: Rubric): Generator<MeasureReference> {
  for (const { indicator } of indicatorsOf(rubric)) {
    yield* indicator.evidence;
    if (indicator.scoring.kind === 'bands') yield indicator.scoring.what;
    else for (const option of indicator.scoring.options) for (const { what } of option.when) yield what;
  }
  for (const { gates } of rubric.levels) {
    for (const gate of gates) if (gate.kind === 'measure') yield gate.condition.what;
  }
}

/** A window as a span of a period: its last days end where the period does, and begin at that hour of the zone's clock. */
export function spanOfWindow(window: MeasureWindow, period: Span, zone: string): Span {
  if (window === 'period') return period;
  const begin = Temporal.Instant.fromEpochMilliseconds(period.to)
    .toZonedDateTimeISO(zone)
    .subtract({ days: window.lastDays }).epochMilliseconds;
  return { from: Math.max(period.from, begin), to: period.to };
}
