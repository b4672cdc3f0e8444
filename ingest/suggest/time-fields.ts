/** Names under which a time is sent. */
const NAME =
  /^(?:ts|t|time|timestamp|time_?stamp|timestamp_?ms|ts_?ms|date_?time|source_?time(?:stamp)?|event_?time|last_?seen|at|时间|时间戳)$/i;

/** A longer name that says it is a time, e.g. `collectTime`, `Zeit`, `采集时间`. */
const LIKE_TIME = /time|stamp|zeit|date|时间|时刻|日期/i;

/** How a time is written, in the words of a rule. */
export interface WrittenTime {
  readonly format?: string;
  readonly zone?: string;
}

const YEAR_2000_S = 946_684_800;
const YEAR_2100_S = 4_102_444_800;
const UNITS = [
  ['s', 1],
  ['ms', 1e3],
  ['us', 1e6],
  ['ns', 1e9],
] as const;

/** How a member that looks like a time is written; `undefined`: it is none. `zone` is that of times without an offset. */
export function writtenTime(
  name: string,
  value: unknown,
  { zone, names }: { readonly zone: string; readonly names: 'usual' | 'alike' },
): WrittenTime | undefined {
  if (!(names === 'usual' ? NAME : LIKE_TIME).test(name)) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') {
    const number = Number(value);
    const unit = UNITS.find(
      ([, perSecond]) => number >= YEAR_2000_S * perSecond && number < YEAR_2100_S * perSecond,
    );
    return unit && (unit[0] === 'ms' ? {} : { format: unit[0] });
  }
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/i.test(value)) return {};
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?$/.test(value)) return { format: 'iso', zone };
  if (/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(value)) return { format: 'YYYY/MM/DD HH:mm:ss', zone };
  if (/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/.test(value)) return { format: 'DD.MM.YYYY HH:mm:ss', zone };
  return undefined;
}
