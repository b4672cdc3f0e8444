import { MACHINE_PATH } from '../../domain/assess/pilot-forms.ts';
import { flag } from '../kinds/flag.ts';
import { optional } from '../kinds/optional.ts';
import { text } from '../kinds/text.ts';
import { sheet } from '../sheet.ts';
import { pilotColumn } from './pilot-column.ts';

export const equipment = sheet({
  id: 'equipment',
  title: { zh: '设备', en: 'Equipment' },
  aliases: ['设备清单', '设备台账'],
  about: {
    zh: '每行一台设备，未联网的也要登记；也可单独以 CSV 导入',
    en: 'One piece of equipment a row, unconnected ones too; may come as CSV by itself',
  },
  columns: {
    pilot: pilotColumn,
    id: {
      title: { zh: '设备编号', en: 'Equipment id' },
      aliases: ['id'],
      about: { zh: '在本企业内唯一', en: 'Unique within the pilot' },
      kind: text(),
      example: 'E-01',
    },
    name: {
      title: { zh: '设备名称', en: 'Equipment name' },
      aliases: ['name', '名称'],
      about: { zh: '名称或型号', en: 'Name or type' },
      kind: text(),
      example: '注塑机 1',
    },
    machine: {
      title: { zh: '数据来源', en: 'Machine' },
      aliases: ['machine path', '机器路径', '设备路径'],
      about: {
        zh: '平台中的设备路径；空白表示没有接入',
        en: 'Its path in the platform; empty: it is not connected',
      },
      kind: optional(text(MACHINE_PATH)),
      ifEmpty: null,
      example: 'haida/zhoushan/moulding/line1/imm-01',
    },
    process: {
      title: { zh: '所属工序', en: 'Process' },
      aliases: ['工序编号', '工序', 'process id'],
      about: { zh: '“工序”表中的工序编号', en: 'Id of a process in the sheet of processes' },
      kind: optional(text()),
      ifEmpty: null,
      example: 'P1',
    },
    key: {
      title: { zh: '关键设备', en: 'Key' },
      aliases: ['key equipment', '是否关键设备'],
      about: { zh: '是否关键设备', en: 'Whether it is key equipment' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
    numericallyControlled: {
      title: { zh: '数控设备', en: 'Numerically controlled' },
      aliases: ['nc', '数控', '是否数控', '是否数控设备'],
      about: { zh: '是否数控设备', en: 'Whether it is numerically controlled' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
    digital: {
      title: { zh: '数字化设备', en: 'Digital' },
      aliases: ['数字化', '是否数字化', '是否数字化设备'],
      about: { zh: '是否数字化设备', en: 'Whether it is digital equipment' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
    shouldBeNetworked: {
      title: { zh: '应联网', en: 'Should be networked' },
      aliases: ['应联网设备', '是否应联网'],
      about: { zh: '是否应当联网', en: 'Whether it is meant to be networked' },
      kind: flag,
      ifEmpty: false,
      example: '是',
    },
  },
  rowsOf: ({ id: pilot, equipment }) => equipment.map((one) => ({ pilot, ...one })),
});
