import type { MachineConfig, MaintenanceConfig, PlantConfig, SiteConfig } from '../plant-config.ts';
import type { Hindrance } from './hindrance.ts';
import type { MachineKind } from './kind.ts';

/** A machine of a simulated plant. */
export interface MachineSpec {
  readonly index: number;
  readonly path: string;
  readonly kind: MachineKind;
  readonly site: SiteConfig;
  /** Path of the line. */
  readonly line: string;
  /** The machine of the same line that this one takes its parts from. */
  readonly upstream: { readonly path: string; readonly kind: MachineKind } | null;
  /** Planned each week; absent: none is. */
  readonly maintenance?: readonly MaintenanceConfig[];
  /** What stops it together with others. */
  readonly hindrances: readonly Hindrance[];
}

export interface SimulatedPlant {
  readonly machines: readonly MachineSpec[];
  readonly config: PlantConfig;
}

/** Machines report at least this often. */
export const GAUGE_INTERVAL_MS = 30_000;
const MINOR_STOP_MS = 120_000;

/** A machine as the configuration declares it. */
export function configOf(
  { path, kind, maintenance }: Pick<MachineSpec, 'path' | 'kind' | 'maintenance'>,
  maxSilenceMs: number,
): MachineConfig {
  return {
    ...{ path, ...cyclesOf(kind), minorStopMs: MINOR_STOP_MS, maxSilenceMs },
    ...(maintenance && { maintenance }),
  };
}

function cyclesOf(kind: MachineKind): Pick<MachineConfig, 'idealCycleMs' | 'products'> {
  if (kind.work !== 'pieces' || kind.unpaced) return {};
  const ideal = kind.products.map(
    ({ id, cycleMs, pieces }) => [id, { idealCycleMs: cycleMs / pieces }] as const,
  );
  return {
    idealCycleMs: (ideal[0] as (typeof ideal)[number])[1].idealCycleMs,
    products: Object.fromEntries(ideal),
  };
}
