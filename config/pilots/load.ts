import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pilotConflicts } from '../../domain/assess/pilot-conflicts.ts';
import { pilotProblems } from '../../domain/assess/pilot-problems.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import {
  ConfigError,
  errorOf,
  problemsOf,
  readYaml,
  type YamlKind,
  type YamlSource,
} from '../yaml-source.ts';
import { pilotOf, pilotSchema } from './schema.ts';

/** A pilot that is declared in a file, and the file. */
export interface PilotFile {
  readonly pilot: Pilot;
  readonly file: string;
}

const PILOT_FILE: YamlKind = { ifMissing: 'name an existing pilot file', firstKey: 'id', nullable: [] };

/**
 * Reads every `*.yaml` of the folders, one pilot each, by file name. Throws {@link ConfigError} with file, line, key and
 * remedy, and where two files have one pilot or one site.
 */
export function loadPilots(folders: readonly string[]): readonly PilotFile[] {
  const read = folders.flatMap(filesIn).map(readPilot);
  const sourceOf = new Map(read.map(({ pilot, source }) => [pilot, source]));
  const placed = read.map(({ pilot, file }) => ({ pilot, place: { zh: file, en: file } }));
  const [conflict] = pilotConflicts(placed);
  if (conflict) {
    const { kind, first, second, message } = conflict;
    const site = second.pilot.sites.findIndex((name) => first.pilot.sites.includes(name));
    const path = kind === 'id' ? ['id'] : ['sites', site];
    throw errorOf(sourceOf.get(second.pilot as Pilot) as YamlSource, [{ path, message: message.en }]);
  }
  return read.map(({ pilot, file }) => ({ pilot, file }));
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    throw new ConfigError(`${folder}: no such folder; correct pilots.dir or make the folder`);
  }
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readPilot(file: string): PilotFile & { readonly source: YamlSource } {
  const source = readYaml(file, PILOT_FILE);
  const parsed = pilotSchema.safeParse(source.values);
  if (!parsed.success) throw errorOf(source, problemsOf(parsed.error));
  const pilot = pilotOf(parsed.data);
  const problems = pilotProblems(pilot);
  if (problems.length > 0) {
    throw errorOf(
      source,
      problems.map(({ path, message, allowed }) => ({
        path,
        message: allowed.length > 0 ? `${message.en}; known are: ${allowed.join(', ')}` : message.en,
      })),
    );
  }
  return { pilot, file, source };
}
