import type { FigureFlag } from '../formula.ts';
import type { LedgerFlag } from '../ledger-row.ts';
import type { Bilingual } from './register.ts';

/** What a measured value has to say, in words: our own flags, and those of the ledger figure behind it. A closed list. */
export const MEASURE_FLAGS = {
  'no-equipment': {
    zh: '台账中没有符合条件的设备',
    en: 'the register has no equipment of this kind',
  },
  'no-processes': {
    zh: '台账中没有符合条件的工序',
    en: 'the register has no process of this kind',
  },
  'no-machines': { zh: '没有符合条件的设备', en: 'there is no machine of this kind' },
  'no-scheduled-days': {
    zh: '部分设备在评估期内无排产日，无法判定',
    en: 'machines without a scheduled day in the period are not known',
  },
  'not-registered': {
    zh: '部分设备未在台账中登记，无法判定',
    en: 'machines that are not in the register are not known',
  },
  'no-signal': { zh: '没有设备上报所需信号', en: 'no machine sends the signal that is asked for' },
  'no-stops': { zh: '评估期内没有停机', en: 'no stop in the period' },
  'window-not-gathered': {
    zh: '取证时未采集该时段',
    en: 'the evidence was gathered without this stretch of time',
  },
  'no-pieces': { zh: '没有产出', en: 'nothing was produced' },
  'no-planned-time': { zh: '没有计划时间', en: 'nothing was planned' },
  'no-running-time': { zh: '没有运行', en: 'it did not run' },
  'no-processing-time': { zh: '没有加工与换型时间', en: 'neither production nor setup' },
  'no-busy-time': { zh: '没有忙碌时间', en: 'it was not busy' },
  'no-failures': { zh: '没有故障', en: 'no failure' },
  'no-orders': { zh: '没有工单', en: 'no order was active' },
  'no-rework-count': { zh: '从未上报返工数', en: 'no rework count was ever heard' },
  'no-energy-meter': { zh: '从未上报电量', en: 'no energy meter was ever heard' },
  'no-known-time': { zh: '全部时间未知', en: 'all of the time is unknown' },
  'below-coverage-floor': { zh: '数据覆盖率低于评价下限', en: 'too little data to judge by' },
  provisional: { zh: '时段尚未结束，为暂定值', en: 'provisional: not all of the time is over' },
  'effectiveness-above-1': {
    zh: '性能开动率大于 1，理想节拍或计数有误',
    en: 'more ideal time than running time: the ideal cycle or the count is wrong',
  },
  'no-ideal-cycle': { zh: '缺少理想节拍', en: 'an ideal cycle is missing' },
  'no-count': { zh: '有运行而从未上报产量', en: 'it ran, and no count was ever heard' },
  'holiday-data-missing': { zh: '缺少该年度的节假日数据', en: 'holiday data of its year are missing' },
  'unmapped-state': { zh: '有不可识别的状态词', en: 'a state word that its vocabulary lacks' },
  'counter-reset': { zh: '计数器曾清零', en: 'a counter went back' },
  'counter-implausible': { zh: '计数增量不合理', en: 'an implausible count' },
  'reject-above-count': { zh: '不良品数多于产出总数', en: 'more rejects than pieces' },
  'rework-above-good': { zh: '返工数多于合格品数', en: 'more reworked pieces than good ones' },
  undeclared: { zh: '设备未声明，按默认设置核算', en: 'accounted with the defaults' },
  'raw-data-removed': {
    zh: '原始数据已按保留期删除，不能再核验',
    en: 'raw data is removed: it can no longer be verified',
  },
  'ledger-removed': {
    zh: '时间账已按保留期删除，该部分时间未知',
    en: 'its recorded ledger is removed: that time is unknown',
  },
} as const satisfies Readonly<Record<FigureFlag | LedgerFlag, Bilingual>> &
  Readonly<Record<string, Bilingual>>;
export type MeasureFlag = keyof typeof MEASURE_FLAGS;
