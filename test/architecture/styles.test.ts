import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../dashboards/web/src');
/** Every view may refine what these define: the whole page's styles, and what a printer gets. */
const SHARED: ReadonlySet<string> = new Set(['style.css', 'print.css']);

/** The classes that a rule's selectors begin with, where the selector is that class alone. */
const definedIn = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)].flatMap(([, selectors = '']) =>
    selectors.split(',').flatMap((selector) => /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1] ?? []),
  );

test('no class is defined by the styles of two areas, where the later one would change the other area', () => {
  const areas = readdirSync(SOURCE).filter((file) => file.endsWith('.css') && !SHARED.has(file));
  const definitions = areas.flatMap((area) => {
    const names = new Set(definedIn(readFileSync(join(SOURCE, area), 'utf8')));
    return [...names].map((name) => ({ name, area }));
  });
  const shared = definitions.flatMap(({ name, area }) =>
    definitions.some((other) => other.name === name && other.area !== area) ? [`.${name}: ${area}`] : [],
  );
  expect(definitions.length).toBeGreaterThan(50);
  expect(shared).toEqual([]);
});
