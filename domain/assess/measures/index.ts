import type { Measure } from '../measure.ts';
import { availability } from './availability.ts';
import { countReportedRate } from './count-reported-rate.ts';
import { dataCoverage } from './data-coverage.ts';
import { digitalEquipmentRate } from './digital-equipment-rate.ts';
import { effectiveness } from './effectiveness.ts';
import { energyReportedRate } from './energy-reported-rate.ts';
import { ncRateEquipment } from './nc-rate-equipment.ts';
import { ncRateKeyProcesses } from './nc-rate-key-processes.ts';
import { networkingRate } from './networking-rate.ts';
import { oee } from './oee.ts';
import { oeeAssessableRate } from './oee-assessable-rate.ts';
import { orderReportedRate } from './order-reported-rate.ts';
import { qualityRatio } from './quality-ratio.ts';
import { stateReportedRate } from './state-reported-rate.ts';
import { stopReasonRate } from './stop-reason-rate.ts';
import { utilisation } from './utilisation.ts';

/** Every measure, in reading order. */
export const measures: readonly Measure[] = [
  networkingRate,
  ncRateKeyProcesses,
  ncRateEquipment,
  digitalEquipmentRate,
  utilisation,
  availability,
  effectiveness,
  qualityRatio,
  oee,
  dataCoverage,
  stateReportedRate,
  countReportedRate,
  stopReasonRate,
  energyReportedRate,
  orderReportedRate,
  oeeAssessableRate,
];

/** The measure of an id, or `undefined`. */
export const measureNamed = (id: string): Measure | undefined =>
  measures.find((measure) => measure.id === id);
