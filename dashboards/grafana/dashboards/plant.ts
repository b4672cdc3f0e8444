import { machineCount, machineList } from '../board-queries.ts';
import { lines, stack } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_LINE, figure } from '../ledger-queries.ts';
import { COVERAGE_FLOOR } from '../limits.ts';
import { pageLink, toDashboard, toLinePage, toMachinePage } from '../links.ts';
import {
  CLASS_COLUMN_COLOURS,
  classesOverTime,
  STATE_COLUMNS,
  STATE_UNITS,
  STATE_WORDS,
} from '../recurring.ts';
import { grainVariable, machineVariables } from '../variables.ts';
import { COVERAGE, kpiWords } from '../words.ts';

const ALL = { by: [], grain: 'hour' } as const;
const EACH_LINE = { by: BY_LINE, grain: 'hour' } as const;

/** A whole plant, or several, on one screen. */
export const plant: DashboardSpec = {
  id: 'plant',
  title: { zh: '开动：工厂总览', en: 'Kaidong: plant overview' },
  describes: {
    zh: '哪条产线开动得少，少在哪里；哪些设备现在停着或没有声音。',
    en: 'Which line runs less than it could, and which machines are down or silent now.',
  },
  variables: [...machineVariables, grainVariable],
  time: LAST_DAY,
  refresh: '1m',
  shifts: true,
  page: pageLink({ zh: '网页：工厂', en: 'Page: plant' }, '#/'),
  panels: [
    {
      chart: stat,
      spec: {
        title: { zh: '设备现状', en: 'Machines now' },
        describes: {
          zh: '所选设备的台数，以及其中正在运行、故障、未知和静默的台数。静默指超过设备允许的最长静默时间没有任何数据。',
          en: 'How many machines are chosen, and how many of them run, are down, unknown or silent. Silent: nothing was heard for longer than the machine may be quiet.',
        },
        unit: 'short',
        asked: [
          machineCount('全部 All', 'all'),
          machineCount('运行 Running', 'running'),
          machineCount('故障 Down', 'down'),
          machineCount('未知 Unknown', 'unknown'),
          machineCount('静默 Silent', 'stale'),
        ],
        width: 12,
        height: 5,
      },
    },
    {
      chart: stat,
      spec: {
        title: kpiWords('utilisation'),
        describes: {
          zh: '运行时间除以计划作业时间中的已知部分（APT / POT），以及未知时间所允许的下限和上限。',
          en: 'Running time by the known part of planned operation time (APT / POT), with the bounds that unknown time leaves.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [
          figure({ kpi: 'utilisation', part: 'value' }, ALL),
          figure({ kpi: 'utilisation', part: 'low' }, ALL),
          figure({ kpi: 'utilisation', part: 'high' }, ALL),
        ],
        width: 8,
        height: 5,
      },
    },
    {
      chart: stat,
      spec: {
        title: COVERAGE,
        describes: {
          zh: '计划忙碌时间中状态已知的比例。低于设备的下限时，数字不可用于评价。',
          en: "Share of planned busy time of which the state is known. Below a machine's floor its figures are not to be judged by.",
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [figure({ kpi: 'availability', part: 'coverage' }, ALL)],
        thresholds: COVERAGE_FLOOR,
        width: 4,
        height: 5,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各产线指标', en: 'Figures by line' },
        describes: {
          zh: '每条产线在所选时间内的指标。空格表示没有计划时间、没有产量或没有理想节拍；覆盖率低时请先看数据。',
          en: 'The figures of each line in the chosen time. An empty cell: nothing planned, nothing made, or no ideal cycle; where coverage is low, look at the data first.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [
          figure({ kpi: 'utilisation', part: 'value' }, EACH_LINE),
          figure({ kpi: 'availability', part: 'value' }, EACH_LINE),
          figure({ kpi: 'effectiveness', part: 'value' }, EACH_LINE),
          figure({ kpi: 'quality-ratio', part: 'value' }, EACH_LINE),
          figure({ kpi: 'oee', part: 'value' }, EACH_LINE),
          figure({ kpi: 'availability', part: 'coverage' }, EACH_LINE),
        ],
        links: [toDashboard('line', { zh: '产线', en: 'Line' }, BY_LINE), toLinePage],
        width: 24,
        height: 8,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '各产线开动率', en: 'Utilisation by line' },
        describes: {
          zh: '每条产线在每个小时、班次或生产日的设备开动率。没有计划时间的地方没有线。',
          en: 'Utilisation of each line in each hour, shift or production day. No line where nothing was planned.',
        },
        unit: 'percentunit',
        asked: [figure({ kpi: 'utilisation', part: 'value' }, { by: BY_LINE, grain: 'chosen', each: true })],
        width: 12,
        height: 9,
      },
    },
    {
      chart: stack,
      spec: {
        title: { zh: '时间去向', en: 'Where the time went' },
        describes: {
          zh: '所选设备的全部时间，按类别。每一毫秒只属于一个类别；未知就是未知，不算空闲也不算运行。',
          en: 'All time of the chosen machines, by class. Every millisecond has one class; unknown is unknown, neither idle nor running.',
        },
        unit: 'ms',
        asked: [classesOverTime],
        colours: CLASS_COLUMN_COLOURS,
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(STATE_UNITS, STATE_WORDS),
      spec: {
        title: { zh: '设备状态', en: 'State of each machine' },
        describes: {
          zh: '每台设备最近一次的状态、原因、开始时间和最后收到数据的时间。点击设备进入它的看板或网页。',
          en: 'The newest state of each machine, why, since when, and when it was heard last. A click leads to its dashboard or its page.',
        },
        unit: 'none',
        asked: [machineList(STATE_COLUMNS)],
        links: [
          toDashboard('machine', { zh: '设备', en: 'Machine' }, [
            'enterprise',
            'site',
            'area',
            'line',
            'machine',
          ]),
          toMachinePage,
        ],
        width: 24,
        height: 10,
      },
    },
  ],
};
