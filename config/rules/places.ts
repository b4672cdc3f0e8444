import { createRequire } from 'node:module';
import { nestedRepetition } from '../../domain/mapping/nested-repetition.ts';
import { type Selector, selectorOf } from '../../domain/mapping/selector.ts';
import { type Template, templateOf } from '../../domain/mapping/template.ts';
import { patternsOf } from './patterns.ts';

/** Takes note of something that is wrong in a rule, and where. */
export type Problem = (path: readonly PropertyKey[], message: string) => void;

/** Reads a template that stands at a place of the rule. */
export type MakeTemplate = (text: string, path: readonly PropertyKey[]) => Template;

/** Reads templates whose levels must be named by the rule's topics; true: by each of them. */
export const templatesOf =
  (levels: ReadonlyMap<string, boolean>, problem: Problem): MakeTemplate =>
  (text, path) => {
    const template = templateOf(text);
    if ('fault' in template) {
      problem(path, template.fault);
      return { text, parts: [] };
    }
    for (const part of template.parts) {
      if (part.kind !== 'level') continue;
      const isEverywhere = levels.get(part.name);
      if (isEverywhere === undefined) {
        const known =
          levels.size === 0 ? 'the topic names none' : `the topic names ${[...levels.keys()].join(', ')}`;
        problem(
          path,
          `there is no level {${part.name}}: ${known}; a place in the payload begins with / or $`,
        );
      } else if (!isEverywhere && part.fallback === null) {
        problem(
          path,
          `not every topic names {${part.name}}; write {${part.name}|-}, with what stands in for it`,
        );
      }
    }
    return template;
  };

/** Reads a JSON Pointer or a JSONPath that stands at a place of the rule. */
export function selectorAt(text: string, path: readonly PropertyKey[], problem: Problem): Selector {
  const selector = selectorOf(text);
  if ('fault' in selector) {
    problem(path, selector.fault);
    return { kind: 'steps', steps: [], text, root: false };
  }
  if (selector.kind === 'query') {
    try {
      const { compile } = createRequire(import.meta.url)('json-p3') as { compile(query: string): unknown };
      for (const pattern of patternsOf(compile(selector.query))) {
        const part = nestedRepetition(pattern);
        if (part === undefined) continue;
        problem(
          path,
          `"${text}" has a pattern with a repetition of a repetition, ${part}, which may try without end; write it with one of the two`,
        );
      }
    } catch (error) {
      problem(path, `"${text}" is no JSONPath (RFC 9535): ${(error as Error).message}`);
    }
  }
  return selector;
}
