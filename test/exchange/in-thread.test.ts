import { expect, test } from 'vitest';
import { openRegisterSheets } from '../../exchange/in-thread.ts';
import { MAX_FILE_BYTES } from '../../exchange/limits.ts';
import { pilot } from '../domain/assess/pilot.ts';
import { bookWith, lineOf } from './read.ts';

const sheets = openRegisterSheets();

test('what is written in the thread is read in it', async () => {
  const { pilots, errors } = await sheets.read(await sheets.write([pilot()]), []);
  expect(errors).toEqual([]);
  expect(pilots).toEqual([pilot()]);
});

test('the caller is free meanwhile, and the tasks are done one after another', async () => {
  const order: string[] = [];
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const many = pilot({
    equipment: Array.from({ length: 20_000 }, (_, n) => ({ ...pilot().equipment[0]!, id: `E-${n}` })),
  });
  await Promise.all([
    sheets.write([many]).then(() => order.push('large')),
    sheets.write([pilot()]).then(() => order.push('small')),
  ]);
  clearInterval(counting);
  expect(order).toEqual(['large', 'small']);
  expect(turns).toBeGreaterThan(20);
});

test('a file that is too large is not even copied', async () => {
  const { errors } = await sheets.read(Buffer.alloc(MAX_FILE_BYTES + 1), []);
  expect(errors.map(lineOf)).toEqual(['the file is larger than 16 MB; divide it by enterprise']);
});

test('what needs too much memory ends its thread alone', async () => {
  const narrow = openRegisterSheets({ maxHeapMb: 40 });
  const rows = Array.from({ length: 60_000 }, (_, n) => ['haida', `E-${n}`, `注塑机 ${n}`]);
  const book = bookWith({ 设备: [['企业编号', '设备编号', '设备名称'], ...rows] });
  const { errors } = await narrow.read(book, []);
  expect(errors.map(lineOf)).toEqual(['the workbook needs too much memory; divide it by enterprise']);
  expect((await narrow.read(bookWith({}), [])).pilots).toEqual([pilot()]);
});

test('what takes too long is given up', async () => {
  const hasty = openRegisterSheets({ maxReadingMs: 1 });
  const { errors } = await hasty.read(bookWith({}), []);
  expect(errors.map(lineOf)).toEqual([
    'the file could not be read within 120 seconds; divide it by enterprise',
  ]);
});
