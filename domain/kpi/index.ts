import type { Kpi } from '../formula.ts';
import type { FailureDivisor, FailureMean } from '../mean-of-failures.ts';
import { allocationEfficiency } from './allocation-efficiency.ts';
import { allocationRatio } from './allocation-ratio.ts';
import { availability } from './availability.ts';
import { availabilityTpm } from './availability-tpm.ts';
import { effectiveness } from './effectiveness.ts';
import { energyPerPiece } from './energy-per-piece.ts';
import { equipmentLoadRatio } from './equipment-load-ratio.ts';
import { firstPassYield } from './first-pass-yield.ts';
import { mtbf } from './mtbf.ts';
import { mttf } from './mttf.ts';
import { mttr } from './mttr.ts';
import { nee } from './nee.ts';
import { oee } from './oee.ts';
import { ooe } from './ooe.ts';
import { performanceTpm } from './performance-tpm.ts';
import { productionProcessRatio } from './production-process-ratio.ts';
import { qualityRatio } from './quality-ratio.ts';
import { reworkRatio } from './rework-ratio.ts';
import { scrapRatio } from './scrap-ratio.ts';
import { setupRatio } from './setup-ratio.ts';
import { technicalEfficiency } from './technical-efficiency.ts';
import { teep } from './teep.ts';
import { throughputRate } from './throughput-rate.ts';
import { utilisation } from './utilisation.ts';
import { utilisationEfficiency } from './utilisation-efficiency.ts';

const means: readonly FailureMean[] = [mtbf, mttf, mttr];

/** Every KPI, in reading order. */
export const kpis: readonly Kpi[] = [
  utilisation,
  availability,
  effectiveness,
  qualityRatio,
  oee,
  nee,
  ooe,
  teep,
  availabilityTpm,
  performanceTpm,
  utilisationEfficiency,
  allocationEfficiency,
  technicalEfficiency,
  setupRatio,
  equipmentLoadRatio,
  throughputRate,
  allocationRatio,
  productionProcessRatio,
  firstPassYield,
  scrapRatio,
  reworkRatio,
  mtbf,
  mttf,
  mttr,
  energyPerPiece,
];

/** The KPI of an id, or `undefined`. */
export const kpiOf = (id: string): Kpi | undefined => kpis.find((kpi) => kpi.id === id);

/** Every KPI, with the means over failures divided as a plant says. */
export const kpisDividedBy = (divisor: FailureDivisor): readonly Kpi[] =>
  kpis.map((kpi) => means.find(({ id }) => id === kpi.id)?.dividedBy(divisor) ?? kpi);
