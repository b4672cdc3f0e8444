import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, influxql } from './influxql.ts';
import { AS_DATAQUERY, DATASOURCE, type InfluxTarget } from './target.ts';

/**
 * What the data source makes annotations of. A column is called `measurement.column` there; title and end are found by the
 * whole of it, text and tags by a part, so `shift` would be found in all of them.
 */
interface ShiftTarget extends InfluxTarget {
  readonly fromAnnotations: true;
  readonly textEditor: true;
  readonly titleColumn: string;
  readonly textColumn: string;
  readonly tagsColumn: string;
  readonly timeEndColumn: string;
}

/** The runs of shifts, from beginning to end, of the sites that are chosen. */
export const SHIFTS_INFLUXQL = influxql({
  select: [
    ['"text"', 'text'],
    ['"to_ms"', 'to_ms'],
    ['"site"', 'site'],
    ['"shift"', 'title'],
  ],
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
      titleColumn: 'shifts.title',
      textColumn: 'text',
      tagsColumn: 'site',
      timeEndColumn: 'shifts.to_ms',
    }),
  });
