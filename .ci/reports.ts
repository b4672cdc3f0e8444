import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One test of a run as Vitest's JSON reporter tells it. */
export interface Result {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  /** It failed since its time was over, and for no other reason. */
  readonly timedOut: boolean;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/**
 * The tests of one report, none where there is no report. A file that failed without a failing test (it couldn't be read,
 * or its preparation failed) counts as a failed test of the file's name.
 */
export function resultsOf(folder: string, report: string): Result[] {
  const path = join(folder, report);
  if (!existsSync(path)) return [];
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  return testResults.flatMap(({ name: file, status, assertionResults }) => {
    const results = assertionResults.map(({ fullName, status: own, failureMessages }) => {
      const whys = failureMessages ?? [];
      const timedOut = whys.length > 0 && whys.every((why) => /^\w*(Error: )?Test timed out in /.test(why));
      return { file, name: fullName, status: own, timedOut };
    });
    const told = results.some((each) => each.status === 'failed');
    return status === 'failed' && !told
      ? [...results, { file, name: file, status, timedOut: false }]
      : results;
  });
}

/** The reports of a folder of results. */
export const reportsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

/** What tests that need InfluxDB 2 say where there is none: no Debian package brings it. */
export const isExcused = ({ status, name }: Result): boolean =>
  status !== 'passed' && name.includes('not run: no server');
