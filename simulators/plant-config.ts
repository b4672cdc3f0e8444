import { parse, stringify } from 'yaml';
import type { ReasonTree } from '../domain/reason-tree.ts';

/** A site as `kaidong.yaml` writes it: times of day are `"HH:MM"` in the site's zone. */
export interface SiteConfig {
  readonly path: string;
  readonly zone: string;
  readonly dayStart: string;
  readonly shifts: readonly ShiftConfig[];
  /** Which crew works which shift, over a cycle of days; a shift that a day doesn't name doesn't run on it. */
  readonly rotation?: RotationConfig;
  /** Name of a shipped file of public holidays, on which nothing runs. */
  readonly holidays?: string;
  /** What operators choose reasons of stops from; absent: the tree that the platform ships. */
  readonly reasons?: ReasonTree;
}

/** Planned maintenance, each week. */
export interface MaintenanceConfig {
  /** ISO weekdays on which it starts. */
  readonly days: readonly number[];
  readonly start: string;
  /** At or before `start`: on the next day. */
  readonly end: string;
}

export interface RotationConfig {
  readonly anchor: string;
  readonly days: readonly Readonly<Record<string, string>>[];
}

export interface ShiftConfig {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  /** ISO weekdays on which it starts. */
  readonly days: readonly number[];
  readonly breaks: readonly { readonly start: string; readonly end: string }[];
}

/** A machine as `kaidong.yaml` writes it. */
export interface MachineConfig {
  readonly path: string;
  readonly idealCycleMs?: number;
  readonly products?: Readonly<Record<string, { readonly idealCycleMs: number }>>;
  readonly minorStopMs: number;
  readonly maxSilenceMs: number | null;
  readonly maintenance?: readonly MaintenanceConfig[];
  readonly counters?: Readonly<Record<string, { readonly rollover: number }>>;
  readonly state?: { readonly signal: string; readonly vocabulary: string };
}

/** What `--config-out` writes and `kaidong serve --config` takes. */
export interface PlantConfig {
  readonly sites: readonly SiteConfig[];
  readonly machines: readonly MachineConfig[];
  /** How what machines publish is to be read. */
  readonly rules?: readonly unknown[];
  readonly data?: { readonly retentionDays: number };
}

/** Times of day in quotes, since YAML 1.1 reads 08:00 as a number. */
const STYLE = {
  aliasDuplicateObjects: false,
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
} as const;

export const configText = (config: PlantConfig): string =>
  `# Written by kaidong simulate --config-out; for kaidong serve --config.\n${stringify(config, STYLE)}`;

/** Reads the sites and machines of a file that `--config-out` wrote. Throws with what is missing. */
export function parseConfig(text: string, file: string): PlantConfig {
  const value = parse(text) as Partial<PlantConfig> | null;
  if (!Array.isArray(value?.sites) || !Array.isArray(value.machines)) {
    throw new Error(`${file}: no sites and machines in it; name a file that --config-out wrote`);
  }
  return {
    sites: value.sites.map((site) => ({
      ...site,
      shifts: (site.shifts ?? []).map((shift: ShiftConfig) => ({ ...shift, breaks: shift.breaks ?? [] })),
    })),
    machines: value.machines,
  };
}
