import { type PlacedPilot, pilotConflicts } from '../domain/assess/pilot-conflicts.ts';
import { pilotNotes } from '../domain/assess/pilot-notes.ts';
import { pilotProblems } from '../domain/assess/pilot-problems.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import type { Draft, KnownPilot } from './draft.ts';
import type { List, ReadFile } from './parts.ts';
import type { OpenRemarks, Place } from './remark.ts';

/** What a pilot can't hold, told at the row that it stands in; what looks wrong, where nothing is wrong. */
export function tellProblems(draft: Draft, read: ReadFile, remarks: OpenRemarks): void {
  const whole = !Object.values(read).some(({ partial }) => partial);
  for (const { path, message, allowed } of pilotProblems(draft.pilot)) {
    // A process whose own row is wrong is not unknown, and what stayed only for such a row is not at fault.
    if (path[2] === 'process' && read.processes?.partial) continue;
    if (!whole && !isInFile(draft, path)) continue;
    remarks.error({ ...placeOf(draft, path), allowed: allowed.slice(0, 20) }, message);
  }
  for (const { path, message } of remarks.failed ? [] : pilotNotes(draft.pilot)) {
    if (path.at(-1) !== 'creditCode') remarks.warn(placeOf(draft, path), message);
  }
}

const isInFile = ({ place, places }: Draft, [list]: readonly (string | number)[]): boolean =>
  list === 'sites' ? place !== null : places[list as List] !== undefined;

function placeOf({ pilot, place, places }: Draft, path: readonly (string | number)[]): Place {
  const [list, index] = path;
  const key = String(path.at(-1));
  const inList = places[list as List]?.[Number(index)];
  if (inList) return inList(key);
  if (list === 'sites' && place) return place('sites');
  // What isn't in this file stands in the register.
  return { column: path.join('.'), value: pilot.id };
}

/** One id or site in two pilots, told at the one in this file. */
export function tellConflicts(
  drafts: ReadonlyMap<string, Draft>,
  known: readonly KnownPilot[],
  remarks: OpenRemarks,
): void {
  const staying = known
    .filter(({ id }) => !drafts.has(id))
    .map((pilot): PlacedPilot => ({ pilot, place: pilot.from === 'file' ? IN_FILE : IN_REGISTER }));
  const placed = [...drafts.values()].map((draft) => ({ draft, pilot: draft.pilot, place: whereOf(draft) }));
  for (const { second, message } of pilotConflicts([...staying, ...placed])) {
    const { draft } = second as Partial<(typeof placed)[number]>;
    if (draft) remarks.error(placeOf(draft, ['sites']), message);
  }
}

function whereOf({ place }: Draft): Bilingual {
  if (!place) return IN_REGISTER;
  const { sheet, row } = place('id');
  return { zh: `“${sheet}”第 ${row} 行`, en: `row ${row} of ${sheet}` };
}

const IN_REGISTER = { zh: '台账', en: 'the register' };
const IN_FILE = { zh: '试点文件', en: 'a pilot file' };
