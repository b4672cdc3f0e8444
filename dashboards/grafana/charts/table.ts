import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type Chart, common, TAG_HEADINGS, type Unit } from '../panel.ts';

/** One row for each combination of tags; several queries are put side by side. Columns may have units of their own. */
export const table =
  (units: Readonly<Record<string, Unit>> = {}): Chart =>
  (spec) => {
    const builder = common(new PanelBuilder(), spec).filterable(true);
    builder.withTransformation({ id: 'merge', options: {} });
    builder.withTransformation({ id: 'organize', options: { excludeByName: { Time: true } } });
    for (const [tag, heading] of TAG_HEADINGS)
      builder.overrideByName(tag, [
        { id: 'displayName', value: heading },
        { id: 'unit', value: 'string' },
      ]);
    for (const [column, unit] of Object.entries(units))
      builder.overrideByName(column, [{ id: 'unit', value: unit }]);
    return builder;
  };
