import type { MembersRule } from '../../domain/mapping/rule.ts';
import { isFault } from './values.ts';

/** A plain member of an object, by the name that its signal gets. */
export interface Member {
  readonly name: string;
  readonly value: unknown;
}

/** Objects in objects are followed so deep. */
const MAX_DEPTH = 16;

/**
 * The members of an object that become signals. Objects in it are followed where the rule says what joins their names;
 * they, arrays and null are otherwise left out, and told to `skipped`.
 */
export function membersOf(
  object: object,
  { except, join, bare }: MembersRule,
  prefix: string,
  skipped: (name: string) => void,
): Member[] {
  const members: Member[] = [];
  const walk = (here: object, before: string, depth: number): void => {
    for (const [key, value] of Object.entries(here)) {
      if (depth === 0 && except.includes(key)) continue;
      const isBare = key === bare && before !== '';
      const name = isBare ? before : before === '' ? key : `${before}${depth === 0 ? '.' : join}${key}`;
      if (typeof value !== 'object' || isFault(value)) members.push({ name, value });
      else if (value !== null && !Array.isArray(value) && join !== null && depth < MAX_DEPTH)
        walk(value, name, depth + 1);
      else skipped(name);
    }
  };
  walk(object, prefix, 0);
  return members;
}
