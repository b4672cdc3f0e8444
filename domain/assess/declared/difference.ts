import type { Evidence } from '../evidence.ts';
import type { Fraction } from '../fraction.ts';
import type { DeclaredFigure } from '../register.ts';
import type { Subject } from './subject.ts';

/** A declared value beside the measured one. */
export interface Difference {
  readonly declared: DeclaredFigure;
  readonly subject: Subject;
  readonly evidence: Evidence;
  /** Declared and measured, exact. */
  readonly said: Fraction;
  readonly found: Fraction;
}

/** Whether what is unknown could make the declared value true; `null`: no bounds can be given. */
export function isWithinBounds({
  declared: { value },
  subject,
}: Pick<Difference, 'declared' | 'subject'>): boolean | null {
  const { low, high } = subject.measured;
  return low === null || high === null ? null : low <= value && value <= high;
}
