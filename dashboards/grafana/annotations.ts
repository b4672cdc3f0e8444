import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, influxql } from './influxql.ts';
import { AS_DATAQUERY, DATASOURCE, type InfluxTarget } from './target.ts';

/** What the data source makes annotations of: which columns are the text, the tags and the end. */
interface ShiftTarget extends InfluxTarget {
  readonly fromAnnotations: true;
  readonly textEditor: true;
  readonly textColumn: string;
  readonly tagsColumn: string;
  readonly timeEndColumn: string;
}

/** The runs of shifts, from beginning to end, of the sites that are chosen. */
export const SHIFTS_INFLUXQL = influxql({
  select: ['text', 'to_ms', 'site', 'shift'].map((column) => [`"${column}"`, column] as const),
  from: 'shifts',
  where: [chosen('enterprise'), chosen('site')],
});

export const shiftAnnotation: Builder<AnnotationQuery> = new AnnotationQueryBuilder()
  .name('班次 Shifts')
  .datasource(DATASOURCE)
  .enable(true)
  .iconColor('#64748b')
  .target({
    build: (): ShiftTarget => ({
      ...AS_DATAQUERY,
      refId: 'Shifts',
      datasource: DATASOURCE,
      query: SHIFTS_INFLUXQL,
      rawQuery: true,
      resultFormat: 'time_series',
      fromAnnotations: true,
      textEditor: true,
      textColumn: 'text',
      tagsColumn: 'site,shift',
      timeEndColumn: 'to_ms',
    }),
  });
