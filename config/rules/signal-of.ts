import type { Scale, SignalRule } from '../../domain/mapping/rule.ts';
import type { Selector } from '../../domain/mapping/selector.ts';
import { conversion, scaleOf } from '../../domain/mapping/units.ts';
import { type MakeTemplate, type Problem, selectorAt } from './places.ts';
import type { RuleFile } from './schema.ts';

type SignalEntry = NonNullable<RuleFile['signals']>[string];

/** The rule of one signal. */
export function signalOf(
  name: string,
  written: SignalEntry,
  { template, problem, format }: { template: MakeTemplate; problem: Problem; format: RuleFile['format'] },
): SignalRule {
  const path = ['signals', name];
  const isText = format === 'text';
  const entry =
    typeof written === 'string'
      ? { at: written, optional: false, type: 'as-sent' as const, nothing: [] }
      : written;
  const { at, value, map, otherwise, type, optional, nothing } = {
    value: undefined,
    map: undefined,
    otherwise: undefined,
    ...entry,
  };
  const where = at ?? (isText && value === undefined ? '' : undefined);
  if ((where === undefined) === (value === undefined))
    problem(path, 'write either at: /pointer, or value: for a constant');
  if (otherwise !== undefined && map === undefined)
    problem([...path, 'otherwise'], 'otherwise is for values that a map lacks; write the map');
  const scale = scaleIn(entry, path, problem);
  if (scale && (type === 'text' || type === 'boolean'))
    problem([...path, 'type'], `a ${type} has no unit; remove type, or the conversion`);
  if (isText && where !== undefined && where !== '')
    problem([...path, 'at'], 'a payload of bare text is the value itself; leave at out');
  const constant = typeof value === 'string' ? template(value, [...path, 'value']) : value;
  return {
    name: template(name, path),
    from:
      where === undefined
        ? { constant: constant ?? 0 }
        : {
            at:
              format === 'sparkplug'
                ? metricAt(where)
                : selectorAt(where, typeof written === 'string' ? path : [...path, 'at'], problem),
          },
    nothing: nothing.map(String),
    optional,
    type,
    scale,
    map: map ? new Map(Object.entries(map)) : null,
    otherwise,
  };
}

/** The name of a metric, with all its slashes. */
const metricAt = (name: string): Selector => ({ kind: 'steps', steps: [name], text: name, root: false });

function scaleIn(
  entry: {
    from?: string | undefined;
    to?: string | undefined;
    factor?: number | undefined;
    offset?: number | undefined;
    map?: unknown;
  },
  path: readonly PropertyKey[],
  problem: Problem,
): Scale | null {
  const { from, to, factor, offset } = entry;
  const isFactor = factor !== undefined || offset !== undefined;
  if (factor === 0) {
    problem([...path, 'factor'], 'a factor of 0 makes every value the same; write value: for a constant');
    return null;
  }
  if (from !== undefined && to !== undefined) {
    if (isFactor) {
      problem([...path, 'factor'], 'from and to say the factor already; remove one of both');
      return null;
    }
    const scale = conversion(from, to);
    if (!('fault' in scale)) return scale;
    problem([...path, 'from'], scale.fault);
    return null;
  }
  if ((from === undefined) !== (to === undefined)) {
    const lacks = from === undefined ? 'from' : 'to';
    problem([...path, from === undefined ? 'to' : 'from'], `a conversion has two units; write ${lacks} too`);
    return null;
  }
  return isFactor ? scaleOf(factor ?? 1, offset ?? 0) : null;
}
