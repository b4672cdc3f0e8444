import { inScope, levelsOf, type MachinePath } from '../domain/path.ts';
import type { Plant } from '../domain/plant.ts';
import type { NotifySettings } from './notify.ts';

/** Where a configuration names machines. */
interface Naming {
  readonly plant: Plant;
  readonly notify: { readonly rules: NotifySettings['rules'] };
}

/**
 * Machines that are named and not declared, which may be a slip of the pen: they count as undeclared ones do. Of a calendar also
 * a part of a site in which no machine is declared, since calendars hold for declared machines alone.
 */
export function notesOnNames({ plant, notify }: Naming): string[] {
  const declared = new Set(plant.machines.map(({ path }) => path));
  const isUnknown = (path: MachinePath): boolean => levelsOf(path) !== undefined && !declared.has(path);
  const places = new Map<MachinePath, Set<string>>();
  const look = (section: string, scopes: readonly (string | undefined)[]): void => {
    for (const scope of scopes)
      if (scope !== undefined && !scope.includes('*') && isUnknown(scope))
        places.getOrInsertComputed(scope, () => new Set()).add(section);
  };
  const scopesOf = (some: readonly { readonly scope?: string | undefined }[] = []) =>
    some.map(({ scope }) => scope);
  for (const { machines } of plant.lines ?? []) look('lines', machines);
  look('states', scopesOf(plant.states));
  look('signals', scopesOf(plant.signals));
  look('products', scopesOf(plant.products));
  look(
    'notify.rules',
    notify.rules.map((rule) => ('scope' in rule ? rule.scope : undefined)),
  );
  const named = [...places].map(
    ([path, sections]) =>
      `The machine ${path} is named in "${[...sections].join('" and "')}" and not declared: it counts as undeclared ones do, always scheduled and with defaults. Declare it under "machines:", or correct its path.`,
  );
  const idle = (plant.calendars ?? []).filter(
    ({ scope }) => !plant.machines.some(({ path }) => inScope(path, scope)),
  );
  return [
    ...named,
    ...idle.map(
      ({ scope, site }) =>
        `The calendar ${site.calendar} of ${scope} holds for nothing: no machine below it is declared. Declare them under "machines:", or correct the scope.`,
    ),
  ];
}
