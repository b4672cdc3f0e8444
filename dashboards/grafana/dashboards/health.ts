import { books, machineCount, machineList, sourceBooks, spool } from '../board-queries.ts';
import { lines } from '../charts/lines.ts';
import { stat } from '../charts/stat.ts';
import { table } from '../charts/table.ts';
import { type DashboardSpec, LAST_DAY } from '../dashboard.ts';
import { BY_MACHINE, figure } from '../ledger-queries.ts';
import { COVERAGE_FLOOR } from '../limits.ts';
import { pageLink, toMachinePage } from '../links.ts';
import { STATE_COLUMNS, STATE_UNITS, STATE_WORDS } from '../recurring.ts';
import { machineVariables } from '../variables.ts';

/** Whether the data can be trusted, and if not, whose fault it is. */
export const health: DashboardSpec = {
  id: 'health',
  title: { zh: '开动：数据健康', en: 'Kaidong: data health' },
  describes: {
    zh: '每条消息去了哪里，哪个数据源没有声音，哪些设备没有声明，数据覆盖了多少时间。',
    en: 'What became of every message, which sources are silent, which machines nobody declared, and how much time the data covers.',
  },
  variables: machineVariables,
  time: LAST_DAY,
  refresh: '30s',
  shifts: false,
  page: pageLink({ zh: '网页：数据健康', en: 'Page: data health' }, '#/health'),
  panels: [
    {
      chart: stat,
      spec: {
        title: { zh: '消息账', en: 'Books of messages' },
        describes: {
          zh: '任何时刻：收到 = 入库 + 重复 + 拒收 + 忽略 + 暂存 + 在途。被拒收的消息在网页上可以解释和重放。',
          en: 'At any moment: received = stored + duplicate + refused + ignored + spooled + in flight. Refused messages can be explained and replayed on the page.',
        },
        unit: 'short',
        asked: [books('messages')],
        width: 24,
        height: 5,
      },
    },
    {
      chart: stat,
      spec: {
        title: { zh: '静默与未声明', en: 'Silent and undeclared' },
        describes: {
          zh: '静默：超过设备允许的最长静默时间没有数据。未声明：数据里有、配置里没有的设备，按默认值计算。',
          en: 'Silent: nothing heard for longer than the machine may be quiet. Undeclared: found in the data and not in the configuration, accounted with defaults.',
        },
        unit: 'short',
        asked: [machineCount('静默 Silent', 'stale'), machineCount('未声明 Undeclared', 'undeclared')],
        width: 6,
        height: 9,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '消息走势', en: 'Messages over time' },
        describes: {
          zh: '消息账随时间的变化。收到的线变平，说明没有消息进来。',
          en: 'The books of messages over time. Where the line of the received is flat, nothing came in.',
        },
        unit: 'short',
        asked: [books('messages', { series: true })],
        width: 10,
        height: 9,
      },
    },
    {
      chart: lines,
      spec: {
        title: { zh: '暂存盘', en: 'Spool' },
        describes: {
          zh: '已经落盘、还没有进入存储的字节数。存储停着的时候这里也写不进去，恢复后再补上；数据并没有丢。',
          en: 'Bytes that rest on disk and are not yet in the store. While the store is down nothing can be written here either; that stretch is filled in afterwards, and no data is lost.',
        },
        unit: 'bytes',
        asked: [spool('暂存 Spooled')],
        width: 8,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各数据源', en: 'Sources' },
        describes: {
          zh: '每个数据源的消息账。unmatched 是认不出来源的消息。',
          en: 'The books of each source. unmatched are messages that nobody can attribute.',
        },
        unit: 'short',
        asked: [sourceBooks()],
        width: 12,
        height: 10,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '有拒收的数据源', en: 'Sources with refused messages' },
        describes: {
          zh: '有消息被拒收的数据源。在网页的数据健康里看原因，改好映射后重放。',
          en: 'Sources of which messages were refused. The page says why; replay them when the mapping is mended.',
        },
        unit: 'short',
        asked: [sourceBooks('refused')],
        width: 12,
        height: 10,
      },
    },
    {
      chart: table(STATE_UNITS, STATE_WORDS),
      spec: {
        title: { zh: '静默的设备', en: 'Silent machines' },
        describes: {
          zh: '超过允许的最长静默时间没有任何数据的设备，以及最后收到数据的时间。',
          en: 'Machines of which nothing was heard for longer than they may be quiet, and when they were heard last.',
        },
        unit: 'none',
        asked: [machineList(STATE_COLUMNS, 'stale')],
        links: [toMachinePage],
        width: 12,
        height: 9,
      },
    },
    {
      chart: table({ '数据源 Source': 'string', '最后收到 Last heard': 'dateTimeAsIso' }),
      spec: {
        title: { zh: '未声明的设备', en: 'Undeclared machines' },
        describes: {
          zh: '配置里没有的设备：没有日历，没有理想节拍。声明之后，过去的数字会按日历重算。',
          en: 'Machines that the configuration does not know: no calendar, no ideal cycle. Once declared, the past is accounted anew.',
        },
        unit: 'none',
        asked: [
          machineList({ '数据源 Source': 'source', '最后收到 Last heard': 'last_heard_ms' }, 'undeclared'),
        ],
        links: [toMachinePage],
        width: 12,
        height: 9,
      },
    },
    {
      chart: table(),
      spec: {
        title: { zh: '各设备数据覆盖率', en: 'Coverage by machine' },
        describes: {
          zh: '每台设备计划忙碌时间中状态已知的比例。低于下限时，数字不可用于评价。',
          en: "Share of each machine's planned busy time of which the state is known. Below the floor, figures are not to be judged by.",
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [figure({ kpi: 'availability', part: 'coverage' }, { by: BY_MACHINE, grain: 'hour' })],
        thresholds: COVERAGE_FLOOR,
        links: [toMachinePage],
        width: 24,
        height: 9,
      },
    },
  ],
};
