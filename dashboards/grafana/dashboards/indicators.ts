import { LEVELS } from '../../../domain/path.ts';
import { lines } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import {
  BY_LINE,
  BY_MACHINE,
  figures,
  KNOWN,
  RUNNING_LOSSES,
  runningLosses,
  STANDING_LOSSES,
  sums,
} from '../ledger-queries.ts';
import { pageLink, toDashboard, toMachinePage } from '../links.ts';
import { WHOLE } from '../recurring.ts';
import { coverage } from '../recurring-panels.ts';
import { grainVariable, machineVariables } from '../variables.ts';
import { both, kpiWords } from '../words.ts';

const EACH_MACHINE = { by: BY_MACHINE, grain: 'hour' } as const;
const EACH_LINE = { by: BY_LINE, grain: 'hour' } as const;
const links = [toDashboard('machine', { zh: '设备', en: 'Machine' }, LEVELS), toMachinePage];

const QUALITY = ['quality-ratio', 'scrap-ratio'];
const TIME = ['setup-ratio', 'technical-efficiency', 'utilisation-efficiency', 'equipment-load-ratio'];
const ORDERED = ['allocation-ratio', 'allocation-efficiency', 'production-process-ratio'];

const ORDER_COLUMNS = {
  '有工单的时间 Time with an order': 'order_ms',
  '有工单且忙 Busy with an order': 'orderBusy_ms',
  '有工单且运行 Running on an order': 'orderRunning_ms',
  '工单产量 Pieces of orders': 'orderProduced',
} as const;

/** What the other dashboards leave out: the further indicators of ISO 22400, the big losses, and orders. */
export const indicators: DashboardSpec = {
  id: 'indicators',
  title: { zh: '开动：全部指标', en: 'Kaidong: all indicators' },
  describes: {
    zh: 'ISO 22400 的其余指标、六大损失、故障间隔与修复时间、能耗，以及工单占用的时间。',
    en: 'The further indicators of ISO 22400, the six big losses, times between failures and of repair, energy, and time on orders.',
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
        title: { zh: '对日历时间、对作业时间', en: 'Against calendar and operation time' },
        describes: {
          zh: 'TEEP 对全部日历时间，OOE 对计划作业时间，OEE 对计划工作时间；TPM 口径把短停算作性能损失。',
          en: 'TEEP is of all calendar time, OOE of planned operation time, OEE of planned busy time; TPM books minor stops as lost performance.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(['teep', 'ooe', 'oee', 'availability-tpm', 'performance-tpm'], WHOLE),
        width: 20,
        height: 5,
      },
    },
    coverage(WHOLE),
    {
      chart: table(
        Object.fromEntries([
          ...Object.keys(STANDING_LOSSES).map((title) => [title, 'ms'] as const),
          ...Object.keys(RUNNING_LOSSES).map((title) => [title, 'µs'] as const),
        ]),
      ),
      spec: {
        title: { zh: '六大损失', en: 'Six big losses' },
        describes: {
          zh: '每台设备的故障、换型、短停、速度和不良损失。开机阶段的不良无法与其他不良分开，第六项含在第五项里；没有理想节拍的设备没有第四、五项。速度损失为负说明理想节拍或计数有误。',
          en: 'Breakdowns, changeovers, minor stops, speed and rejects of each machine. Rejects of start-up can’t be told from others, so the sixth loss is in the fifth; without an ideal cycle there is neither the fourth nor the fifth. A negative loss of speed tells of a wrong ideal cycle or counter.',
        },
        unit: 'ms',
        asked: [sums(STANDING_LOSSES, EACH_MACHINE), runningLosses(EACH_MACHINE)],
        links,
        width: 24,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '质量', en: 'Quality' },
        describes: {
          zh: '合格率和废品率。空格：没有产量。一次合格率和返工率在网页的“全部指标”里。',
          en: 'Quality ratio and scrap ratio. An empty cell: nothing was made. First pass yield and rework ratio are on the page, under all figures.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(QUALITY, EACH_MACHINE),
        links,
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '时间与效率', en: 'Time and efficiency' },
        describes: {
          zh: '换型占加工时间的比例，技术效率，利用效率和设备负荷率。',
          en: 'The share of changeovers in processing time, technical efficiency, utilisation efficiency and equipment load ratio.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures(TIME, EACH_MACHINE),
        links,
        width: 12,
        height: 9,
      },
    },
    {
      chart: table({
        [both(kpiWords('energy-per-piece'))]: 'short',
        [both(kpiWords('throughput-rate'))]: 'short',
        '故障次数 Failures': 'short',
      }),
      spec: {
        title: { zh: '故障、产能与能耗', en: 'Failures, throughput and energy' },
        describes: {
          zh: '平均故障间隔（MTBF、MTTF）和平均修复时间（MTTR）；每小时件数；每件的瓦时数。没有故障就没有平均间隔。',
          en: 'Mean times between failures (MTBF, MTTF) and of repair (MTTR); pieces an hour; watt-hours a piece. Without a failure there is no mean time.',
        },
        unit: 'ms',
        asked: [
          ...figures(['mtbf', 'mttf', 'mttr', 'throughput-rate', 'energy-per-piece'], EACH_MACHINE),
          sums({ '故障次数 Failures': 'failures' }, EACH_MACHINE),
        ],
        links,
        width: 24,
        height: 9,
      },
    },
    {
      chart: table({ '工单产量 Pieces of orders': 'short' }),
      spec: {
        title: { zh: '工单占用的时间', en: 'Time on orders' },
        describes: {
          zh: '每台设备有工单的时间、其中忙和运行的时间，以及工单产量。每张工单的进度在网页的“工单”页上。',
          en: 'The time of each machine with an order, how much of it it was busy and ran, and the pieces of orders. How far each order is stands on the page under Orders.',
        },
        unit: 'ms',
        asked: [sums(ORDER_COLUMNS, EACH_MACHINE)],
        links,
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '工单指标', en: 'Figures of orders' },
        describes: {
          zh: '各产线按工单时间算的分配率、分配效率和生产过程率。空格：没有设备上报工单。',
          en: 'Allocation ratio, allocation efficiency and production process ratio of each line. An empty cell: no machine tells orders.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: figures([...ORDERED, KNOWN], EACH_LINE),
        width: 12,
        height: 9,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '各产线 TEEP', en: 'TEEP by line' },
        describes: {
          zh: '每条产线对全部日历时间的有效产出，每个小时、班次或生产日。',
          en: 'What each line made of all calendar time, in each hour, shift or production day.',
        },
        unit: 'percentunit',
        asked: figures(['teep'], { by: BY_LINE, grain: 'chosen', each: true }),
        width: 24,
        height: 9,
      },
    },
  ],
};
