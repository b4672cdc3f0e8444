import type { Rubric } from '../../domain/assess/rubric.ts';
import type { RubricFile } from './schema.ts';

interface Part {
  readonly id?: string;
}

/**
 * Where a part of a rubric stands in its file. In a file that extends another one the lists are shorter than the
 * rubric's, so entries are found again by their ids; what the file doesn't have itself stands at `extends`.
 */
export function placeIn(
  file: RubricFile,
  rubric: Rubric,
  path: readonly PropertyKey[],
): readonly PropertyKey[] {
  if (!file.extends) return path;
  const place: PropertyKey[] = [];
  let whole: unknown = rubric;
  let own: unknown = file;
  for (const [nth, step] of path.entries()) {
    const entry = at(whole, step) as Part | undefined;
    if (typeof step === 'number' && Array.isArray(own)) {
      const list = own as readonly Part[];
      // Dependencies have no ids; the file's own come last.
      const index =
        entry?.id === undefined
          ? step - ((whole as readonly Part[]).length - list.length)
          : list.findIndex(({ id }) => id === entry.id);
      if (index < 0) return ['extends'];
      place.push(index);
      own = list[index];
    } else {
      place.push(step);
      own = at(own, step);
    }
    whole = entry;
    // Below an indicator or a gate the file is the rubric's source, and says things its own way.
    if (path[nth - 1] === 'indicators' || path[nth - 1] === 'gates')
      return [...place, ...path.slice(nth + 1)];
  }
  return place;
}

const at = (value: unknown, step: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
