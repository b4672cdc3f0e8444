import { LANGUAGES, type Speech } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import type { SiteConfig } from '../plant-config.ts';
import type { SimulatedPlant } from './spec.ts';

/** A plant as the platform knows it, machine by machine: its languages may name places in their own way. */
export interface SpokenPlant {
  readonly plant: SimulatedPlant;
  /** The platform's path of a machine of the plant as drawn. */
  readonly pathOf: ReadonlyMap<string, string>;
  /** By the platform's path. */
  readonly languageOf: ReadonlyMap<string, Language>;
  /** What the platform books its messages under. */
  readonly sources: ReadonlySet<string>;
  /** Nobody else's messages are booked under these sources, and no message there is somebody's answer. */
  readonly booksAreOurs: boolean;
}

/** Deals the languages out to the lines, so that their shares come out as well as they can. */
export function spokenPlant(drawn: SimulatedPlant, speech: Speech): SpokenPlant {
  const dealt = speech.map(({ language, share }) => ({
    language: LANGUAGES.find(({ id }) => id === language) as Language,
    share,
    lines: 0,
  }));
  const ofLine = new Map<string, Language>();
  const pathOf = new Map<string, string>();
  const languageOf = new Map<string, Language>();
  for (const { path, line } of drawn.machines) {
    let language = ofLine.get(line);
    if (!language) {
      const next = dealt.reduce((least, one) =>
        (one.lines + 1) / one.share < (least.lines + 1) / least.share ? one : least,
      );
      next.lines++;
      language = next.language;
      ofLine.set(line, language);
    }
    pathOf.set(path, language.pathOf(path));
    languageOf.set(language.pathOf(path), language);
  }
  const renamed = (path: string): string => pathOf.get(path) ?? path;
  const spoken = new Set(languageOf.values());
  const rules = [...spoken].flatMap((language) => language.rules);
  const machines = drawn.machines.map((spec) => ({ ...spec, path: renamed(spec.path) }));
  return {
    plant: {
      machines,
      config: {
        sites: sitesOf(drawn, pathOf),
        machines: drawn.config.machines.map((machine) => ({ ...machine, path: renamed(machine.path) })),
        ...(rules.length > 0 ? { rules } : {}),
      },
    },
    pathOf,
    languageOf,
    sources: new Set([...languageOf].map(([path, language]) => language.sourceOf(path))),
    booksAreOurs: [...spoken].every(({ kind }) => kind === 'plain'),
  };
}

/** The sites of the machines, under the names that the platform gives to them. */
function sitesOf(drawn: SimulatedPlant, pathOf: ReadonlyMap<string, string>): readonly SiteConfig[] {
  const sites = new Map<string, SiteConfig>();
  for (const { path, site } of drawn.machines) {
    const named = (pathOf.get(path) ?? path).split('/').slice(0, 2).join('/');
    if (!sites.has(named)) sites.set(named, { ...site, path: named });
  }
  return [...sites.values()];
}
