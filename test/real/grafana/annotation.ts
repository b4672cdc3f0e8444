import type { Row, Value } from './influx.ts';

/** How an annotation query names the columns that it is made of. */
export interface AnnotationColumns {
  readonly titleColumn: string;
  readonly textColumn: string;
  readonly tagsColumn: string;
  readonly timeEndColumn: string;
}

export interface Annotation {
  readonly time: number;
  readonly timeEnd?: Value;
  readonly title?: Value;
  readonly text?: Value;
  readonly tags: readonly Value[];
}

/** A row as Grafana makes an annotation of it (influxdb/response_parser.ts): the first that fits says what a column is. */
export function annotationOf(measurement: string, { time, values }: Row, of: AnnotationColumns): Annotation {
  const found: { timeEnd?: Value; title?: Value; text?: Value } = {};
  const tags: Value[] = [];
  const isTag = (column: string): boolean => of.tagsColumn.split(',').some((tag) => column.includes(tag));
  for (const [name, value] of Object.entries(values)) {
    const column = `${measurement}.${name}`;
    if (column === of.titleColumn) found.title = value;
    else if (isTag(column)) tags.push(value);
    else if (column.includes(of.textColumn)) found.text = value;
    else if (column === of.timeEndColumn) found.timeEnd = value;
  }
  return { time, ...found, tags };
}
