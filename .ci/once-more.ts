import { relative } from 'node:path';
import { isExcused, resultsOf } from './reports.ts';

// Names the test files that may run once more: those of the browser, if nothing else failed and they are few. A browser on
// a shared machine now and then takes longer than a test waits. A server's test or a fault's never gets a second run: what fails
// there once in a hundred is what it looks for.
const MOST = 2;
const [folder = '', report = ''] = process.argv.slice(2);
const failed = resultsOf(folder, report).filter((each) => each.status !== 'passed' && !isExcused(each));
const files = [...new Set(failed.map(({ file }) => relative(process.cwd(), file)))];
if (files.length > 0 && files.length <= MOST && files.every((file) => file.startsWith('test/browser/')))
  console.log(files.join('\n'));
