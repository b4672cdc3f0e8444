import { isExcused, reportsIn, resultsOf } from './reports.ts';

// Adds up the reports of the test runs. A skipped test of a real server is a failure, save that of InfluxDB 2, which no
// Debian package brings. A test that failed and then passed when it
// ran once more is named, and counts as passed.
const [folder = '', failedSteps = '0'] = process.argv.slice(2);
const AGAIN = '-again.json';
const again = reportsIn(folder)
  .filter((name) => name.endsWith(AGAIN))
  .flatMap((name) => resultsOf(folder, name));
const reports = reportsIn(folder).filter((name) => !name.endsWith(AGAIN));
const results = reports.flatMap((name) => resultsOf(folder, name));
const passedAgain = new Set(again.filter(({ status }) => status === 'passed').map(({ name }) => name));
const excused = results.filter(isExcused);
const notPassed = results.filter((each) => each.status !== 'passed' && !isExcused(each));
const mended = notPassed.filter(({ name }) => passedAgain.has(name));
const failed = notPassed.filter(({ name }) => !passedAgain.has(name));
for (const { status, name } of failed) console.log(`${status.toUpperCase()} ${name}`);
for (const { name } of mended) console.log(`FAILED ONCE, passed when it ran again: ${name}`);
if (excused.length > 0) console.log(`InfluxDB 2: not run: no server (${excused.length} tests)`);
const failures = Math.max(failed.length, Number(failedSteps)) + (reports.length < 2 ? 1 : 0);
const passed = results.length - notPassed.length - excused.length + mended.length;
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;
