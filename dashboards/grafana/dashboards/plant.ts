import { machineCount } from '../board-queries.ts';
import { lines } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_LINE, BY_MACHINE, figure, figures, KNOWN } from '../ledger-queries.ts';
import { pageLink, toDashboard, toLinePage, toMachinePage } from '../links.ts';
import { WHOLE } from '../recurring.ts';
import { boundedUtilisation, coverage, machineStates, timeByClass } from '../recurring-panels.ts';
import { grainVariable, machineVariables } from '../variables.ts';

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
    boundedUtilisation(WHOLE),
    coverage(WHOLE),
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
        asked: figures(
          ['utilisation', 'availability', 'effectiveness', 'quality-ratio', 'oee', KNOWN],
          EACH_LINE,
        ),
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
    timeByClass({ width: 12 }),
    machineStates({
      links: [toDashboard('machine', { zh: '设备', en: 'Machine' }, BY_MACHINE), toMachinePage],
      width: 24,
      height: 10,
    }),
  ],
};
