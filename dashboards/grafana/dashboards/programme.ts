import { assessments, scores } from '../board-queries.ts';
import { points } from '../charts/lines.ts';
import { table } from '../charts/table.ts';
import type { DashboardSpec } from '../dashboard.ts';
import { pageLink, toPilotPage } from '../links.ts';
import { pilotVariables } from '../variables.ts';

/** The pilots of a programme, side by side. */
export const programme: DashboardSpec = {
  id: 'programme',
  title: { zh: '开动：试点项目', en: 'Kaidong: pilot programme' },
  describes: {
    zh: '各试点企业的得分、界限、等级和未关闭的申报差异；证据在网页上。没有官方及格线，所以得分没有颜色。',
    en: 'Score, bounds, level and open discrepancies of each pilot; the evidence is on the page. No official pass mark is known, so scores have no colours.',
  },
  variables: pilotVariables,
  time: { from: 'now-180d/d', to: 'now' },
  refresh: '5m',
  shifts: false,
  page: pageLink({ zh: '网页：项目总览', en: 'Page: programme' }, '#/programme'),
  panels: [
    {
      chart: table({ '企业 Enterprise': 'string', '得分 Score': 'short' }),
      spec: {
        title: { zh: '得分', en: 'Scores' },
        describes: {
          zh: '每家试点企业在每个评价标准下最近一次评估的得分。缺少证据的评估没有得分，只有界限。',
          en: 'The score of the newest assessment of each pilot under each rubric. Where evidence is missing there are bounds, and no score.',
        },
        unit: 'short',
        decimals: 2,
        asked: [assessments({ '企业 Enterprise': 'name', '得分 Score': 'score' }, 'scored')],
        links: [toPilotPage],
        width: 12,
        height: 10,
      },
    },
    {
      chart: table({ '企业 Enterprise': 'string' }),
      spec: {
        title: { zh: '界限', en: 'Bounds' },
        describes: {
          zh: '未知时间和缺少的证据所允许的最低和最高得分。',
          en: 'The lowest and highest score that unknown time and missing evidence leave possible.',
        },
        unit: 'short',
        decimals: 2,
        asked: [
          assessments(
            { '企业 Enterprise': 'name', '下限 Low': 'score_low', '上限 High': 'score_high' },
            'bounded',
          ),
        ],
        links: [toPilotPage],
        width: 12,
        height: 10,
      },
    },
    {
      chart: table({
        '企业 Enterprise': 'string',
        '达到等级 Level reached': 'string',
        '可能达到 Still possible': 'string',
        '未关闭差异 Open discrepancies': 'short',
      }),
      spec: {
        title: { zh: '等级与差异', en: 'Levels and discrepancies' },
        describes: {
          zh: '达到的等级、仍可能达到的等级，以及与遥测不符且尚未关闭的申报数字。点击进入网页看证据。',
          en: 'The level reached, the one still possible, and declared figures that telemetry contradicts and nobody has closed. A click leads to the evidence on the page.',
        },
        unit: 'none',
        asked: [
          assessments({
            '企业 Enterprise': 'name',
            '达到等级 Level reached': 'reached',
            '可能达到 Still possible': 'possible',
            '未关闭差异 Open discrepancies': 'open_discrepancies',
          }),
        ],
        links: [toPilotPage],
        width: 24,
        height: 10,
      },
    },
    {
      chart: table({ '企业 Enterprise': 'string' }),
      spec: {
        title: { zh: '评估期内实测开动率', en: 'Utilisation measured in the period' },
        describes: {
          zh: '最近一次评估的评估期内，企业全部设备合在一起的设备开动率和数据覆盖率。',
          en: 'Utilisation and coverage of all machines of the pilot together, in the period of its newest assessment.',
        },
        unit: 'percentunit',
        decimals: 1,
        asked: [
          assessments(
            {
              '企业 Enterprise': 'name',
              '设备开动率 Utilisation': 'utilisation',
              '数据覆盖率 Coverage': 'utilisation_coverage',
            },
            'measured',
          ),
        ],
        links: [toPilotPage],
        width: 12,
        height: 9,
      },
    },
    {
      chart: table({ '企业 Enterprise': 'string' }),
      spec: {
        title: { zh: '联网设备', en: 'Machines heard' },
        describes: {
          zh: '企业的设备台数，以及评估期内收到过数据的台数。',
          en: 'How many machines the pilot has, and how many were heard in the period.',
        },
        unit: 'short',
        asked: [
          assessments({ '企业 Enterprise': 'name', '设备 Machines': 'machines', '有数据 Heard': 'heard' }),
        ],
        links: [toPilotPage],
        width: 12,
        height: 9,
      },
    },
    {
      chart: points,
      spec: {
        title: { zh: '历次得分', en: 'Scores over time' },
        describes: {
          zh: '每次评估的得分，记在评估的时刻。',
          en: 'The score of every assessment, at the time at which it was made.',
        },
        unit: 'short',
        asked: [scores('得分 Score')],
        width: 24,
        height: 9,
      },
    },
  ],
};
