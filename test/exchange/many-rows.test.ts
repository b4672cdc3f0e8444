import { expect, test } from 'vitest';
import { MAX_ROWS } from '../../exchange/limits.ts';
import { bookWith, lineOf, read } from './read.ts';

const HEADINGS = ['企业编号', '设备编号', '设备名称', '关键设备'];
const rows = (count: number) => Array.from({ length: count }, (_, n) => ['haida', `E-${n}`, '注塑机', '是']);
const TOO_MANY = '设备: the sheet has more than 100000 rows; divide it by enterprise';

test(`${MAX_ROWS} rows are read`, async () => {
  const { pilots, errors } = await read(bookWith({ 设备: [HEADINGS, ...rows(MAX_ROWS)] }));
  expect(errors.map(lineOf)).toEqual([]);
  expect(pilots[0]?.equipment).toHaveLength(MAX_ROWS);
});

test('one more is one too many, in a workbook and in CSV', async () => {
  const tooMany = [HEADINGS, ...rows(MAX_ROWS + 1)];
  expect((await read(bookWith({ 设备: tooMany }))).errors.map(lineOf)).toEqual([TOO_MANY]);
  const csv = Buffer.from(tooMany.map((row) => row.join(',')).join('\n'));
  expect((await read(csv)).errors.map(lineOf)).toEqual([TOO_MANY]);
});
