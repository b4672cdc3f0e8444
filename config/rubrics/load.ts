import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Rubric } from '../../domain/assess/rubric.ts';
import {
  ConfigError,
  errorOf,
  problemsOf,
  readYaml,
  type YamlKind,
  type YamlSource,
} from '../yaml-source.ts';
import { placeIn } from './place-in.ts';
import { rubricProblems } from './problems.ts';
import type { KnownMeasure } from './references.ts';
import { extended, rubricOf } from './rubric-of.ts';
import { type RubricFile, rubricSchema } from './schema.ts';

const RUBRIC_FILE: YamlKind = {
  ifMissing: 'name an existing rubric file',
  firstKey: 'id',
  nullable: [],
};

/** The rubrics that Kaidong brings. */
export const SHIPPED_RUBRICS = join(import.meta.dirname, '../../rubrics');

interface ReadRubric {
  readonly source: YamlSource;
  readonly file: RubricFile;
}

/**
 * Reads every `*.yaml` of the folders, by id and then version. Throws {@link ConfigError} with file, line, key and remedy
 * for all that is wrong in the first file that can't be used. A file that two folders lead to is read once: in a checkout
 * the folder `rubrics` beside `kaidong.yaml` is the shipped one.
 */
export function loadRubrics({
  folders,
  measures,
}: {
  readonly folders: readonly string[];
  readonly measures: readonly KnownMeasure[];
}): readonly Rubric[] {
  const files = Map.groupBy(folders.flatMap(filesIn), (path) => realpathSync(path));
  const read = [...files.values()].map(([path]) => readRubric(path as string));
  const known = new Map<string, ReadRubric>();
  for (const one of read) {
    const name = nameOf(one.file);
    const other = known.get(name);
    if (other) {
      const message = `rubric ${name} is in ${other.source.lineOf([])} already; give one of them another version`;
      throw errorOf(one.source, [{ path: ['version'], message }]);
    }
    known.set(name, one);
  }
  const made = new Map<string, Rubric>();
  for (const one of read) rubricFor(one, known, made, measures, []);
  return [...made.values()].sort((a, b) => compare(a.id, b.id) || compareVersions(a.version, b.version));
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    throw new ConfigError(`${folder}: no such folder; correct rubrics.dir or make the folder`);
  }
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readRubric(path: string): ReadRubric {
  const source = readYaml(path, RUBRIC_FILE);
  const parsed = rubricSchema.safeParse(source.values);
  if (!parsed.success) throw errorOf(source, problemsOf(parsed.error));
  return { source, file: parsed.data };
}

const nameOf = ({ id, version }: { id: string; version: string }): string => `${id}@${version}`;

function rubricFor(
  { source, file }: ReadRubric,
  known: ReadonlyMap<string, ReadRubric>,
  made: Map<string, Rubric>,
  measures: readonly KnownMeasure[],
  extending: readonly string[],
): Rubric {
  const name = nameOf(file);
  const done = made.get(name);
  if (done) return done;
  const rubric = file.extends ? extended(baseOf(), file) : rubricOf(file);
  const problems = rubricProblems(rubric, measures);
  if (problems.length > 0) {
    throw errorOf(
      source,
      problems.map(({ path, message }) => ({ path: placeIn(file, rubric, path), message })),
    );
  }
  made.set(name, rubric);
  return rubric;

  function baseOf(): Rubric {
    const base = nameOf(file.extends as { id: string; version: string });
    const found = known.get(base);
    const message = !found
      ? `there is no rubric ${base} to extend; known are: ${[...known.keys()].join(', ')}`
      : [...extending, name].includes(base)
        ? `the rubrics extend one another in a circle: ${[...extending, name, base].join(' → ')}`
        : null;
    if (message !== null) throw errorOf(source, [{ path: ['extends'], message }]);
    return rubricFor(found as ReadRubric, known, made, measures, [...extending, name]);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Dotted numbers by number, so that 10 comes after 9. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The version of a rubric that was in effect on a day; the newest of several. */
export function rubricOn(rubrics: readonly Rubric[], id: string, day: string): Rubric | undefined {
  return rubrics
    .filter(
      (rubric) =>
        rubric.id === id &&
        rubric.effective.from <= day &&
        (rubric.effective.to === null || day <= rubric.effective.to),
    )
    .at(-1);
}
