import { type DestinationStream, pino } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** A named event with fields. Normal operation is quiet; what an operator must act on is `warn` or `error`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** JSON lines on standard error, so that standard output stays free for answers. */
export function createLog(level: LogLevel | 'silent', destination: DestinationStream = process.stderr): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    destination,
  );
  return (severity, event, fields = {}) => logger[severity](fields, event);
}
