/** A shorter name is shown whole. */
const SHORT = 8;
const MOST_OF_END = 6;
/** A separator, and what tells machines of a kind apart: `-01`, `_12b`, ` 3号`. */
const LAST_PART = /[-_. ][^-_. ]{1,5}$/u;

/** What of a machine's name may be cut, and its end, which stays: the last part, or where there is none, a few signs. */
export function partsOfName(name: string): readonly [head: string, end: string] {
  const signs = [...name];
  if (signs.length <= SHORT) return ['', name];
  const end = LAST_PART.exec(name)?.[0] ?? signs.slice(-MOST_OF_END).join('');
  return [name.slice(0, -end.length), end];
}
