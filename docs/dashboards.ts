import type { AlertSpec } from '../dashboards/grafana/alert.ts';
import { alerts } from '../dashboards/grafana/alerts/index.ts';
import { dashboards } from '../dashboards/grafana/dashboards/index.ts';
import { NOTICE, table } from './markdown.ts';

const firesOf = ({ fires, rangeMinutes, forMinutes, equals }: AlertSpec): string =>
  `\`${equals}\` ${fires.when} ${fires.limit}, over ${rangeMinutes} min, for ${forMinutes} min`;

/** Every dashboard with its panels, and every alert with its limits. */
export const dashboardsPage = (): string =>
  [
    NOTICE,
    '# Dashboards and alerts of Grafana',
    '',
    'How to get them into a Grafana: [operation.md](operation.md#grafana). Limits stand in `dashboards/grafana/limits.ts`, each with its source.',
    '',
    ...dashboards.flatMap(({ title, describes, panels }) => [
      `## ${title.zh} · ${title.en}`,
      '',
      describes.zh,
      '',
      describes.en,
      '',
      table(
        ['中文', 'English', 'What it shows'],
        panels.map(({ spec }) => [spec.title.zh, spec.title.en, spec.describes.en]),
      ),
      '',
    ]),
    '## Alerts',
    '',
    table(
      ['中文', 'English', 'Fires when', 'No data', 'What to do'],
      alerts.map((alert) => [alert.title.zh, alert.title.en, firesOf(alert), alert.noData, alert.remedy.en]),
    ),
    '',
  ].join('\n');
