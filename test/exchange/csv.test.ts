import { describe, expect, test } from 'vitest';
import { pilot } from '../domain/assess/pilot.ts';
import { lineOf, read } from './read.ts';

const LINES = [
  '企业编号,设备编号,设备名称,数据来源,所属工序,关键设备,数控设备,数字化设备,应联网',
  'haida,E-01,注塑机 1,haida/zhoushan/moulding/line1/imm-01,P1,是,是,是,是',
  'haida,E-02,"卧式""大""注塑机, 2",,P1,否,,0,√',
];
const registered = { ...pilot(), from: 'register' as const };
const both = [
  ...pilot().equipment,
  {
    id: 'E-02',
    name: '卧式"大"注塑机, 2',
    machine: null,
    process: 'P1',
    key: false,
    numericallyControlled: false,
    digital: false,
    shouldBeNetworked: true,
  },
];

/** GBK as Chinese Excel writes it, made by turning its decoder round: Node has no encoder for it. */
const GBK = (() => {
  const decoder = new TextDecoder('gb18030');
  const pairs = new Map<string, Buffer>();
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      const bytes = Buffer.of(lead, trail);
      pairs.set(decoder.decode(bytes), bytes);
    }
  }
  return (text: string) => Buffer.concat([...text].map((one) => pairs.get(one) ?? Buffer.from(one)));
})();

describe('a list of equipment as CSV', () => {
  const text = `${LINES.join('\r\n')}\r\n`;
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark, as Excel writes it', Buffer.from(`\ufeff${text}`)],
    ['GBK, as Chinese Excel writes it', GBK(text)],
    [
      'UTF-16 with tabs, the "Unicode text" of Excel',
      Buffer.from(`\ufeff${text.replaceAll(/,(?=[^ ])|,$/gm, '\t')}`, 'utf16le'),
    ],
    ['semicolons', Buffer.from(text.replaceAll(/,(?=[^ ])|,$/gm, ';'))],
    ['bare line feeds, and no last one', Buffer.from(LINES.join('\n'))],
  ])('in %s', async (_, bytes) => {
    const { pilots, rows, errors, warnings } = await read(bytes, [registered]);
    expect([...errors, ...warnings].map(lineOf)).toEqual([]);
    expect(pilots).toEqual([pilot({ equipment: both })]);
    expect(rows).toEqual({ pilots: 0, equipment: 2, processes: 0, declared: 0, answers: 0 });
  });

  test('is told by row and column, like a sheet', async () => {
    const wrong = [...LINES, 'haida,E-03,x,,P9,是', 'haida,E-04,,,,大概', 'nobody,E-05,#N/A'];
    const { errors } = await read(Buffer.from(wrong.join('\n')), [registered]);
    expect(errors.map(lineOf)).toEqual([
      '设备 5 设备名称: must not be empty',
      '设备 5 关键设备 "大概": say 是 (yes) or 否 (no)',
      '设备 6 设备名称 "#N/A": the formula has failed; correct it, or write the value',
      '设备 4 所属工序 "P9": there is no process "P9"; register it, or correct the id',
    ]);
  });

  test.each([
    [
      'neither UTF-8 nor GB18030',
      Buffer.of(0x61, 0x2c, 0xff, 0xff, 0x0a),
      'the CSV is neither UTF-8 nor GB18030',
    ],
    ['a heading and no row', Buffer.from(`${LINES[0]}\n`), 'no sheet has a row of data'],
    ['prose', Buffer.from('Dear Sir,\nplease find attached.\n'), 'this column is missing'],
  ])('%s', async (_, bytes, message) => {
    const { pilots, errors } = await read(bytes, [registered]);
    expect(pilots).toEqual([]);
    expect(errors.map(lineOf)).toContainEqual(expect.stringContaining(message));
  });
});
