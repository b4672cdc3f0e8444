import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { LEVELS, type Level } from '../../domain/path.ts';
import { type Bilingual, both } from './words.ts';

export type Link = Builder<DashboardLink>;

/** Which dashboards belong together. */
export const TAG = 'kaidong';
export const uidOf = (id: string): string => `kaidong-${id}`;

/** To the other dashboards, with the time range and what is chosen. */
export const otherDashboards: Link = new DashboardLinkBuilder('开动 Kaidong')
  .type(DashboardLinkType.Dashboards)
  .tags([TAG])
  .includeVars(true)
  .keepTime(true);

/** To a view of the page, on top of a dashboard. */
export const pageLink = (title: Bilingual, hash: string): Link =>
  new DashboardLinkBuilder(both(title))
    .type(DashboardLinkType.Link)
    .icon('external link')
    .url(`\${page}/${hash}`)
    .targetBlank(true);

/** The value of a row's column, in an address. */
const field = (column: string): string => `\${__data.fields.${column}:percentencode}`;

/** From a row to a dashboard about what the row is about. */
export const toDashboard = (id: string, title: Bilingual, levels: readonly Level[]): Link =>
  new DashboardLinkBuilder(both(title)).url(
    [
      `/d/${uidOf(id)}?\${__url_time_range}`,
      '${datasource:queryparam}',
      '${page:queryparam}',
      ...levels.map((level) => `var-${level}=${field(level)}`),
    ].join('&'),
  );

/** The dashboard's time range, as the page's addresses write one. */
const WINDOW = 'window=${__from:date:iso}..${__to:date:iso}';

/** From a row about a machine to the machine's page, for the same time. */
export const toMachinePage: Link = new DashboardLinkBuilder('网页：设备 Page: machine')
  .url(`\${page}/#/machines/${LEVELS.map(field).join('/')}?${WINDOW}`)
  .targetBlank(true);

/** From a row about a line to the line's page, for the same time. */
export const toLinePage: Link = new DashboardLinkBuilder('网页：产线 Page: line')
  .url(`\${page}/#/lines/${LEVELS.slice(0, -1).map(field).join('/')}?${WINDOW}`)
  .targetBlank(true);

/** From a row about a pilot to its newest assessment on the page. */
export const toPilotPage: Link = new DashboardLinkBuilder('网页：评估 Page: assessment')
  .url(`\${page}/#/pilots/${field('pilot')}`)
  .targetBlank(true);
