import { settingsOf } from './config/environment.ts';
import { foldersBeside } from './config/folders-beside.ts';
import { createHolidays } from './config/holidays/load.ts';
import { type NotifySettings, notifyOf } from './config/notify.ts';
import { type PlantSections, plantOf } from './config/plant.ts';
import { loadRules, type RulesProblem } from './config/rules/load.ts';
import { type ConfigFile, configSchema } from './config/schema.ts';
import { workerProblems } from './config/worker.ts';
import { ConfigError, problemsOf, readYaml, type YamlKind } from './config/yaml-source.ts';
import type { MappingRule } from './domain/mapping/rule.ts';
import type { Plant } from './domain/plant.ts';

/** The configuration as the composition takes it: the file's sections, and the plant in the domain's words. */
export type Config = Omit<ConfigFile, keyof PlantSections | 'rules' | 'rubrics' | 'pilots' | 'notify'> & {
  readonly plant: Plant;
  /** How topics that aren't our own are read; the first rule that matches counts. */
  readonly rules: readonly MappingRule[];
  /** Folders of rubrics beside those that are shipped. */
  readonly rubrics: { readonly folders: readonly string[] };
  /** Folders of pilot files. */
  readonly pilots: { readonly folders: readonly string[] };
  readonly notify: NotifySettings;
};

export { ConfigError } from './config/yaml-source.ts';

export interface ConfigSources {
  /** Path of `kaidong.yaml`; absent: defaults and environment only. */
  readonly file?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const CONFIG_FILE: YamlKind = {
  ifMissing: 'name an existing one with --config or KAIDONG_CONFIG',
  firstKey: 'machines',
  nullable: ['maxSilenceMs', 'repeatMinutes'],
};

/** Reads, checks and completes the configuration. Throws {@link ConfigError}. */
export function loadConfig({ file, environment = {} }: ConfigSources): Config {
  const source =
    file === undefined ? { values: {}, lineOf: () => 'configuration' } : readYaml(file, CONFIG_FILE);
  const values: unknown = source.values;
  const places = new Map<string, string>();
  try {
    for (const setting of settingsOf(environment)) {
      assign(values as Record<string, unknown>, setting.path, setting.value);
      places.set(setting.path.join('.'), setting.variable);
    }
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
  const placeOf = (path: readonly PropertyKey[]): string => {
    const key = path.map(String).join('.');
    return `${places.get(key) ?? source.lineOf(path)}: ${key || 'the whole file'}`;
  };
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    throw new ConfigError(
      problemsOf(parsed.error)
        .map(({ path, message }) => `${placeOf(path)}: ${message}`)
        .join('\n'),
    );
  }
  const {
    sites,
    calendars,
    machines,
    lines,
    products,
    kpis,
    states,
    signals,
    vocabularies,
    rules: entries,
    rubrics,
    pilots,
    notify,
    ...sections
  } = parsed.data;
  const { plant, problems: ofPlant } = plantOf(
    { sites, calendars, machines, lines, products, kpis, states, signals, vocabularies },
    createHolidays(file),
  );
  const rules = loadRules({ entries, file, placeOf: (path) => source.lineOf(path) });
  const notifications = notifyOf(notify);
  const problems: readonly RulesProblem[] = [
    ...ofPlant,
    ...rules.problems,
    ...workerProblems(sections),
    ...notifications.problems,
  ];
  if (problems.length > 0) {
    const lines = problems.map(({ path, place, message }) =>
      place === undefined
        ? `${placeOf(path)}: ${message}`
        : `${place}: ${path.map(String).join('.')}: ${message}`,
    );
    throw new ConfigError(lines.join('\n'));
  }
  return {
    ...sections,
    plant,
    notify: notifications.settings,
    rules: rules.rules,
    rubrics: { folders: foldersBeside(file, 'rubrics', rubrics.dir) },
    pilots: { folders: foldersBeside(file, 'pilots', pilots.dir) },
  };
}

function assign(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  if (typeof target[key] !== 'object' || target[key] === null) target[key] = {};
  assign(target[key] as Record<string, unknown>, rest, value);
}
