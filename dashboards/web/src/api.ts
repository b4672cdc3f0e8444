/** What the API serves, as JSON gives it: times are ISO 8601 strings. Only what the page reads is listed. */
export * from './api/ask.ts';
export * from './api/calendar.ts';
export * from './api/ledger.ts';
export * from './api/line.ts';
export * from './api/plant.ts';
export * from './api/shift.ts';
export * from './api/timeline.ts';
export * from './api/work.ts';
