import { bars } from '../charts/bars.ts';
import { lines, stack } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_MACHINE, figures, runningParts, sums } from '../ledger-queries.ts';
import { pageLink, toMachinePage } from '../links.ts';
import { CLASS_COLUMN_COLOURS, COUNT_COLUMNS, classes, WHOLE } from '../recurring.ts';
import { boundedUtilisation, coverage, machineStates, timeByClass } from '../recurring-panels.ts';
import { grainVariable, machineVariables } from '../variables.ts';

const EACH_CELL = { by: BY_MACHINE, grain: 'chosen', each: true } as const;

/** One machine: what it does, and where its time goes. */
export const machine: DashboardSpec = {
  id: 'machine',
  title: { zh: '开动：设备', en: 'Kaidong: machine' },
  describes: {
    zh: '一台设备的指标、损失和产量；逐毫秒的时间线和原因在网页上。选了多台时，数字是它们合在一起的。',
    en: 'Figures, losses and pieces of a machine; its timeline to the millisecond and the reasons are on the page. With several chosen, the figures are those of all together.',
  },
  variables: [...machineVariables, grainVariable],
  time: LAST_DAY,
  refresh: '1m',
  shifts: true,
  page: pageLink({ zh: '网页：工厂', en: 'Page: plant' }, '#/'),
  panels: [
    boundedUtilisation(WHOLE),
    {
      chart: stat,
      spec: {
        title: { zh: 'OEE 及其因子', en: 'OEE and its factors' },
        describes: {
          zh: 'OEE 等于可用率、性能开动率和合格率之积。性能开动率大于 1 说明理想节拍或计数有误，照实显示。',
          en: 'OEE is availability by effectiveness by quality ratio. Effectiveness above 1 tells of a wrong ideal cycle or counter, and is shown as it is.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(['oee', 'availability', 'effectiveness', 'quality-ratio'], WHOLE),
        width: 12,
        height: 5,
      },
    },
    coverage(WHOLE),
    {
      chart: bars,
      spec: {
        title: { zh: '损失', en: 'Losses' },
        describes: {
          zh: '所选时间内各类时间的总和：最长的一条就是先要看的。',
          en: 'The time of each class in the chosen time: the longest bar is where to look first.',
        },
        unit: 'ms',
        asked: [classes(WHOLE)],
        colours: CLASS_COLUMN_COLOURS,
        width: 12,
        height: 10,
      },
    },
    {
      chart: bars,
      spec: {
        title: { zh: '运行时间的构成', en: 'What running time was made of' },
        describes: {
          zh: '运行时间按理想节拍分成合格产出、不合格产出和速度损失。没有理想节拍的设备不分。速度损失可以为负。',
          en: 'Running time split by the ideal cycle into good pieces, rejected pieces and loss of speed. Not split without an ideal cycle. Loss of speed can be negative.',
        },
        unit: 'µs',
        asked: [runningParts(WHOLE)],
        width: 12,
        height: 10,
      },
    },
    timeByClass({ width: 24 }),
    {
      chart: lines,
      spec: {
        title: { zh: 'OEE 走势', en: 'OEE over time' },
        describes: {
          zh: '每台所选设备在每个小时、班次或生产日的设备综合效率。',
          en: 'OEE of each chosen machine in each hour, shift or production day.',
        },
        unit: 'percentunit',
        asked: figures(['oee'], EACH_CELL),
        width: 12,
        height: 9,
      },
    },
    {
      chart: stack,
      spec: {
        title: { zh: '产量', en: 'Pieces' },
        describes: {
          zh: '计入指标的合格与不合格件数，每个小时、班次或生产日一根柱。',
          en: 'Good and rejected pieces that enter figures, one bar for each hour, shift or production day.',
        },
        unit: 'short',
        asked: [sums(COUNT_COLUMNS, { by: [], grain: 'chosen', each: true })],
        width: 12,
        height: 9,
      },
    },
    machineStates({ links: [toMachinePage], width: 24, height: 6 }),
  ],
};
