import { readFileSync } from 'node:fs';
import { expect as expectOfVitest } from 'vitest';

/** What stands in for `vitest` while the tests of a folder are read: tests are collected, to be run one by one. */
export const expect = Object.assign(
  (received: unknown, message?: string) =>
    Object.defineProperty(expectOfVitest(received, message), 'toMatchFileSnapshot', {
      // Vitest's own wants a test that Vitest runs.
      value: (path: string) => expectOfVitest(received).toBe(readFileSync(path, 'utf8')),
    }),
  expectOfVitest,
);

/** A test as it was written. */
export interface CollectedTest {
  /** The file, the suites and the name, and which case of a table. */
  readonly id: string;
  readonly run: () => unknown;
}

type Body = (...given: never[]) => unknown;
/** A name, a body, and after it what Vitest takes besides (a time limit), which is Stryker's matter here. */
type Written = (name: string, body: Body, ...rest: unknown[]) => void;

const tests: CollectedTest[] = [];
let suites: string[] = [];
let imports = 0;

/** Reads a file's tests; `read` imports it. */
export async function collect(file: string, read: () => Promise<unknown>): Promise<CollectedTest[]> {
  suites = [file];
  await read();
  return tests.splice(0);
}

/** How often modules were asked for anew. */
export const timesReset = (): number => imports;

const add = (name: string, run: () => unknown): void => {
  tests.push({ id: `${suites.join(' > ')} > ${name} [${tests.length}]`, run });
};

const inSuite = (name: string, body: () => unknown): void => {
  const outer = suites;
  suites = [...outer, name];
  body();
  suites = outer;
};

/** A table's rows as arguments: a row that is a list is spread. */
const eachOf =
  (written: (name: string, run: () => unknown) => void) =>
  (rows: readonly unknown[]): Written =>
  (name, body) => {
    for (const row of rows) written(name, () => body(...((Array.isArray(row) ? row : [row]) as never[])));
  };

export const test = Object.assign(((name, body) => add(name, () => body())) as Written, {
  each: eachOf(add),
  for:
    (rows: readonly unknown[]): Written =>
    (name, body) => {
      for (const row of rows) add(name, () => body(row as never));
    },
});

export const describe = Object.assign(((name, body) => inSuite(name, () => body())) as Written, {
  each: eachOf(inSuite),
});

export const vi = {
  /** Modules imported from now on are other ones than before. */
  resetModules: (): void => {
    imports++;
  },
};
