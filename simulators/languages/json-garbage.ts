const wrong = (text: string, ...bytes: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from(text), Buffer.from(bytes)]);

/** What no reader of JSON objects can take, with the reason why it comes up in plants. */
const GARBAGE: readonly (string | Buffer)[] = [
  // A device that publishes before it has anything.
  '',
  // A buffer that was too small.
  '{"ts":1772409600000,"state":"runni',
  '{"ts":1772409600000,"count":12,',
  '[{"ts":1772409600000,"count":12}',
  // GBK where UTF-8 was promised.
  wrong('{"state":"', 0xd4, 0xcb, 0xd0, 0xd0, 0x22, 0x7d),
  // Frames of a field bus that were never meant for a broker.
  wrong('', 0x01, 0x03, 0x14, 0x00, 0xff, 0x8a, 0x02),
  wrong('', 0x00, 0x00, 0x00, 0x00),
  // What a language prints that isn't JSON.
  'NaN',
  "{'state': 'running', 'count': 12}",
  '{"temperature":NaN}',
  '{"temperature":}',
  // An error in place of a payload.
  'ERR: connection to PLC lost',
  '<error code="504"/>',
  // JSON, but nothing in it.
  'null',
  '[]',
  '"running"',
];

export const jsonGarbage = (draw: number): string | Buffer =>
  GARBAGE[Math.floor(draw * GARBAGE.length)] ?? '';
