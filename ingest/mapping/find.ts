import { createRequire } from 'node:module';
import vm from 'node:vm';
import { follow, type Selector } from '../../domain/mapping/selector.ts';
import { quoted } from '../decode/names.ts';
import type { Look } from './expand.ts';

/** Finds what a selector leads to: none, one or several values. */
export type Find = (look: Look) => readonly unknown[];

interface JsonPath {
  compile(query: string): { query(value: unknown): { values(): unknown[] } };
  readonly JSONPathRecursionLimitError: new (message: string) => Error;
}

/** A payload that a query can't be asked of. */
export class Unanswered extends Error {}

/** Loaded where a rule has a query: most have none, and a start shall not wait for it. */
let jsonPath: JsonPath | undefined;
function library(): JsonPath {
  jsonPath ??= createRequire(import.meta.url)('json-p3') as JsonPath;
  return jsonPath;
}

const NOTHING: readonly unknown[] = [];

/** Far more than a sound pattern takes; a text on which one backtracks without end would hold up all sources for hours. */
const BUDGET_MS = 100;

const PATTERN = /\b(?:match|search)\s*\(/;
const PLAIN_PATTERN = /\b(?:match|search)\s*\([^,]*,\s*(['"])[^'"*+{?\\]*\1\s*\)/g;

/** Whether a query has a pattern that repeats something, or one that the payload names. */
const hasCostlyPattern = (query: string): boolean => PATTERN.test(query.replace(PLAIN_PATTERN, ''));

const atOnce = (ask: () => unknown[]): unknown[] => ask();

/** Nothing else stops a pattern that runs: V8 looks for its end at each step back. */
let budget: { ask: () => unknown[]; readonly run: () => unknown[] } | undefined;
function withinBudget(ask: () => unknown[]): unknown[] {
  if (!budget) {
    const context = vm.createContext({ ask: () => budget?.ask() });
    const script = new vm.Script('ask()');
    budget = { ask, run: () => script.runInContext(context, { timeout: BUDGET_MS }) as unknown[] };
  }
  budget.ask = ask;
  return budget.run();
}

function unanswered(error: unknown, text: string): unknown {
  if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
    const detail = `The payload: ${quoted(text)} took longer than ${BUDGET_MS} ms, since its pattern tries too many ways; write it without repetitions inside of one another.`;
    return new Unanswered(detail);
  }
  if (error instanceof library().JSONPathRecursionLimitError) {
    return new Unanswered(`The payload is nested too deeply for ${quoted(text)}; name the way without "..".`);
  }
  return error;
}

/** How to find what a selector means (RFC 6901, RFC 9535); compiled once. */
export function finderOf(selector: Selector): Find {
  const { root: fromRoot } = selector;
  if (selector.kind === 'query') {
    const query = library().compile(selector.query);
    const inTime = hasCostlyPattern(selector.query) ? withinBudget : atOnce;
    return ({ here, root }) => {
      try {
        return inTime(() => query.query(fromRoot ? root : here).values());
      } catch (error) {
        throw unanswered(error, selector.text);
      }
    };
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
