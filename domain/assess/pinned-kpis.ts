import type { Kpi } from '../formula.ts';
import { kpis } from '../kpi/index.ts';
import { measureNamed } from './measures/index.ts';

/** The KPIs whose figures an assessment pins: those that a measure judges by. */
export const PINNED_KPIS: readonly Kpi[] = kpis.filter(({ id }) => measureNamed(id) !== undefined);
