/** From so many names on, a name is looked for in a map: a payload may have 100,000. */
const MANY = 32;

const mapsOf = new WeakMap<readonly string[], Map<string, number>>();

/** Where a name stands among names that all differ and are only ever added to; -1: it doesn't. */
export function placeOf(names: readonly string[], name: string): number {
  if (names.length < MANY) return names.indexOf(name);
  let places = mapsOf.get(names);
  if (!places) {
    places = new Map();
    mapsOf.set(names, places);
  }
  for (let place = places.size; place < names.length; place++) places.set(names[place] as string, place);
  return places.get(name) ?? -1;
}
