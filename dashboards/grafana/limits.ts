import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { MACHINE_DEFAULTS } from '../../domain/plant.ts';

/** The limits of panels and alerts, all in this place; each with where it comes from. */
export const LIMITS = {
  /** Below this coverage figures are not assessable: what a machine is accounted with where it declares nothing else. */
  coverageFloor: MACHINE_DEFAULTS.coverageFloor,
  /** As the platform's own warning in the log (docs/operation.md, "When something goes away"). */
  spoolShare: 0.8,
  /** A stop as long as this is worth a message: our choice; a shorter one is for the line's own crew. */
  downForMinutes: 10,
  /** Three times the silence that a machine may have where it declares nothing else. */
  silentForMinutes: (3 * MACHINE_DEFAULTS.maxSilenceMs) / 60_000,
} as const;

/** Amber below the floor. Colours of other figures would need a target, and no official one is known. */
export const COVERAGE_FLOOR: readonly Threshold[] = [
  { value: null, color: 'orange' },
  { value: LIMITS.coverageFloor, color: 'text' },
];
