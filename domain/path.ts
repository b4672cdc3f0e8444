/** The ISA-95 levels of a machine path, outermost first. */
export const LEVELS = ['enterprise', 'site', 'area', 'line', 'machine'] as const;
export type Level = (typeof LEVELS)[number];

/** `enterprise/site/area/line/machine`; a level without a name is `-`. */
export type MachinePath = string;

/** Splits a machine path into its five levels; `undefined` when it has another depth or an empty level. */
export function levelsOf(path: MachinePath): Record<Level, string> | undefined {
  const parts = path.split('/');
  if (parts.length !== LEVELS.length || parts.some((part) => part === '')) return undefined;
  const [enterprise, site, area, line, machine] = parts as [string, string, string, string, string];
  return { enterprise, site, area, line, machine };
}

/** The path down to a level, e.g. `prefixOf(path, 'site')` is `enterprise/site`. */
export function prefixOf(path: MachinePath, level: Level): string {
  return path.split('/', LEVELS.indexOf(level) + 1).join('/');
}

/** Whether `path` lies in a scope whose levels may be `*`, which stands for any one. */
export function matchesScope(path: MachinePath, scope: string): boolean {
  if (!scope.includes('*')) return inScope(path, scope);
  const levels = path.split('/');
  return scope.split('/').every((level, place) => level === '*' || level === levels[place]);
}

/** Whether `path` lies in `scope`, a path prefix of whole levels; the empty scope holds everything. */
export function inScope(path: MachinePath, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
