/** Where ingest writes what an operator must know: a named event with fields. */
export type IngestLog = (event: string, fields?: Readonly<Record<string, unknown>>) => void;
