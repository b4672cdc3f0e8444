import { relative } from 'node:path';
import { isExcused, resultsOf } from './reports.ts';

// Names the test files that may run once more, if they are few: those of the browser, and those in which tests ran out of their
// time and found nothing wrong. A shared machine now and then takes longer than a test waits. What a test of a server or a fault
// finds wrong never gets a second run: what fails there once in a hundred is what it looks for.
const MOST = 2;
const [folder = '', report = ''] = process.argv.slice(2);
const failed = resultsOf(folder, report).filter((each) => each.status !== 'passed' && !isExcused(each));
const pathOf = (file: string): string => relative(process.cwd(), file);
const files = [...new Set(failed.map(({ file }) => pathOf(file)))];
const mayRun = failed.every(({ file, timedOut }) => timedOut || pathOf(file).startsWith('test/browser/'));
if (files.length > 0 && files.length <= MOST && mayRun) console.log(files.join('\n'));
