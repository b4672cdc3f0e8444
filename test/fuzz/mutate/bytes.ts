import type { Dice } from './dice.ts';

const AWKWARD = Buffer.from('{}[]",:\\=# \n\r\0-+.eE0i');

/** Some bytes of a payload changed, taken out, put in or repeated, or its end taken from another one. */
export function mutateBytes(payload: Buffer, other: Buffer, dice: Dice): Buffer {
  const at = dice.below(payload.length + 1);
  const head = payload.subarray(0, at);
  switch (dice.below(7)) {
    case 0:
      return Buffer.concat([head, Buffer.of(dice.below(256)), payload.subarray(at + 1)]);
    case 1:
      return Buffer.concat([
        head,
        Buffer.of((payload[at] ?? 0) ^ (1 << dice.below(8))),
        payload.subarray(at + 1),
      ]);
    case 2:
      return Buffer.concat([head, payload.subarray(at + 1 + dice.below(16))]);
    case 3:
      return Buffer.concat([head, Buffer.of(dice.one([...AWKWARD])), payload.subarray(at)]);
    case 4:
      return Buffer.concat([head, payload.subarray(at, at + dice.below(64)), payload.subarray(at)]);
    case 5:
      return Buffer.concat([head, other.subarray(dice.below(other.length + 1))]);
    default:
      return head;
  }
}
