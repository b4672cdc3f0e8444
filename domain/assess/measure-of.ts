import { nothing } from './counting/pinned.ts';
import { registerRatio } from './counting/register-ratio.ts';
import type { Evidence } from './evidence.ts';
import type { Measure, Measured } from './measure.ts';
import { measureNamed, measures } from './measures/index.ts';
import type { MeasureReference } from './rubric.ts';
import { windowOf } from './windows.ts';

/** Throws a RangeError for an id that is no measure: a rubric's check refuses it long before. */
export function knownMeasure(id: string): Measure {
  const measure = measureNamed(id);
  if (measure) return measure;
  const known = measures.map((entry) => entry.id).join(', ');
  throw new RangeError(`there is no measure "${id}"; known are: ${known}`);
}

/**
 * What the evidence says to a reference. Without the asked window (an older assessment under a newer rubric) the value is
 * `null`, with a flag.
 */
export function measureOf(reference: MeasureReference, evidence: Evidence): Measured {
  if ('register' in reference) return registerRatio(reference.register, evidence.pilot);
  const measure = knownMeasure(reference.measure);
  const window = windowOf(evidence, reference.window);
  if (window === undefined) return nothing('window-not-gathered');
  return measure.measure({ evidence, window, group: reference.group });
}
