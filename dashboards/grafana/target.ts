import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { Asked } from './question.ts';

/** The data source is the one that the dashboard's variable names, whatever it is called where the dashboard is used. */
export const DATASOURCE = { type: 'influxdb', uid: '${datasource}' } as const;

/** A query of Grafana's InfluxDB data source, which the SDK has no builder for. */
export interface InfluxTarget extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof DATASOURCE;
  readonly query: string;
  readonly rawQuery: true;
  readonly resultFormat: Asked['format'];
  readonly alias?: string;
}

/** Marks a query as one for the SDK; functions stay out of the JSON. */
export const AS_DATAQUERY: Dataquery = { _implementsDataqueryVariant: () => {} };

const REF_IDS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The n-th query of a panel. */
export const target = ({ influxql, format, alias }: Asked, n: number): Builder<Dataquery> => ({
  build: (): InfluxTarget => ({
    ...AS_DATAQUERY,
    refId: REF_IDS[n] as string,
    datasource: DATASOURCE,
    query: influxql,
    rawQuery: true,
    resultFormat: format,
    ...(alias === undefined ? {} : { alias }),
  }),
});
