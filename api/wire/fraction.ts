import type { z } from 'zod';
import { type Fraction, fractionText } from '../../domain/assess/fraction.ts';
import { ratioOf } from '../../domain/ratio.ts';
import type { fraction } from './assess-scalars.ts';

export const wireFraction = (value: Fraction): z.output<typeof fraction> => ({
  fraction: fractionText(value),
  value: ratioOf(value.numerator, value.denominator) as number,
});
