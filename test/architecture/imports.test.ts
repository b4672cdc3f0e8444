import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Who may import whom (shared words: docs/adr/0001-architecture.md). A folder may always import itself.
 * `packages: false` forbids npm packages and Node's own modules too.
 */
const RULES: Readonly<
  Record<string, { folders: readonly string[]; packages: boolean; typesOnly?: readonly string[] }>
> = {
  domain: { folders: [], packages: false },
  ingest: { folders: ['domain', 'store/port.ts'], packages: true },
  store: { folders: ['domain'], packages: true },
  analysis: { folders: ['domain', 'store/port.ts'], packages: true },
  api: { folders: ['domain', 'analysis', 'store/port.ts'], packages: true },
  'dashboards/web': { folders: ['domain'], packages: true, typesOnly: ['api', 'analysis'] },
  'dashboards/grafana': { folders: ['domain'], packages: true, typesOnly: ['store/port.ts'] },
  simulators: { folders: [], packages: true, typesOnly: ['domain'] },
  registry: { folders: ['domain'], packages: true },
  access: { folders: ['domain'], packages: true },
  config: { folders: ['domain'], packages: true },
  operation: { folders: ['domain'], packages: true },
  notify: { folders: ['domain'], packages: true },
  report: { folders: ['domain'], packages: true },
  exchange: { folders: ['domain'], packages: true },
};

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules') && !file.includes('/dist/'));

/** Static imports, re-exports and dynamic imports of a source text. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(
    /^\s*(import|export)\s+(type\s)?([^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  )) {
    if (match[1] === 'export' && !match[3]) continue;
    found.push({ file, specifier: match[4] as string, typeOnly: match[2] !== undefined });
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ file, specifier: match[1] as string, typeOnly: false });
  }
  return found;
}

/** Why an import breaks the rules of its folder, or `undefined`. */
export function offence(folder: string, { file, specifier, typeOnly }: Import): string | undefined {
  const rule = RULES[folder];
  if (!rule) return undefined;
  if (!specifier.startsWith('.')) {
    if (rule.packages) return undefined;
    const kind =
      specifier.startsWith('node:') || builtinModules.includes(specifier)
        ? "one of Node's modules"
        : 'a package';
    return `${file} imports ${specifier}, ${kind}; ${folder}/ imports nothing`;
  }
  const target = relative(ROOT, resolve(ROOT, dirname(file), specifier));
  const allowed = [folder, ...rule.folders, ...(typeOnly ? (rule.typesOnly ?? []) : [])];
  if (allowed.some((place) => target === place || target.startsWith(`${place}/`))) return undefined;
  return `${file} imports ${target}; ${folder}/ may import ${allowed.join(', ')}`;
}

describe('who may import whom', () => {
  for (const folder of Object.keys(RULES)) {
    test(`${folder}/ keeps to its rule`, () => {
      const offences = filesIn(folder)
        .flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')))
        .map((found) => offence(folder, found))
        .filter((text) => text !== undefined);
      expect(offences).toEqual([]);
    });
  }

  test('every source folder has a rule, or is one that may import anything', () => {
    const free = [
      'bin',
      'cli',
      'composition',
      'dashboards',
      'data',
      'deploy',
      'docs',
      'node_modules',
      'rubrics',
      'rules',
      'test',
      'test-output',
      'coverage',
    ];
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name);
    expect(folders.filter((name) => !(name in RULES) && !free.includes(name))).toEqual([]);
  });

  test('the rule finds what it should find', () => {
    const broken =
      "import { readFileSync } from 'node:fs';\nimport { createApi } from '../api/create-api.ts';";
    expect(importsOf('domain/x.ts', broken).map((found) => offence('domain', found))).toEqual([
      "domain/x.ts imports node:fs, one of Node's modules; domain/ imports nothing",
      'domain/x.ts imports api/create-api.ts; domain/ may import domain',
    ]);
    const [functions, types] = importsOf(
      'simulators/x.ts',
      "import { typeOf } from '../domain/observation.ts';\nimport type { State } from '../domain/state.ts';",
    ).map((found) => offence('simulators', found));
    expect(functions).toContain('simulators/ may import simulators');
    expect(types).toBeUndefined();
  });
});

describe('domain/ is pure', () => {
  test('no clock, no randomness, no waiting, no I/O', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|await|async|process\.|console\.|fetch\(|performance\.|Temporal\.Now)\b/;
    const guilty = filesIn('domain').filter((file) => {
      const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      return impure.test(code);
    });
    expect(guilty).toEqual([]);
  });
});
