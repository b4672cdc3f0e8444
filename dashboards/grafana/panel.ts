import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DynamicConfigValue,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Link } from './links.ts';
import type { Asked } from './question.ts';
import { DATASOURCE, target } from './target.ts';
import { type Bilingual, both, LEVEL_WORDS } from './words.ts';

/** Units of Grafana that are used here. */
export type Unit = 'percentunit' | 'ms' | 'µs' | 'short' | 'none' | 'bytes' | 'string' | 'dateTimeAsIso';

/** A panel: what it shows, of which queries, and how. Each kind of chart has a function in `charts/`. */
export interface PanelSpec {
  readonly title: Bilingual;
  /** What the figures mean, and what to do about them. */
  readonly describes: Bilingual;
  readonly unit: Unit;
  readonly asked: readonly Asked[];
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly decimals?: number;
  /** Where the colour changes; only where the limit has a source. Absent: one colour. */
  readonly thresholds?: readonly Threshold[];
  readonly links?: readonly Link[];
  /** Fixed colour by the name of a column. */
  readonly colours?: Readonly<Record<string, string>>;
  /** One panel for each value of this variable. */
  readonly repeat?: string;
}

export type Chart = (spec: PanelSpec) => Builder<Panel>;

/** What the builder of every kind of panel has. */
interface AnyPanelBuilder extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof DATASOURCE): this;
  targets(targets: ReturnType<typeof target>[]): this;
  unit(unit: string): this;
  height(height: number): this;
  span(width: number): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  thresholds(thresholds: Builder<{ mode: ThresholdsMode; steps: Threshold[] }>): this;
  dataLinks(links: Link[]): this;
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
  repeat(variable: string): this;
  maxPerRow(panels: number): this;
}

/** What panels of every kind have in common. */
export function common<B extends AnyPanelBuilder>(builder: B, spec: PanelSpec): B {
  const { title, describes, asked, links, colours = {}, decimals, thresholds, repeat } = spec;
  builder
    .title(both(title))
    .description(`${describes.zh}\n\n${describes.en}`)
    .datasource(DATASOURCE)
    .targets(asked.map(target))
    .unit(spec.unit)
    .height(spec.height)
    .span(spec.width)
    .noValue('–')
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(thresholds ? [...thresholds] : [{ value: null, color: 'text' }]),
    );
  if (decimals !== undefined) builder.decimals(decimals);
  if (links) builder.dataLinks([...links]);
  if (repeat) builder.repeat(repeat).maxPerRow(4);
  for (const [column, fixedColor] of Object.entries(colours))
    builder.overrideByName(column, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  return builder;
}

/** Headings of the columns that are tags. */
export const TAG_HEADINGS: readonly (readonly [tag: string, heading: string])[] = [
  ...Object.entries(LEVEL_WORDS).map(([level, title]) => [level, both(title)] as const),
  ['pilot', '试点企业 Pilot'],
  ['rubric', '评价标准 Rubric'],
  ['source', '数据源 Source'],
  ['ingest', '接收进程 Ingest'],
];
