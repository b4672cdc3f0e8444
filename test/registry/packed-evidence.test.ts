import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { evidencePacker, packEvidence, unpackEvidence } from '../../registry/packed-evidence.ts';

/** As figures of machines are: each says something of its own between what all say, and the same once more far behind. */
const figures = Array.from({ length: 4_000 }, (_, machine) => {
  const own = ((machine % 2_000) * 2_654_435_761) % 4_294_967_296;
  return `{"machine":"acme/zhoushan/m${machine % 2_000}","digest":"${own.toString(16)}","coverage":1}`;
});
const text = `[${figures.join()}]`;

test('evidence comes back, from one text, from pieces, and as older versions kept it', async () => {
  expect(unpackEvidence(packEvidence(text))).toBe(text);
  expect(
    unpackEvidence(await pipeline([text.slice(0, 1000), text.slice(1000)], evidencePacker(), buffer)),
  ).toBe(text);
  expect(unpackEvidence(deflateSync(text))).toBe(text);
});

test('what is said again far behind takes no room of its own', () => {
  expect(packEvidence(text).length).toBeLessThan(0.75 * deflateSync(text).length);
});
