import type { CatalogueEntry } from './catalogue-entry.ts';
import type { TimeClass } from './ledger-row.ts';
import type { State } from './state.ts';

export type Name = CatalogueEntry['title'];

/** What the states are called; page, report, dashboards and glossary all read this table. */
export const STATE_NAMES: Readonly<Record<State, Name>> = {
  running: { zh: '运行', en: 'Running' },
  setup: { zh: '换型调试', en: 'Setup' },
  idle: { zh: '待机', en: 'Idle' },
  blocked: { zh: '下游堵料', en: 'Blocked' },
  starved: { zh: '上游待料', en: 'Starved' },
  held: { zh: '暂停', en: 'Held' },
  down: { zh: '故障', en: 'Down' },
  'planned-stop': { zh: '计划停机', en: 'Planned stop' },
  off: { zh: '关机', en: 'Off' },
  unknown: { zh: '未知', en: 'Unknown' },
};

/** What the time classes are called. */
export const CLASS_NAMES: Readonly<Record<TimeClass, Name>> = {
  notScheduled: { zh: '非排班', en: 'Not scheduled' },
  plannedStop: { zh: '计划停机', en: 'Planned stop' },
  extra: { zh: '计划外运行', en: 'Unplanned running' },
  running: { zh: '运行', en: 'Running' },
  changeover: { zh: '换型', en: 'Changeover' },
  breakdown: { zh: '故障停机', en: 'Breakdown' },
  delay: { zh: '延误', en: 'Delay' },
  minorStop: { zh: '短暂停机', en: 'Minor stops' },
  idle: { zh: '空闲', en: 'Idle' },
  unknown: { zh: '未知', en: 'Unknown' },
};

/** A table of names in one language. */
export const namesIn = <K extends string>(
  names: Readonly<Record<K, Name>>,
  language: keyof Name,
): Record<K, string> =>
  Object.fromEntries(Object.entries<Name>(names).map(([key, name]) => [key, name[language]])) as Record<
    K,
    string
  >;
