import { PILOT_ID } from '../../domain/assess/pilot-forms.ts';
import { INDUSTRY_NAMES, PROCESS_TYPE_NAMES, PROGRAMME_NAMES } from '../../domain/assess/register-names.ts';
import { creditCode } from '../kinds/credit-code.ts';
import { flag } from '../kinds/flag.ts';
import { optional } from '../kinds/optional.ts';
import { sites } from '../kinds/sites.ts';
import { text } from '../kinds/text.ts';
import { word } from '../kinds/word.ts';
import { year } from '../kinds/year.ts';
import { sheet } from '../sheet.ts';
import { pilotColumn } from './pilot-column.ts';

export const pilots = sheet({
  id: 'pilots',
  title: { zh: '企业', en: 'Enterprises' },
  aliases: ['pilots', '试点', '企业清单'],
  about: { zh: '每行一个试点企业', en: 'One pilot a row' },
  columns: {
    id: { ...pilotColumn, kind: text(PILOT_ID) },
    name: {
      title: { zh: '企业名称', en: 'Name' },
      aliases: ['enterprise name', 'enterprise', '名称'],
      about: { zh: '营业执照上的名称', en: 'As on the licence' },
      kind: text(),
      example: '海达注塑有限公司',
    },
    creditCode: {
      title: { zh: '统一社会信用代码', en: 'Credit code' },
      aliases: ['unified social credit code', '信用代码'],
      about: {
        zh: '校验不符只提示，不拒绝',
        en: 'One that fails its check is taken with a warning',
      },
      kind: creditCode,
      ifEmpty: null,
      example: '91350100M000100Y43',
    },
    district: {
      title: { zh: '区县', en: 'District' },
      aliases: ['所属区县', '县区'],
      about: { zh: '所在县（区）', en: 'The county or district' },
      kind: text(),
      example: '定海区',
    },
    industry: {
      title: { zh: '行业', en: 'Industry' },
      aliases: ['所属行业'],
      about: { zh: '所属行业', en: 'Its industry' },
      kind: word(INDUSTRY_NAMES),
      example: '塑机螺杆',
    },
    processType: {
      title: { zh: '生产类型', en: 'Process type' },
      about: { zh: '题库按类型分设', en: 'Question banks ask the two differently' },
      kind: word(PROCESS_TYPE_NAMES),
      ifEmpty: 'discrete' as const,
      example: '离散型',
    },
    programme: {
      title: { zh: '申报类型', en: 'Programme' },
      aliases: ['申报等级', '申报级别', 'applied for'],
      about: { zh: '所申报的等级', en: 'The level applied for' },
      kind: word(PROGRAMME_NAMES),
      example: '数字化车间',
    },
    sites: {
      title: { zh: '厂区', en: 'Sites' },
      aliases: ['site'],
      about: {
        zh: '属于该试点的厂区，写作“企业/厂区”',
        en: 'Sites of the plant that belong to it, as enterprise/site',
      },
      kind: sites,
      ifEmpty: [],
      example: 'haida/zhoushan;haida/daishan',
    },
    baselineYear: {
      title: { zh: '基准年', en: 'Baseline year' },
      aliases: ['基期年份'],
      about: { zh: '项目建设前一年', en: 'The year before the project' },
      kind: optional(year),
      ifEmpty: null,
      example: '2024',
    },
    simulated: {
      title: { zh: '模拟数据', en: 'Simulated' },
      about: {
        zh: '遥测数据为模拟；将在所有页面和报告中注明',
        en: 'Its telemetry is simulated, which every page and report says',
      },
      kind: flag,
      ifEmpty: false,
      example: '否',
    },
  },
  rowsOf: ({
    id,
    enterprise,
    district,
    industry,
    processType,
    programme,
    sites,
    baselineYear,
    simulated,
  }) => [{ id, ...enterprise, district, industry, processType, programme, sites, baselineYear, simulated }],
});
