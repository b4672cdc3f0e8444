import type { Dice } from './dice.ts';

const PARTS = [
  ...[
    '1',
    '1i',
    '1u',
    '-1u',
    '-9223372036854775808i',
    '9223372036854775808i',
    '18446744073709551615u',
    '1e400',
    '1.5i',
  ],
  ...[
    't',
    'TRUE',
    'tru',
    '"',
    '""',
    '"a\\"b\\\\"',
    '"a',
    '"\n"',
    'NaN',
    'inf',
    '0x1',
    '1_000',
    '',
    ' ',
    '  ',
    '\\',
    '\\ ',
    '\\,',
    '\\=',
  ],
  ...[
    'x=1',
    'machine=',
    '=x',
    ',',
    ',,',
    '#',
    '#c\n',
    '\n',
    '\r\n',
    '\0',
    '门',
    'x'.repeat(300),
    '1772438400000000000',
  ],
  ...[
    '-1',
    '9223372036854775807',
    '99999999999999999999',
    '1772438400000000000i',
    'machine=imm-02',
    'state="down"',
    'count=13i',
  ],
];

/** A line of the protocol with one of its parts changed, between the signs that part them; signs stay or go with it. */
export function mutateLines(payload: Buffer, dice: Dice): Buffer {
  const parts = payload.toString('latin1').split(/([,= \n"\\])/);
  const at = dice.below(parts.length);
  switch (dice.below(5)) {
    case 0:
      parts[at] = dice.one(PARTS);
      break;
    case 1:
      parts.splice(at, 1 + dice.below(3));
      break;
    case 2:
      parts.splice(at, 0, dice.one(PARTS));
      break;
    case 3:
      parts.splice(at, 0, ...parts.slice(at, at + 1 + dice.below(8)));
      break;
    default: {
      const other = dice.below(parts.length);
      [parts[at], parts[other]] = [parts[other] as string, parts[at] as string];
    }
  }
  return Buffer.from(parts.join(''), 'latin1');
}
