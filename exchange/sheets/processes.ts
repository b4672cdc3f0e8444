import { flag } from '../kinds/flag.ts';
import { text } from '../kinds/text.ts';
import { sheet } from '../sheet.ts';
import { pilotColumn } from './pilot-column.ts';

export const processes = sheet({
  id: 'processes',
  title: { zh: '工序', en: 'Processes' },
  aliases: ['工序清单', 'process'],
  about: { zh: '每行一道工序', en: 'One process a row' },
  columns: {
    pilot: pilotColumn,
    id: {
      title: { zh: '工序编号', en: 'Process id' },
      aliases: ['id'],
      about: { zh: '在本企业内唯一', en: 'Unique within the pilot' },
      kind: text(),
      example: 'P1',
    },
    name: {
      title: { zh: '工序名称', en: 'Process name' },
      aliases: ['name', '名称'],
      about: { zh: '名称', en: 'Its name' },
      kind: text(),
      example: '注塑',
    },
    key: {
      title: { zh: '关键工序', en: 'Key' },
      aliases: ['key process', '是否关键工序'],
      about: { zh: '是否关键工序', en: 'Whether it is a key process' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
    numericallyControlled: {
      title: { zh: '数控化', en: 'Numerically controlled' },
      aliases: ['nc', '数控', '是否数控化'],
      about: { zh: '是否已数控化', en: 'Whether it is numerically controlled' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
  },
  rowsOf: ({ id: pilot, processes }) => processes.map((one) => ({ pilot, ...one })),
});
