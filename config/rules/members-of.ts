import type { MembersRule } from '../../domain/mapping/rule.ts';
import { type MakeTemplate, type Problem, selectorAt } from './places.ts';
import type { RuleFile } from './schema.ts';

/** Which members become signals by their own names; `null`: none. A line has all its fields, unless signals are named. */
export function membersOf(
  file: RuleFile,
  isWholeLine: boolean,
  template: MakeTemplate,
  problem: Problem,
): MembersRule | null {
  const members = file.members ?? (isWholeLine ? { at: '/fields', except: [] } : undefined);
  if (!members) return null;
  if (file.format === 'text') problem(['members'], 'a payload of bare text has no members; write signals');
  const { at, except, join, prefix, bare } = {
    join: undefined,
    prefix: undefined,
    bare: undefined,
    ...members,
  };
  const isDefault = at === '' && file.format === 'line-protocol';
  if (bare !== undefined && prefix === undefined)
    problem(['members', 'bare'], 'bare names a member by the prefix alone; write the prefix');
  return {
    at: selectorAt(isDefault ? '/fields' : at, ['members', 'at'], problem),
    except,
    join: join ?? null,
    prefix: prefix === undefined ? null : template(prefix, ['members', 'prefix']),
    bare: bare ?? null,
  };
}
