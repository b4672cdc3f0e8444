import { LEVELS } from '../../../domain/path.ts';
import { machineList } from '../board-queries.ts';
import { lines, stack } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_MACHINE, figure, sums } from '../ledger-queries.ts';
import { COVERAGE_FLOOR } from '../limits.ts';
import { pageLink, toDashboard, toMachinePage } from '../links.ts';
import {
  CLASS_COLUMN_COLOURS,
  COUNT_COLUMNS,
  classes,
  classesOverTime,
  STATE_COLUMNS,
  STATE_UNITS,
  STATE_WORDS,
} from '../recurring.ts';
import { grainVariable, machineVariables } from '../variables.ts';
import { COVERAGE } from '../words.ts';

const ALL = { by: [], grain: 'hour' } as const;
const EACH_MACHINE = { by: BY_MACHINE, grain: 'hour' } as const;
const toMachine = toDashboard('machine', { zh: '设备', en: 'Machine' }, LEVELS);

/** One line: its machines side by side. */
export const line: DashboardSpec = {
  id: 'line',
  title: { zh: '开动：产线', en: 'Kaidong: line' },
  describes: {
    zh: '产线“感觉慢”的时候：哪台设备把多少时间失给了什么。',
    en: 'When a line feels slow: which machine lost how much time to what.',
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
        title: { zh: '产线指标', en: 'Figures of the line' },
        describes: {
          zh: '所选设备合在一起的指标：分子之和除以分母之和，不是百分数的平均。',
          en: 'The figures of the chosen machines together: sums divided by sums, never an average of percentages.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [
          figure({ kpi: 'utilisation', part: 'value' }, ALL),
          figure({ kpi: 'availability', part: 'value' }, ALL),
          figure({ kpi: 'effectiveness', part: 'value' }, ALL),
          figure({ kpi: 'quality-ratio', part: 'value' }, ALL),
          figure({ kpi: 'oee', part: 'value' }, ALL),
        ],
        width: 20,
        height: 5,
      },
    },
    {
      chart: stat,
      spec: {
        title: COVERAGE,
        describes: {
          zh: '计划忙碌时间中状态已知的比例。',
          en: 'Share of planned busy time of which the state is known.',
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
        title: { zh: '各设备指标', en: 'Figures by machine' },
        describes: {
          zh: '每台设备在所选时间内的指标和数据覆盖率。按列排序即可找到最低的一台。',
          en: 'The figures and the coverage of each machine in the chosen time. Sort a column to find the lowest.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [
          figure({ kpi: 'utilisation', part: 'value' }, EACH_MACHINE),
          figure({ kpi: 'utilisation', part: 'low' }, EACH_MACHINE),
          figure({ kpi: 'utilisation', part: 'high' }, EACH_MACHINE),
          figure({ kpi: 'availability', part: 'value' }, EACH_MACHINE),
          figure({ kpi: 'oee', part: 'value' }, EACH_MACHINE),
          figure({ kpi: 'availability', part: 'coverage' }, EACH_MACHINE),
        ],
        links: [toMachine, toMachinePage],
        width: 24,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各设备时间去向', en: 'Where the time went, by machine' },
        describes: {
          zh: '每台设备在所选时间内各类时间的总和，加起来等于全部时间。',
          en: 'The time of each class of each machine in the chosen time; together they are all time.',
        },
        unit: 'ms',
        asked: [classes(EACH_MACHINE)],
        links: [toMachine, toMachinePage],
        width: 24,
        height: 9,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '各设备开动率', en: 'Utilisation by machine' },
        describes: {
          zh: '每台设备在每个小时、班次或生产日的设备开动率。',
          en: 'Utilisation of each machine in each hour, shift or production day.',
        },
        unit: 'percentunit',
        asked: [
          figure({ kpi: 'utilisation', part: 'value' }, { by: BY_MACHINE, grain: 'chosen', each: true }),
        ],
        width: 12,
        height: 9,
      },
    },
    {
      chart: stack,
      spec: {
        title: { zh: '时间去向', en: 'Where the time went' },
        describes: {
          zh: '所选设备的全部时间，按类别，每个小时、班次或生产日一根柱。',
          en: 'All time of the chosen machines by class, one bar for each hour, shift or production day.',
        },
        unit: 'ms',
        asked: [classesOverTime],
        colours: CLASS_COLUMN_COLOURS,
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各设备产量', en: 'Pieces by machine' },
        describes: {
          zh: '每台设备计入指标的合格与不合格件数。未知时间和计划外运行期间的件数不计入。',
          en: 'Good and rejected pieces of each machine that enter figures. Those of unknown time and of unplanned running do not.',
        },
        unit: 'short',
        asked: [sums(COUNT_COLUMNS, EACH_MACHINE)],
        links: [toMachine],
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(STATE_UNITS, STATE_WORDS),
      spec: {
        title: { zh: '设备状态', en: 'State of each machine' },
        describes: {
          zh: '每台设备最近一次的状态、原因、开始时间和最后收到数据的时间。',
          en: 'The newest state of each machine, why, since when, and when it was heard last.',
        },
        unit: 'none',
        asked: [machineList(STATE_COLUMNS)],
        links: [toMachine, toMachinePage],
        width: 12,
        height: 9,
      },
    },
  ],
};
