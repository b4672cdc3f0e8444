import type { Dice } from './dice.ts';

/** Values as they are written, since some of them no object can hold. */
const VALUES = [
  ...['null', 'true', '""', '[]', '{}', '0', '-0', '1e400', '-1e-400', '1.7976931348623157e308', '5e-324'],
  ...['9007199254740993', '-9223372036854775808', '9223372036854775808', '18446744073709551616', '0.1e1'],
  ...['"running"', '"\\ud800"', '"\\u0000"', '"开动"', '"NaN"', '"12"', '" "', '"2026-03-02T08:00:00Z"'],
  ...[
    '"2026-02-30T08:00:00+25:00"',
    '1772438400000',
    '1772438400',
    '-1',
    '99999999999999',
    '1772438400000.9',
  ],
  ...['NaN', 'Infinity', '01', '+1', '.5', '1.', "'x'", '"\n"', 'undefined', '0x10', '/**/1'],
  `"${'x'.repeat(300)}"`,
  `${'['.repeat(200)}${']'.repeat(200)}`,
  `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
  `"${'\\u00e9'.repeat(50)}"`,
];
const NAMES = [
  'ts',
  'state',
  'count',
  'value',
  '__proto__',
  'constructor',
  'toString',
  '',
  '+',
  '#',
  'a/b',
  '门',
  'x'.repeat(300),
];

type Path = readonly (string | number)[];

/** The places of a JSON value, itself first. */
function* placesOf(value: unknown, path: Path = []): Generator<Path, void> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...path, key]);
}

/** A JSON payload with one of its values, names or members changed; `undefined` where it is no JSON. */
export function mutateJson(payload: Buffer, dice: Dice): Buffer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
  const place = dice.one([...placesOf(value)]);
  const change = dice.below(6);
  const write = (node: unknown, path: Path): string => {
    const isPlace =
      path.length === place.length && path.every((key, index) => String(key) === String(place[index]));
    if (isPlace) {
      const own = plain(node, path);
      if (change === 0) return dice.one(VALUES);
      if (change === 1) return `[${own},${own}]`;
      if (change === 2) return `{${JSON.stringify(dice.one(NAMES))}:${own}}`;
      if (change === 3) return Array.from({ length: 1 + dice.below(40) }, () => own).join(',');
    }
    return plain(node, path);
  };
  const plain = (node: unknown, path: Path): string => {
    if (Array.isArray(node))
      return `[${node.map((inner, index) => write(inner, [...path, index])).join(',')}]`;
    if (typeof node !== 'object' || node === null) return JSON.stringify(node);
    const members = Object.entries(node).flatMap(([name, inner]) => {
      const isPlace = place.length === path.length + 1 && place.at(-1) === name;
      const member = (as: string): string => `${JSON.stringify(as)}:${write(inner, [...path, name])}`;
      if (isPlace && change === 4)
        return dice.chance(0.5) ? [] : [member(name), `${JSON.stringify(name)}:${dice.one(VALUES)}`];
      if (isPlace && change === 5) return [member(dice.one(NAMES))];
      return [member(name)];
    });
    return `{${members.join(',')}}`;
  };
  return Buffer.from(write(value, []));
}
