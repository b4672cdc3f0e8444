import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import { panelId } from './dashboard.ts';
import { dashboards } from './dashboards/index.ts';
import { uidOf } from './links.ts';
import { type Bilingual, both } from './words.ts';

/** An alert rule cannot have variables: it names the data source that `provisioning/` brings. */
export const PROVISIONED_DATASOURCE = 'kaidong';

export interface AlertSpec {
  readonly id: string;
  readonly title: Bilingual;
  /** What happened, of whom; in Grafana's templates for annotations. */
  readonly says: Bilingual;
  readonly remedy: Bilingual;
  /** How far back the query looks. */
  readonly rangeMinutes: number;
  /** One series for each thing that can be in alarm; its newest value counts. */
  readonly influxql: string;
  readonly fires: { readonly when: 'above' | 'below'; readonly limit: number };
  /** It must hold so long. */
  readonly forMinutes: number;
  readonly severity: 'warning' | 'critical';
  readonly noData: Rule['noDataState'];
  readonly onError: Rule['execErrState'];
  /** Where to look: a panel of a dashboard, by its English title. */
  readonly look: { readonly dashboard: string; readonly panel: string };
  /** What of the API's answers the query's value is: `down` (`/plant`), `received` (`/ingest/books`), `coverage` (`/kpis`), `filled` (its spool). */
  readonly equals: 'down' | 'received' | 'coverage' | 'filled';
}

/** A rule as a provisioning file has it: as the API's, but that group and folder stand above it. */
export interface ProvisionedRule
  extends Pick<Rule, 'title' | 'condition' | 'for' | 'noDataState' | 'execErrState'> {
  readonly uid: string;
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly data: readonly {
    readonly refId: string;
    readonly datasourceUid: string;
    /** Seconds before now. */
    readonly relativeTimeRange: { readonly from: number; readonly to: number };
    readonly model: Readonly<Record<string, unknown>>;
  }[];
}

export interface RuleFile {
  readonly apiVersion: 1;
  readonly groups: readonly {
    readonly orgId: number;
    readonly name: string;
    readonly folder: string;
    readonly interval: string;
    readonly rules: readonly ProvisionedRule[];
  }[];
}

function panelIdOf({ dashboard, panel }: AlertSpec['look']): number {
  const panels = dashboards.find(({ id }) => id === dashboard)?.panels ?? [];
  const index = panels.findIndex(({ spec }) => spec.title.en === panel);
  if (index < 0) throw new RangeError(`the dashboard "${dashboard}" has no panel "${panel}"`);
  return panelId(index);
}

/** Query A, reduced to its newest value (B), held against the limit (C). */
export function ruleOf(spec: AlertSpec): ProvisionedRule {
  const expression = { type: '__expr__', uid: '__expr__' };
  const noRange = { from: 0, to: 0 };
  return {
    uid: uidOf(spec.id),
    title: both(spec.title),
    condition: 'C',
    for: `${spec.forMinutes}m`,
    noDataState: spec.noData,
    execErrState: spec.onError,
    dashboardUid: uidOf(spec.look.dashboard),
    panelId: panelIdOf(spec.look),
    annotations: {
      summary: `${spec.says.zh} ${spec.says.en}`,
      summary_zh: spec.says.zh,
      summary_en: spec.says.en,
      description: `${spec.remedy.zh} ${spec.remedy.en}`,
    },
    labels: { severity: spec.severity, source: 'kaidong' },
    data: [
      {
        refId: 'A',
        datasourceUid: PROVISIONED_DATASOURCE,
        relativeTimeRange: { from: spec.rangeMinutes * 60, to: 0 },
        model: {
          refId: 'A',
          datasource: { type: 'influxdb', uid: PROVISIONED_DATASOURCE },
          query: spec.influxql,
          rawQuery: true,
          resultFormat: 'time_series',
        },
      },
      {
        refId: 'B',
        datasourceUid: '__expr__',
        relativeTimeRange: noRange,
        model: {
          refId: 'B',
          datasource: expression,
          type: 'reduce',
          expression: 'A',
          reducer: 'last',
          settings: { mode: 'dropNN' },
        },
      },
      {
        refId: 'C',
        datasourceUid: '__expr__',
        relativeTimeRange: noRange,
        model: {
          refId: 'C',
          datasource: expression,
          type: 'threshold',
          expression: 'B',
          conditions: [
            {
              type: 'query',
              evaluator: { type: spec.fires.when === 'above' ? 'gt' : 'lt', params: [spec.fires.limit] },
            },
          ],
        },
      },
    ],
  };
}

/** The provisioning file of all alerts. */
export const ruleFileOf = (specs: readonly AlertSpec[]): RuleFile => ({
  apiVersion: 1,
  groups: [{ orgId: 1, name: 'kaidong', folder: 'Kaidong', interval: '1m', rules: specs.map(ruleOf) }],
});
