import type { Benefit } from '../benefit.ts';
import { defectRate } from './defect-rate.ts';
import { developmentCycle } from './development-cycle.ts';
import { energyPerOutput } from './energy-per-output.ts';
import { operatingCost } from './operating-cost.ts';
import { productionEfficiency } from './production-efficiency.ts';

/** Every benefit, in reading order. */
export const benefits: readonly Benefit[] = [
  productionEfficiency,
  operatingCost,
  defectRate,
  energyPerOutput,
  developmentCycle,
];

/** The benefit of an id, or `undefined`. */
export const benefitNamed = (id: string): Benefit | undefined =>
  benefits.find((benefit) => benefit.id === id);
