import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf, RowDigest } from '../../analysis/digest.ts';
import { HOUR, IMM_1, IMM_2, MONDAY_8 } from './plants.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('digests', () => {
  it('are SHA-256 in lower-case hex, of UTF-8', () => {
    expect(digestOf('开动')).toBe(sha256('开动'));
  });

  it.each([1, 7, 2_000])('of a row are of the list of its cells, also a long one (%i cells)', (count) => {
    const spans = Array.from({ length: count }, (_, index) => ({
      from: MONDAY_8 + index * HOUR,
      to: MONDAY_8 + (index + 1) * HOUR,
    }));
    const cells = spans.map(({ from }) => ({ digest: sha256(String(from)) }));
    const row = new RowDigest();
    const list: unknown[] = [];
    for (const machine of [IMM_1, `${IMM_2} "开动"`]) {
      row.add(JSON.stringify(machine), spans, cells);
      for (const [index, { from, to }] of spans.entries())
        list.push([machine, from, to, cells[index]?.digest]);
    }
    expect(row.end()).toBe(sha256(JSON.stringify(list)));
  });
});
