import { isDeepStrictEqual } from 'node:util';
import type { Bilingual, Pilot } from '../domain/assess/register.ts';
import type { Draft, KnownPilot } from './draft.ts';
import { tellConflicts, tellProblems } from './fit.ts';
import { ENTRY_OF, LISTS, type List, type Lists, type ReadEntry, type ReadFile } from './parts.ts';
import type { OpenRemarks, Place } from './remark.ts';
import { sheets } from './sheets/index.ts';

/**
 * Puts the rows of a file together to whole pilots. A pilot that the sheet of enterprises names takes its lists from every
 * sheet that has rows; what the file says nothing about stays as registered. Tells what doesn't fit together.
 */
export function assemble(
  read: ReadFile,
  known: readonly KnownPilot[],
  remarks: OpenRemarks,
): readonly Pilot[] {
  const registered = new Map(known.map((pilot) => [pilot.id, pilot]));
  const drafts = draftsOf(read, registered, remarks);
  for (const list of LISTS) fillList(list, read, { drafts, registered, remarks });
  leaveThoseOfFiles(drafts, registered, remarks);
  for (const draft of drafts.values()) tellProblems(draft, read, remarks);
  tellConflicts(drafts, known, remarks);
  return [...drafts.values()].map(({ pilot }) => pilot);
}

function draftsOf(
  { pilots }: ReadFile,
  registered: ReadonlyMap<string, KnownPilot>,
  remarks: OpenRemarks,
): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const row of pilots?.rows ?? []) {
    const { name, creditCode, ...rest } = row.values;
    const place = row.place as (key: string) => Place;
    const before = registered.get(rest.id);
    if (drafts.has(rest.id)) remarks.error(place('id'), twice(rest.id));
    else {
      const { equipment, processes, declared, answers } = before ?? EMPTY_LISTS;
      const pilot = { ...rest, enterprise: { name, creditCode }, equipment, processes, declared, answers };
      drafts.set(rest.id, { pilot, place, places: {} });
    }
  }
  return drafts;
}

interface Filling {
  readonly drafts: Map<string, Draft>;
  readonly registered: ReadonlyMap<string, KnownPilot>;
  readonly remarks: OpenRemarks;
}

function fillList<L extends List>(list: L, read: ReadFile, { drafts, registered, remarks }: Filling): void {
  const sheet = read[list];
  if (!sheet) return;
  const toEntry = ENTRY_OF[list] as (row: NonNullable<ReadFile[L]>['rows'][number]) => ReadEntry<Lists[L]>;
  const byPilot = Map.groupBy(sheet.rows.map(toEntry), ({ pilot }) => pilot);
  for (const [id, entries] of byPilot) {
    if (!drafts.has(id)) {
      const before = registered.get(id);
      if (before) drafts.set(id, { pilot: withoutFrom(before), place: null, places: {} });
      else if (!read.pilots?.partial) {
        const allowed = [...new Set([...drafts.keys(), ...registered.keys()])].slice(0, 20);
        for (const { place } of entries) remarks.error({ ...place('pilot'), allowed }, unknownPilot(id));
      }
    }
    const draft = drafts.get(id);
    if (draft) replaceList(draft, list, entries);
  }
  for (const draft of drafts.values()) {
    const { id } = draft.pilot;
    const lost = draft.pilot[list].length;
    if (draft.place === null || byPilot.has(id) || lost === 0 || sheet.partial) continue;
    const title = titleOf(list);
    remarks.warn({ ...draft.place('id'), sheet: title.zh, row: null }, removed(id, lost, title));
    replaceList(draft, list, []);
  }
}

function replaceList<L extends List>(draft: Draft, list: L, entries: readonly ReadEntry<Lists[L]>[]): void {
  draft.pilot = { ...draft.pilot, [list]: entries.map(({ entry }) => entry) };
  (draft.places as Record<List, unknown>)[list] = entries.map(({ place }) => place);
}

/** Pilots of files are part of an export; unchanged they may come back with it. */
function leaveThoseOfFiles(
  drafts: Map<string, Draft>,
  registered: ReadonlyMap<string, KnownPilot>,
  remarks: OpenRemarks,
): void {
  for (const [id, { pilot, place, places }] of drafts) {
    const before = registered.get(id);
    if (before?.from !== 'file') continue;
    drafts.delete(id);
    if (isDeepStrictEqual(pilot, withoutFrom(before))) continue;
    const first = LISTS.map((list) => places[list]?.[0]).find((found) => found !== undefined);
    remarks.error(place?.('id') ?? first?.('pilot') ?? { value: id }, FROM_FILE);
  }
}

const withoutFrom = ({ from: _, ...pilot }: KnownPilot): Pilot => pilot;

const titleOf = (list: List): Bilingual => sheets.find(({ id }) => id === list)?.title as Bilingual;

const EMPTY_LISTS = { equipment: [], processes: [], declared: [], answers: [] };
const FROM_FILE = {
  zh: '该企业由配置文件旁的试点文件登记，只能在该文件中修改；此处内容与之不同',
  en: 'this pilot is declared in a file beside the configuration, and can be changed only there; what stands here is different',
};
const twice = (id: string): Bilingual => ({
  zh: `企业编号“${id}”出现两次，请删除其中之一`,
  en: `pilot "${id}" is there twice; remove one of them`,
});
const unknownPilot = (id: string): Bilingual => ({
  zh: `没有企业“${id}”，请先在“企业”表中登记或更正编号`,
  en: `there is no pilot "${id}"; add it to the sheet 企业 (Enterprises), or correct the id`,
});
const removed = (id: string, count: number, { zh, en }: Bilingual): Bilingual => ({
  zh: `“${zh}”表中没有企业“${id}”的行，已登记的 ${count} 行将被删除`,
  en: `the sheet ${zh} (${en}) has no row of pilot "${id}"; the ${count} that are registered will be removed`,
});
