import { kpiOf } from '../../domain/kpi/index.ts';
import type { TimeClass } from '../../domain/ledger-row.ts';
import type { Name } from '../../domain/names.ts';
import type { Level } from '../../domain/path.ts';

/** What is to be read in two languages; Chinese first. */
export type Bilingual = Name;
export const both = ({ zh, en }: Bilingual): string => `${zh} ${en}`;

const words = <K extends string>(of: Record<K, readonly [string, string]>): Record<K, Bilingual> =>
  Object.fromEntries(
    Object.entries<readonly [string, string]>(of).map(([name, [zh, en]]) => [name, { zh, en }]),
  ) as Record<K, Bilingual>;

/** As on the page and in the report; unknown time is grey, never a shade of running. */
export const CLASS_COLOURS: Readonly<Record<TimeClass, string>> = {
  running: '#15793c',
  changeover: '#2f5fc4',
  minorStop: '#f0b429',
  delay: '#d97706',
  breakdown: '#c8322b',
  idle: '#ead9a0',
  unknown: '#8a94a3',
  plannedStop: '#64748b',
  extra: '#8fd3a8',
  notScheduled: '#e3e7ec',
};

export const LEVEL_WORDS: Readonly<Record<Level, Bilingual>> = words({
  enterprise: ['企业', 'Enterprise'],
  site: ['工厂', 'Site'],
  area: ['区域', 'Area'],
  line: ['产线', 'Line'],
  machine: ['设备', 'Machine'],
});

export const BOOK_WORDS = words({
  received: ['收到', 'Received'],
  stored: ['入库', 'Stored'],
  duplicate: ['重复', 'Duplicate'],
  refused: ['拒收', 'Refused'],
  ignored: ['忽略', 'Ignored'],
  spooled: ['暂存', 'Spooled'],
  inFlight: ['在途', 'In flight'],
});
export type Fate = keyof typeof BOOK_WORDS;

export const COUNT_WORDS = words({
  produced: ['产量', 'Produced'],
  good: ['合格', 'Good'],
  reject: ['不合格', 'Reject'],
});

export const COVERAGE: Bilingual = { zh: '数据覆盖率', en: 'Coverage' };

/** The title of a KPI, from the catalogue. */
export function kpiWords(id: string): Bilingual {
  const kpi = kpiOf(id);
  if (!kpi) throw new RangeError(`there is no KPI "${id}"`);
  return kpi.title;
}
