import type { CanonicalValue } from '../../domain/canonical.ts';
import { canonical } from '../../domain/canonical.ts';
import { parseExactly } from './exact-json.ts';

/** The kinds of cells that are recorded. */
export const GRAINS = ['hour', 'shift', 'day'] as const;

/** A canonical value as an answer can carry it, exact to the last digit. */
export const plainJson = (value: CanonicalValue): unknown => parseExactly(canonical(value));
