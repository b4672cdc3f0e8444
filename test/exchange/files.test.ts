import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES, MAX_UNPACKED_BYTES } from '../../exchange/limits.ts';
import { unpackedBytes } from '../../exchange/unpacked-bytes.ts';
import { bookWith, GOOD, lineOf, read } from './read.ts';
import { workbookFiles, workbookOf } from './workbook.ts';
import { zipOf } from './zip.ts';

const good = bookWith({});
/** The first bytes of a compound file, with a text somewhere in it. */
const compound = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1000),
    Buffer.from(text, 'utf16le'),
    Buffer.alloc(500),
  ]);

describe('a file that can not be read', () => {
  test.each([
    ['empty', Buffer.alloc(0), 'the file is empty; choose an .xlsx workbook, or a .csv list of equipment'],
    [
      'a PDF',
      Buffer.from('%PDF-1.7\n%âãÏÓ\n'),
      'this is neither an .xlsx workbook nor .csv text; save it as .xlsx in Excel or WPS',
    ],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'this is neither an .xlsx workbook nor .csv text',
    ],
    ['an old .xls', compound('Workbook'), 'this is an old .xls file; save it as .xlsx'],
    [
      'a workbook behind a password',
      compound('EncryptedPackage'),
      'the workbook is protected by a password; take the password off first',
    ],
    [
      'cut off',
      good.subarray(0, good.length - 300),
      'the workbook is damaged or not whole; save it again, or upload it again',
    ],
    ['a ZIP of something else', zipOf({ 'readme.txt': 'hello' }), 'the workbook is damaged or not whole'],
    ['a workbook whose sheet is missing', zipOf(withoutSheets()), 'the workbook is damaged or not whole'],
    [
      'with broken XML',
      zipOf({ ...files(), 'xl/workbook.xml': '<workbook><sheets>' }),
      'the workbook is damaged or not whole',
    ],
    [
      'a workbook of other sheets',
      workbookOf({ Sheet1: [['a']], 库存: [['b']] }),
      'there is no sheet that is known; begin with the template',
    ],
    ['a workbook without rows', workbookOf({ 企业: [], 设备: [GOOD.设备[0]] }), 'no sheet has a row of data'],
    [
      'larger than may be',
      Buffer.alloc(MAX_FILE_BYTES + 1, 'a'),
      'the file is larger than 16 MB; divide it by enterprise',
    ],
  ])('%s', async (_, bytes, message) => {
    const { pilots, errors } = await read(bytes);
    expect(pilots).toEqual([]);
    expect(errors.map(lineOf)).toEqual([expect.stringContaining(message)]);
    expect(errors[0]?.message.zh).toMatch(/\p{Script=Han}/u);
  });

  test('a workbook that Excel really protected', async () => {
    const bytes = await writeXlsx({
      sheets: [{ name: '企业', rows: [['企业编号']] }],
      encryption: { password: 'x', spinCount: 1000 },
    });
    expect((await read(bytes)).errors.map(lineOf)).toEqual([
      expect.stringContaining('protected by a password'),
    ]);
  });

  test('any byte of a good workbook may be wrong: it is damaged or it is read, and nothing breaks', async () => {
    const messages = new Set<string>();
    for (let at = 0; at < good.length; at += 23) {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] as number) ^ 0xff;
      const { pilots, errors } = await read(bytes);
      expect(pilots.length > 0).toBe(errors.length === 0);
      for (const { message } of errors) messages.add(message.en);
    }
    expect(messages).toContain('the workbook is damaged or not whole; save it again, or upload it again');
  });
});

describe('a bomb', () => {
  const zeros = ' '.repeat(30_000_000);
  const bomb = (says?: number): Uint8Array => {
    const path = 'xl/worksheets/sheet1.xml';
    const sheet = files()[path]?.replace('<sheetData>', `<sheetData>${zeros}`) ?? '';
    return zipOf({ ...files(), [path]: sheet }, says === undefined ? {} : { [path]: says });
  };

  test('that says how large it is, is refused before it is unpacked', async () => {
    const five = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`xl/media/${n}.bin`, zeros]));
    const bytes = zipOf({ ...files(), ...five });
    expect(bytes.length).toBeLessThan(500_000);
    expect(unpackedBytes(bytes)).toBeGreaterThan(MAX_UNPACKED_BYTES);
    const started = performance.now();
    expect((await read(bytes)).errors.map(lineOf)).toEqual([
      expect.stringContaining('the workbook unpacks to more than 128 MB'),
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('that says it is small, breaks off at what it says', async () => {
    expect((await read(bomb(5000))).errors.map(lineOf)).toEqual([
      expect.stringContaining('the workbook is damaged'),
    ]);
  });

  test('that is as large as it says and no larger than may be, is only a workbook', async () => {
    expect((await read(bomb())).errors).toEqual([]);
  });

  test('of two cells at the far ends of a sheet is refused, not spread out', async () => {
    const path = 'xl/worksheets/sheet1.xml';
    const sheet =
      files()[path]?.replace(
        '</sheetData>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
      ) ?? '';
    const { errors } = await read(zipOf({ ...files(), [path]: sheet }));
    expect(errors.map(lineOf)).toEqual([expect.stringMatching(/damaged|more than 100000 rows/)]);
  });
});

function files(): Record<string, string> {
  return workbookFiles(GOOD);
}

function withoutSheets(): Record<string, string> {
  return Object.fromEntries(Object.entries(files()).filter(([name]) => !name.includes('worksheets')));
}
