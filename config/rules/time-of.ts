import type { TimeRule } from '../../domain/mapping/rule.ts';
import { type TimeFormat, timePatternOf } from '../../domain/mapping/time-format.ts';
import { type Problem, selectorAt } from './places.ts';
import type { RuleFile } from './schema.ts';

const UNIX = ['s', 'ms', 'us', 'ns'] as const;

/** Where a rule finds the time, and how it is written; `null`: it names none. */
export function timeOf({ time, format }: RuleFile, problem: Problem): TimeRule | null {
  if (time === undefined) return null;
  if (format === 'text') {
    problem(['time'], 'a payload of bare text is the value and has no time; leave time out');
    return null;
  }
  const {
    at,
    format: written,
    zone,
    optional,
  } = typeof time === 'string' ? { at: time, format: undefined, zone: undefined, optional: false } : time;
  const path = typeof time === 'string' ? ['time'] : ['time', 'at'];
  return {
    at: selectorAt(at, path, problem),
    format: timeFormatOf(written, zone ?? null, problem),
    optional,
  };
}

function timeFormatOf(written: string | undefined, zone: string | null, problem: Problem): TimeFormat {
  const unix = UNIX.find((unit) => unit === written);
  if (unix || written === undefined) {
    if (zone === null) return { kind: unix ?? 'auto' };
    if (unix) problem(['time', 'zone'], `${unix} count from 1970 in UTC and have no zone; remove it`);
    return { kind: 'iso', zone };
  }
  if (written === 'iso') return { kind: 'iso', zone };
  const pattern = timePatternOf(written);
  if ('fault' in pattern) {
    problem(['time', 'format'], pattern.fault);
    return { kind: 'auto' };
  }
  if (zone === null && !pattern.parts.includes('offset'))
    problem(
      ['time', 'zone'],
      `times written ${written} have no offset; write the zone, for example Asia/Shanghai`,
    );
  return { kind: 'pattern', pattern, zone };
}
