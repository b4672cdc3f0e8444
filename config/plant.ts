import { cyclesAt, cyclesOf, type ScopedCycle } from '../domain/orders/cycles.ts';
import { prefixOf } from '../domain/path.ts';
import {
  COUNTED_SIGNALS,
  type CounterRule,
  countersAt,
  MACHINE_DEFAULTS,
  type Machine,
  type Plant,
  type StateSource,
  stateSourceAt,
} from '../domain/plant.ts';
import { treeProblems } from '../domain/reason-tree.ts';
import { stateSignalsOf } from '../domain/signals.ts';
import { classProblems } from '../domain/time-classes.ts';
import { hiddenBySilence } from './derived-states.ts';
import { createHolidays, type HolidaysOf } from './holidays/load.ts';
import { cycleProblems, datedCycles, scopedCycles } from './ideal-cycles.ts';
import { linesOf } from './lines.ts';
import { maintenanceOf, maintenanceProblems } from './maintenance.ts';
import type { ConfigFile } from './schema.ts';
import { sitesOf } from './sites.ts';
import { stateSources } from './state-sources.ts';
import { valueRuleProblems, valueRulesOf } from './value-rules.ts';
import type { FileProblem } from './yaml-source.ts';

/** What of a configuration makes the plant. */
export type PlantSections = Pick<
  ConfigFile,
  'sites' | 'calendars' | 'machines' | 'lines' | 'products' | 'kpis' | 'states' | 'signals' | 'vocabularies'
>;

/** The sites and machines of a configuration in the domain's words, and what a schema can't check in them. */
export function plantOf(
  file: PlantSections,
  holidaysOf: HolidaysOf = createHolidays(),
): { readonly plant: Plant; readonly problems: FileProblem[] } {
  const { sites, calendars, problems: ofCalendars } = sitesOf(file, holidaysOf);
  const zones = new Map(sites.map(({ path, zone }) => [path, zone]));
  const zoneOf = (machine: string): string => zones.get(prefixOf(machine, 'site')) ?? 'UTC';
  const changeovers = new Map(file.sites.map((site) => [site.path, site.changeoverFromOrders]));
  const words = stateSources(file.vocabularies);
  const states = file.states.map(({ scope, ...entry }, index) => ({
    scope,
    state: words.sourceOf(entry, ['states', index]),
  }));
  const rules = valueRulesOf(file);
  const signals = rules.map(({ rule }) => rule);
  const products = scopedCycles(file.products);
  const machines = file.machines.map((entry, index) => {
    const own = machineOf(entry, { zone: zoneOf(entry.path), products });
    const changeover = changeovers.get(prefixOf(entry.path, 'site'));
    const machine = {
      ...{ ...own, counters: { ...countersAt(signals, entry.path), ...own.counters } },
      ...(changeover && { changeover }),
    };
    const path = ['machines', index, 'state'];
    const source = entry.state
      ? words.sourceOf(entry.state, path, longestCycleUs(machine))
      : stateSourceAt(states, entry.path);
    words.problems.push(...hiddenBySilence({ ...machine, ...source }, path));
    return { ...machine, ...source };
  });
  for (const [index, { state }] of states.entries()) {
    const { maxSilenceMs } = MACHINE_DEFAULTS;
    words.problems.push(...hiddenBySilence({ ...state, maxSilenceMs }, ['states', index]));
  }
  const lines = linesOf(
    file.lines,
    machines.map(({ path }) => path),
  );
  const plant: Plant = {
    ...{ sites, machines },
    ...(calendars.length > 0 && { calendars }),
    ...(lines.lines.length > 0 && { lines: lines.lines }),
    ...(states.length > 0 && { states }),
    ...(signals.length > 0 && { signals }),
    ...(products.length > 0 && { products }),
    ...(file.kpis.failureDivisor !== 'failures' && { failureDivisor: file.kpis.failureDivisor }),
  };
  const problems = [
    ...words.problems,
    ...ofCalendars,
    ...plantProblems(plant),
    ...maintenanceProblems(file, zoneOf),
    ...cycleProblems(file, zoneOf),
    ...lines.problems,
  ];
  // What a state comes from is known only where nothing is wrong with it.
  if (words.problems.length === 0) problems.push(...valueRuleProblems(rules, plant));
  return { plant, problems };
}

