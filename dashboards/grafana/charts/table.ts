import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type Chart, common, TAG_HEADINGS, type Unit } from '../panel.ts';
import type { Asked } from '../question.ts';

/** What a column's words are called, by the word. */
export type Words = Readonly<Record<string, string>>;

const groupedBy =
  (tag: string) =>
  ({ influxql }: Asked): boolean =>
    influxql.slice(influxql.lastIndexOf('GROUP BY')).includes(`"${tag}"`);

/** One row for each combination of tags; several queries are put side by side. Columns may have units, or words, of their own. */
export const table =
  (units: Readonly<Record<string, Unit>> = {}, words: Readonly<Record<string, Words>> = {}): Chart =>
  (spec) => {
    const builder = common(new PanelBuilder(), spec).filterable(true);
    builder.withTransformation({ id: 'merge', options: {} });
    builder.withTransformation({ id: 'organize', options: { excludeByName: { Time: true } } });
    for (const [tag, heading] of TAG_HEADINGS.filter(([tag]) => spec.asked.some(groupedBy(tag))))
      builder.overrideByName(tag, [
        { id: 'displayName', value: heading },
        { id: 'unit', value: 'string' },
      ]);
    for (const [column, unit] of Object.entries(units))
      builder.overrideByName(column, [{ id: 'unit', value: unit }]);
    for (const [column, names] of Object.entries(words)) {
      const options = Object.fromEntries(Object.entries(names).map(([word, text]) => [word, { text }]));
      builder.overrideByName(column, [
        { id: 'mappings', value: [{ type: MappingType.ValueToText, options }] },
      ]);
    }
    return builder;
  };
