import type { Kpi } from '../formula.ts';
import { availability } from './availability.ts';
import { effectiveness } from './effectiveness.ts';
import { oee } from './oee.ts';
import { qualityRatio } from './quality-ratio.ts';
import { utilisation } from './utilisation.ts';

/** Every KPI, in reading order. */
export const kpis: readonly Kpi[] = [utilisation, availability, effectiveness, qualityRatio, oee];

/** The KPI of an id, or `undefined`. */
export const kpiOf = (id: string): Kpi | undefined => kpis.find((kpi) => kpi.id === id);
