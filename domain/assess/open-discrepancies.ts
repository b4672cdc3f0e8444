import type { Assessment, DeclaredComparison } from './assessment.ts';

/** Declared figures that telemetry contradicts and nobody has closed. */
export const openDiscrepancies = ({
  declared,
}: Pick<Assessment, 'declared'>): readonly DeclaredComparison[] =>
  declared.filter(({ state }) => state === 'open');
