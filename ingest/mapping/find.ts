import { createRequire } from 'node:module';
import { follow, type Selector } from '../../domain/mapping/selector.ts';
import type { Look } from './expand.ts';

/** Finds what a selector leads to: none, one or several values. */
export type Find = (look: Look) => readonly unknown[];

interface JsonPath {
  compile(query: string): { query(value: unknown): { values(): unknown[] } };
}

/** Loaded where a rule has a query: most have none, and a start shall not wait for it. */
let jsonPath: JsonPath | undefined;
function library(): JsonPath {
  jsonPath ??= createRequire(import.meta.url)('json-p3') as JsonPath;
  return jsonPath;
}

const NOTHING: readonly unknown[] = [];

/** How to find what a selector means (RFC 6901, RFC 9535); compiled once. */
export function finderOf(selector: Selector): Find {
  const { root: fromRoot } = selector;
  if (selector.kind === 'query') {
    const query = library().compile(selector.query);
    return ({ here, root }) => query.query(fromRoot ? root : here).values();
  }
  const { steps } = selector;
  return ({ here, root }) => {
    const found = follow(steps, fromRoot ? root : here);
    return found === undefined ? NOTHING : [found];
  };
}

/** The same for what shall be read one by one: an array that a pointer leads to stands for its elements. */
export function elementsOf(selector: Selector): Find {
  const find = finderOf(selector);
  if (selector.kind === 'query') return find;
  return (look) => {
    const [found] = find(look);
    return Array.isArray(found) ? found : found === undefined ? NOTHING : [found];
  };
}
