import { LEVELS } from '../../../domain/path.ts';
import { lines } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_MACHINE, figure, figures, HIGH, KNOWN, LOW, sums } from '../ledger-queries.ts';
import { pageLink, toDashboard, toMachinePage } from '../links.ts';
import { COUNT_COLUMNS, classes, WHOLE } from '../recurring.ts';
import { coverage, machineStates, timeByClass } from '../recurring-panels.ts';
import { grainVariable, machineVariables } from '../variables.ts';

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
        asked: figures(['utilisation', 'availability', 'effectiveness', 'quality-ratio', 'oee'], WHOLE),
        width: 20,
        height: 5,
      },
    },
    coverage(WHOLE),
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
        asked: figures(['utilisation', LOW, HIGH, 'availability', 'oee', KNOWN], EACH_MACHINE),
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
    timeByClass({ width: 12 }),
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
    machineStates({ links: [toMachine, toMachinePage], width: 12, height: 9 }),
  ],
};