const longestCycleUs = (machine: Parameters<typeof cyclesOf>[0]): number | null => {
  const all = cyclesOf(machine).flatMap(({ cycleUs }) => (cycleUs === null ? [] : [cycleUs]));
  return all.length === 0 ? null : Math.max(...all);
};

function machineOf(
  entry: ConfigFile['machines'][number],
  { zone, products }: { readonly zone: string; readonly products: readonly ScopedCycle[] },
): Omit<Machine, keyof StateSource> {
  const cycles = [...cyclesAt(products, entry.path), ...datedCycles(entry, zone)];
  return {
    path: entry.path,
    declared: true,
    idealCycleUs: entry.idealCycleMs ?? null,
    productCycleUs: Object.fromEntries(
      Object.entries(entry.products).map(([id, { idealCycleMs }]) => [id, idealCycleMs]),
    ),
    ...(cycles.length > 0 && { cycles }),
    minorStopMs: entry.minorStopMs,
    maxSilenceMs: entry.maxSilenceMs,
    coverageFloor: entry.coverageFloor,
    counters: { ...countersOf(entry.counters), ...meterRule(entry.energy) },
    ...(entry.energy && { energy: { signal: entry.energy.signal, unit: entry.energy.unit } }),
    ...maintenanceOf(entry.maintenance, zone),
  };
}

function countersOf(entries: ConfigFile['machines'][number]['counters']): Record<string, CounterRule> {
  const rules: Record<string, CounterRule> = {};
  for (const [name, rule] of Object.entries(entries)) {
    if (rule) rules[name] = withoutAbsent(rule);
  }
  return rules;
}

/** How the meter's readings are told from one another, under the name of its signal. */
function meterRule(energy: ConfigFile['machines'][number]['energy']): Record<string, CounterRule> {
  if (!energy) return {};
  const { signal, unit: _, ...rule } = energy;
  return Object.values(rule).some((part) => part !== undefined) ? { [signal]: withoutAbsent(rule) } : {};
}

/** Leaves out what isn't said, since an absent key and an undefined one differ for the digest. */
const withoutAbsent = <T>(rule: { readonly [K in keyof T]: T[K] | undefined }): T =>
  JSON.parse(JSON.stringify(rule)) as T;

/** Checks what a schema can't: names used twice, tables of classes that leave time without a class. */
function plantProblems(plant: Plant): FileProblem[] {
  const problems: FileProblem[] = [];
  twice(
    plant.sites.map((site) => site.path),
    'sites',
    'path',
    problems,
  );
  twice(
    plant.machines.map((machine) => machine.path),
    'machines',
    'path',
    problems,
  );
  for (const [index, machine] of plant.machines.entries()) {
    const signal = machine.energy?.signal;
    if (signal === undefined || !otherSignalsOf(machine).includes(signal)) continue;
    const message = `"${signal}" can't count energy, the ledger reads something else from it; name the meter's own signal`;
    problems.push({ path: ['machines', index, 'energy', 'signal'], message });
  }
  for (const [index, site] of plant.sites.entries()) {
    for (const { group, reason, message } of site.reasons ? treeProblems(site.reasons) : []) {
      const inGroup = reason === undefined ? [] : ['reasons', reason];
      problems.push({ path: ['sites', index, 'reasons', 'groups', group, ...inGroup, 'id'], message });
    }
    for (const found of classProblems(site.classes ?? [])) {
      problems.push({ path: ['sites', index, 'classes', found.index], message: found.message });
    }
  }
  return problems;
}

/** What a ledger reads of a machine beside its energy meter. */
const otherSignalsOf = (machine: Machine): readonly string[] => [
  ...COUNTED_SIGNALS,
  ...['order', 'product', 'reason'],
  ...stateSignalsOf(machine),
];

function twice(names: readonly string[], list: string, key: string, problems: FileProblem[]): void {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      problems.push({ path: [list, index, key], message: `"${name}" is declared twice; remove one of them` });
    }
  }
}
