/** A stream of numbers in [0, 1). */
export type Random = () => number;

/**
 * A stream that depends on its name only, so that each machine and each of its concerns has its own, whatever else is
 * simulated. Seeded by FNV-1a with a final mix, drawn by sfc32 (Chris Doty-Humphrey's small fast counting generator).
 */
export function randomOf(...name: readonly (string | number)[]): Random {
  const text = name.join('\u001f');
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, 0x9e3779b9);
  let c = hash(text, 0x85ebca6b);
  let counter = 1;
  const next: Random = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The first draws still show the seed's pattern.
  for (let draw = 0; draw < 12; draw++) next();
  return next;
}

function hash(text: string, basis: number): number {
  let value = basis;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** An integer in `[low, high]`. */
export const between = (random: Random, [low, high]: readonly [number, number]): number =>
  low + Math.floor(random() * (high - low + 1));

/** A waiting time of the given mean without memory, at least 1, integer. */
export const exponential = (random: Random, mean: number): number =>
  Math.max(1, Math.round(-Math.log(1 - random()) * mean));

/** One of several. */
export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
