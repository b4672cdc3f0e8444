import type { z } from 'zod';
import { doubleOf, type Fraction, fractionText } from '../../domain/assess/fraction.ts';
import type { fraction } from './assess-scalars.ts';

export const wireFraction = (value: Fraction): z.output<typeof fraction> => ({
  fraction: fractionText(value),
  value: doubleOf(value),
});
