import { machineList } from './board-queries.ts';
import { stack } from './charts/lines.ts';
import { stat } from './charts/stat.ts';
import { table } from './charts/table.ts';
import type { DashboardSpec } from './dashboard.ts';
import { figures, HIGH, KNOWN, LOW } from './ledger-queries.ts';
import { COVERAGE_FLOOR } from './limits.ts';
import type { Link } from './links.ts';
import type { Cells } from './question.ts';
import {
  CLASS_COLUMN_COLOURS,
  classesOverTime,
  STATE_COLUMNS,
  STATE_UNITS,
  STATE_WORDS,
} from './recurring.ts';
import { COVERAGE, kpiWords } from './words.ts';

/** Panels that stand alike in several dashboards. */

type PlacedPanel = DashboardSpec['panels'][number];

/** Utilisation, with the bounds that unknown time leaves. */
export const boundedUtilisation = (cells: Cells): PlacedPanel => ({
  chart: stat,
  spec: {
    title: kpiWords('utilisation'),
    describes: {
      zh: '运行时间除以计划作业时间中的已知部分（APT / POT），以及未知时间所允许的下限和上限。',
      en: 'Running time by the known part of planned operation time (APT / POT), with the bounds that unknown time leaves.',
    },
    unit: 'percentunit',
    decimals: 1,
    asked: figures(['utilisation', LOW, HIGH], cells),
    width: 8,
    height: 5,
  },
});

/** How far what is shown may be relied on. */
export const coverage = (cells: Cells): PlacedPanel => ({
  chart: stat,
  spec: {
    title: COVERAGE,
    describes: {
      zh: '计划忙碌时间中状态已知的比例。低于设备的下限时，数字不可用于评价。',
      en: "Share of planned busy time of which the state is known. Below a machine's floor its figures are not to be judged by.",
    },
    unit: 'percentunit',
    decimals: 1,
    asked: figures([KNOWN], cells),
    thresholds: COVERAGE_FLOOR,
    width: 4,
    height: 5,
  },
});

/** All time by class, one bar for each cell of the chosen grain. */
export const timeByClass = ({ width }: { readonly width: number }): PlacedPanel => ({
  chart: stack,
  spec: {
    title: { zh: '时间去向', en: 'Where the time went' },
    describes: {
      zh: '所选设备的全部时间，按类别，每个小时、班次或生产日一根柱。每一毫秒只属于一个类别；未知是灰色，不算空闲也不算运行。',
      en: 'All time of the chosen machines by class, one bar for each hour, shift or production day. Every millisecond has one class; unknown is grey, neither idle nor running.',
    },
    unit: 'ms',
    asked: [classesOverTime],
    colours: CLASS_COLUMN_COLOURS,
    width,
    height: 9,
  },
});

/** How each chosen machine stands now. */
export const machineStates = ({
  links,
  width,
  height,
}: {
  readonly links: readonly Link[];
  readonly width: number;
  readonly height: number;
}): PlacedPanel => ({
  chart: table(STATE_UNITS, STATE_WORDS),
  spec: {
    title: { zh: '设备现在的状态', en: 'State of each machine now' },
    describes: {
      zh: '每台设备最近一次的状态、原因、开始时间和最后收到数据的时间。点击设备进入它的看板或网页：时间线、信号和停机原因。',
      en: 'The newest state of each machine, why, since when, and when it was heard last. A click leads to its dashboard or its page: timeline, signals and reasons of stops.',
    },
    unit: 'none',
    asked: [machineList(STATE_COLUMNS)],
    links,
    width,
    height,
  },
});
