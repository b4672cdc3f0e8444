import { type Dashboard, DashboardBuilder, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { shiftAnnotation } from './annotations.ts';
import { type Link, otherDashboards, TAG, uidOf } from './links.ts';
import type { Chart, PanelSpec } from './panel.ts';
import { datasourceVariable, pageVariable, type Variable } from './variables.ts';
import { type Bilingual, both } from './words.ts';

export interface DashboardSpec {
  readonly id: string;
  readonly title: Bilingual;
  /** Who opens it, and what for. */
  readonly describes: Bilingual;
  /** Beside the data source and the page's address. */
  readonly variables: readonly Variable[];
  readonly time: { readonly from: string; readonly to: string };
  readonly refresh: string;
  /** Marks the runs of shifts. */
  readonly shifts: boolean;
  readonly page: Link;
  readonly panels: readonly { readonly chart: Chart; readonly spec: PanelSpec }[];
}

/** Cells begin on the hour, so the range does too. */
export const LAST_DAY = { from: 'now-24h/h', to: 'now' };

/** The dashboard in Grafana's own form. Panels flow into the grid in their order. */
export function dashboardOf(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(both(spec.title))
    .uid(uidOf(spec.id))
    .description(`${spec.describes.zh}\n\n${spec.describes.en}`)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .weekStart('monday')
    .time(spec.time)
    .refresh(spec.refresh)
    .variables([datasourceVariable, ...spec.variables, pageVariable])
    .links([otherDashboards, spec.page])
    .annotations(spec.shifts ? [shiftAnnotation] : []);
  for (const [index, panel] of spec.panels.entries()) builder.withPanel(placed(panel, index));
  return builder.build();
}

/** A panel's number in its dashboard. */
export const panelId = (index: number): number => index + 1;

const placed = ({ chart, spec }: DashboardSpec['panels'][number], index: number) => ({
  build: (): Panel => ({ ...chart(spec).build(), id: panelId(index) }),
});
