import type { MaintenanceConfig, SiteConfig } from '../plant-config.ts';
import { type Hindrance, SUPPLY } from './hindrance.ts';
import type { MachineKind } from './kind.ts';
import { configOf, type MachineSpec, type SimulatedPlant } from './spec.ts';

/** A plant as drawn: sites, their areas, lines and machines. */
export interface PlantLayout {
  readonly sites: readonly SiteLayout[];
}

export interface SiteLayout {
  readonly site: SiteConfig;
  readonly areas: Readonly<Record<string, readonly LineLayout[]>>;
  /** What stops the whole site, weather for example. */
  readonly hindrances?: readonly Omit<Hindrance, 'where'>[];
}

export interface LineLayout {
  /** In the order in which the material goes through. */
  readonly machines: readonly MachineKind[];
  /** Each machine takes its parts from the one before. */
  readonly chained?: true;
  /** When its machines are maintained by plan, each week. */
  readonly maintenance?: readonly MaintenanceConfig[];
  /** Absent: supply that runs short and an outfeed that fills now and then. */
  readonly hindrances?: readonly Omit<Hindrance, 'where'>[];
}

const MAX_SILENCE_MS = 600_000;

/** The machines of a layout; within a site those of a kind are numbered in reading order. */
export function plantFrom(layout: PlantLayout): SimulatedPlant {
  const machines: MachineSpec[] = [];
  for (const siteLayout of layout.sites) {
    const { site, areas } = siteLayout;
    const numbers = new Map<string, number>();
    for (const [area, lines] of Object.entries(areas)) {
      for (const [position, line] of lines.entries()) {
        const linePath = `${site.path}/${area}/line${position + 1}`;
        let before: MachineSpec | null = null;
        for (const kind of line.machines) {
          const prefix = kind.prefix ?? kind.id;
          const number = (numbers.get(prefix) ?? 0) + 1;
          numbers.set(prefix, number);
          const spec: MachineSpec = {
            index: machines.length,
            path: `${linePath}/${prefix}-${String(number).padStart(2, '0')}`,
            kind,
            site,
            line: linePath,
            ...(line.maintenance && { maintenance: line.maintenance }),
            upstream: line.chained && before ? { path: before.path, kind: before.kind } : null,
            hindrances: [
              ...placed(siteLayout.hindrances ?? [], site.path),
              ...placed(line.hindrances ?? [SUPPLY], linePath),
            ],
          };
          machines.push(spec);
          before = spec;
        }
      }
    }
  }
  return {
    machines,
    config: {
      sites: layout.sites.map(({ site }) => site),
      machines: machines.map((spec) => configOf(spec, MAX_SILENCE_MS)),
    },
  };
}

/** So many machines of a layout: it is built as often as that takes, each time as a site of its own, the last one in part. */
export function plantOfSize(layout: PlantLayout, machines: number): SimulatedPlant {
  const sites: SiteLayout[] = [];
  let plant = plantFrom(layout);
  for (let round = 1; plant.machines.length < machines; round++) {
    if (round === 1) sites.push(...layout.sites);
    for (const one of layout.sites) {
      sites.push({ ...one, site: { ...one.site, path: `${one.site.path}-${round + 1}` } });
    }
    plant = plantFrom({ sites });
  }
  const kept = plant.machines.slice(0, machines);
  const used = new Set(kept.map(({ site }) => site.path));
  return {
    machines: kept,
    config: {
      sites: plant.config.sites.filter(({ path }) => used.has(path)),
      machines: plant.config.machines.slice(0, machines),
    },
  };
}

const placed = (hindrances: readonly Omit<Hindrance, 'where'>[], where: string): readonly Hindrance[] =>
  hindrances.map((hindrance) => ({ ...hindrance, where }));
