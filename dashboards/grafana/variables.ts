import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { LEVELS, type Level } from '../../domain/path.ts';
import { chosen } from './influxql.ts';
import { DATASOURCE } from './target.ts';
import { type Bilingual, both, LEVEL_WORDS } from './words.ts';

export type Variable = Builder<VariableModel>;

/** Where the built-in page is, unless the dashboard's text field says otherwise: what docker-compose publishes. */
export const PAGE_ADDRESS = 'http://localhost:8080';

/** Grafana's linter asks for this name and label. */
export const datasourceVariable: Variable = new DatasourceVariableBuilder('datasource')
  .label('Data source')
  .description('InfluxDB 数据源 The InfluxDB that Kaidong writes to')
  .type('influxdb');

export const pageVariable: Variable = new TextBoxVariableBuilder('page')
  .label('网页地址 Page')
  .description('开动网页的地址 Address of the built-in page, for the links into it')
  .defaultValue(PAGE_ADDRESS)
  .current({ text: PAGE_ADDRESS, value: PAGE_ADDRESS });

/** Values of a tag, of which any number can be chosen; asked anew when the time range changes. */
function tagVariable({
  tag,
  label,
  measurement,
  above = [],
  hidden = false,
}: {
  readonly tag: string;
  readonly label: Bilingual;
  readonly measurement: string;
  /** The tags whose variables choose among the values. */
  readonly above?: readonly string[];
  readonly hidden?: boolean;
}): Variable {
  const conditions = above.map((one) => chosen(one)).join(' AND ');
  const query = `SHOW TAG VALUES FROM "${measurement}" WITH KEY = "${tag}"${conditions && ` WHERE ${conditions}`}`;
  return new QueryVariableBuilder(tag)
    .label(both(label))
    .hide(hidden ? VariableHide.HideVariable : VariableHide.DontHide)
    .datasource(DATASOURCE)
    .query({ query, refId: 'InfluxVariableQueryEditor-VariableQuery' })
    .definition(query)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
}

const levelVariable = (level: Level): Variable =>
  tagVariable({
    tag: level,
    label: LEVEL_WORDS[level],
    measurement: 'machine_state',
    above: LEVELS.slice(0, LEVELS.indexOf(level)),
    hidden: level === 'enterprise',
  });

/** Site, area, line and machine, each chosen among what is chosen above it. */
export const machineVariables: readonly Variable[] = LEVELS.map(levelVariable);

export const shiftVariable: Variable = tagVariable({
  tag: 'shift',
  label: { zh: '班次', en: 'Shift' },
  measurement: 'shifts',
  above: ['enterprise', 'site'],
});

export const pilotVariables: readonly Variable[] = [
  tagVariable({ tag: 'rubric', label: { zh: '评价标准', en: 'Rubric' }, measurement: 'assessments' }),
  tagVariable({
    tag: 'pilot',
    label: { zh: '试点企业', en: 'Pilot' },
    measurement: 'assessments',
    above: ['rubric'],
  }),
];

const GRAINS = [
  ['小时 Hour', 'hour'],
  ['班次 Shift', 'shift'],
  ['生产日 Day', 'day'],
] as const;

/** How fine the charts over time are. */
export const grainVariable: Variable = new CustomVariableBuilder('grain')
  .label('粒度 Grain')
  .values(GRAINS.map((grain) => grain.join(' : ')).join(', '))
  .options(GRAINS.map(([text, value], n) => ({ text, value, selected: n === 0 })))
  .current({ text: GRAINS[0][0], value: GRAINS[0][1] })
  .allowCustomValue(false);
