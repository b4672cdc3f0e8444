/** How a source writes a time. `auto`: milliseconds, or ISO 8601 with an offset, as on our own topics. */
export type TimeFormat =
  | { readonly kind: 'auto' | 's' | 'ms' | 'us' | 'ns' }
  | { readonly kind: 'iso'; readonly zone: string | null }
  | { readonly kind: 'pattern'; readonly pattern: TimePattern; readonly zone: string | null };

/** A pattern such as `DD.MM.YYYY HH:mm:ss`, and the parts in the order in which the expression finds them. */
export interface TimePattern {
  readonly text: string;
  readonly expression: RegExp;
  readonly parts: readonly TimePart[];
}

export type TimePart =
  | 'year'
  | 'year2'
  | 'month'
  | 'day'
  | 'hour'
  | 'hour12'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'offset';

const TOKENS: readonly (readonly [token: string, part: TimePart, expression: string])[] = [
  ['YYYY', 'year', '(\\d{4})'],
  ['YY', 'year2', '(\\d{2})'],
  ['MM', 'month', '(\\d{2})'],
  ['M', 'month', '(\\d{1,2})'],
  ['DD', 'day', '(\\d{2})'],
  ['D', 'day', '(\\d{1,2})'],
  ['HH', 'hour', '(\\d{2})'],
  ['H', 'hour', '(\\d{1,2})'],
  ['hh', 'hour12', '(\\d{2})'],
  ['h', 'hour12', '(\\d{1,2})'],
  ['mm', 'minute', '(\\d{2})'],
  ['ss', 'second', '(\\d{2})'],
  ['A', 'half', '(AM|PM|am|pm|上午|下午)'],
  ['Z', 'offset', '(Z|[+-]\\d{2}:?\\d{2})'],
];

/** Reads a pattern: the tokens above, `S…` for a fraction of a second, all else as it stands; 'quoted' is never a token. */
export function timePatternOf(text: string): TimePattern | { readonly fault: string } {
  const parts: TimePart[] = [];
  let expression = '';
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const literal = /^'([^']*)'/.exec(rest);
    const fraction = /^S+/.exec(rest);
    const token = TOKENS.find(([name]) => rest.startsWith(name));
    if (literal) {
      expression += escaped(literal[1] as string);
      at += literal[0].length;
    } else if (fraction) {
      parts.push('fraction');
      expression += `(\\d{${fraction[0].length}})`;
      at += fraction[0].length;
    } else if (token) {
      parts.push(token[1]);
      expression += token[2];
      at += token[0].length;
    } else {
      expression += escaped(rest[0] as string);
      at++;
    }
  }
  const twice = parts.find((part, index) => parts.indexOf(part) < index);
  if (twice) return { fault: `"${text}" says the ${twice} twice; remove one` };
  const lacks = (['month', 'day', 'minute'] as const).filter((part) => !parts.includes(part));
  if (!parts.includes('year') && !parts.includes('year2')) lacks.unshift('year' as 'month');
  if (!parts.includes('hour') && !parts.includes('hour12')) lacks.push('hour' as 'minute');
  if (lacks.length > 0)
    return { fault: `"${text}" lacks the ${lacks.join(' and the ')}; write for example YYYY-MM-DD HH:mm:ss` };
  if (parts.includes('hour12') !== parts.includes('half'))
    return { fault: `"${text}" has only one of hh and A; an hour of twelve needs the half of the day` };
  return { text, expression: new RegExp(`^${expression}$`), parts };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
