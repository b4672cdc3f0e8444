/** Where an edge reports what is out of the ordinary: a named event with fields. A pino logger fits. */
export interface EdgeLog {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
}
