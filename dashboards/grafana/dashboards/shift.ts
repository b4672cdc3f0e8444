import { LEVELS } from '../../../domain/path.ts';
import { lines, stack } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import type { DashboardSpec } from '../dashboard.ts';
import { BY_LINE, BY_MACHINE, figure, figures, KNOWN, sums } from '../ledger-queries.ts';
import { pageLink, toDashboard, toMachinePage } from '../links.ts';
import { CLASS_COLUMN_COLOURS, COUNT_COLUMNS, classes } from '../recurring.ts';
import { machineVariables, shiftVariable } from '../variables.ts';

const ALL = { by: [], grain: 'shift', ofShift: true } as const;
const EACH_RUN = { by: [], grain: 'shift', ofShift: true, each: true } as const;
const EACH_MACHINE = { by: BY_MACHINE, grain: 'shift', ofShift: true } as const;

/** Shift against shift. Only whole shifts count, those that have ended. */
export const shift: DashboardSpec = {
  id: 'shift',
  title: { zh: '开动：班次', en: 'Kaidong: shift' },
  describes: {
    zh: '交接班会用：上一班怎么样，各班之间差在哪里。只计已经结束的整班。',
    en: 'For the handover: how the last shift went, and where shifts differ. Only shifts that have ended count, and whole.',
  },
  variables: [...machineVariables, shiftVariable],
  time: { from: 'now-7d/d', to: 'now' },
  refresh: '5m',
  shifts: true,
  page: pageLink({ zh: '网页：工厂', en: 'Page: plant' }, '#/'),
  panels: [
    {
      chart: stat,
      spec: {
        title: { zh: '班次 ${shift}', en: 'Shift ${shift}' },
        describes: {
          zh: '所选设备在这个班次全部已结束的班里的指标，每个所选班次一块。',
          en: 'The figures of the chosen machines in all ended runs of this shift; one panel for each chosen shift.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(['utilisation', 'availability', 'quality-ratio', 'oee', KNOWN], ALL),
        repeat: 'shift',
        width: 24,
        height: 5,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '各班开动率', en: 'Utilisation of each shift' },
        describes: {
          zh: '每条产线在每一班的设备开动率，记在班次开始的时刻。',
          en: 'Utilisation of each line in each run of a shift, at the time at which it began.',
        },
        unit: 'percentunit',
        asked: [
          figure(
            { kpi: 'utilisation', part: 'value' },
            { by: BY_LINE, grain: 'shift', ofShift: true, each: true },
          ),
        ],
        width: 12,
        height: 9,
      },
    },
    {
      chart: stack,
      spec: {
        title: { zh: '各班时间去向', en: 'Where the time of each shift went' },
        describes: {
          zh: '所选设备在每一班里的时间，按类别。',
          en: 'The time of the chosen machines in each run of a shift, by class.',
        },
        unit: 'ms',
        asked: [classes(EACH_RUN)],
        colours: CLASS_COLUMN_COLOURS,
        width: 12,
        height: 9,
      },
    },
    {
      chart: stack,
      spec: {
        title: { zh: '各班产量', en: 'Pieces of each shift' },
        describes: {
          zh: '计入指标的合格与不合格件数，每一班一根柱。',
          en: 'Good and rejected pieces that enter figures, one bar for each run of a shift.',
        },
        unit: 'short',
        asked: [sums(COUNT_COLUMNS, EACH_RUN)],
        width: 24,
        height: 8,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各设备在所选班次', en: 'Machines in the chosen shifts' },
        describes: {
          zh: '每台设备在所选班次里的指标和数据覆盖率。',
          en: 'Figures and coverage of each machine in the chosen shifts.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(['utilisation', 'quality-ratio', 'oee', KNOWN], EACH_MACHINE),
        links: [toDashboard('machine', { zh: '设备', en: 'Machine' }, LEVELS), toMachinePage],
        width: 24,
        height: 10,
      },
    },
  ],
};
