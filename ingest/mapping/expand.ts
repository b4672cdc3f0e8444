import type { Captures } from '../../domain/mapping/pattern.ts';
import { follow } from '../../domain/mapping/selector.ts';
import type { Template } from '../../domain/mapping/template.ts';
import { LEVELS, type MachinePath } from '../../domain/path.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { nameFault, quoted } from '../decode/names.ts';

/** What a rule looks at: the element that it reads now, and the whole payload. */
export interface Look {
  readonly here: unknown;
  readonly root: unknown;
}

/** A place of a template where nothing was. */
export interface NothingAt {
  readonly nothingAt: string;
}

const PLAIN = new Set(['string', 'number', 'bigint', 'boolean']);

/** The text that a template stands for; levels that a `{name#}` took are parted by `between`. */
export function expand(
  { parts }: Template,
  captures: Captures,
  { here, root }: Look,
  between: string,
): string | NothingAt {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const found =
      part.kind === 'level'
        ? captures.get(part.name)
        : follow(part.at.kind === 'steps' ? part.at.steps : [], part.at.root ? root : here);
    if (Array.isArray(found) && part.kind === 'level') text += found.join(between);
    else if (PLAIN.has(typeof found) && found !== '') text += String(found);
    else if (part.fallback !== null) text += part.fallback;
    else if (part.kind === 'payload') return { nothingAt: part.at.text };
  }
  return text;
}

const MAX_KNOWN = 20_000;

/** Makes the path of a machine out of a template, or says why there is none. Sound paths are looked at once. */
export function machineNamer(template: Template, captures: Captures) {
  const known = new Map<string, string>();
  return (look: Look, where: string): MachinePath | Refusal => {
    const text = expand(template, captures, look, '/');
    if (typeof text !== 'string') {
      return {
        code: 'rule-mismatch',
        detail: `${where}: the rule finds nothing at ${quoted(text.nothingAt)} for the machine's path; correct the path, or write what stands in for it, as in {/name|unknown}.`,
      };
    }
    const met = known.get(text);
    if (met !== undefined) return met;
    const levels = text.split('/');
    // A source that names fewer levels stands for all that is below them.
    const isShort = levels.length < LEVELS.length && template.parts.length > 0;
    while (isShort && levels.length < LEVELS.length) levels.push('-');
    if (levels.length !== LEVELS.length) {
      return {
        code: 'name-malformed',
        detail: `${where}: the rule makes ${quoted(text)} the machine's path, which has ${levels.length} levels; a path has ${LEVELS.length}, enterprise/site/area/line/machine.`,
      };
    }
    for (const level of levels) {
      const fault = nameFault(level);
      if (fault)
        return { code: 'name-malformed', detail: `${where}: the machine's level ${quoted(level)} ${fault}.` };
    }
    const path = levels.join('/');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, path);
    return path;
  };
}
