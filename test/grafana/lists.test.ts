import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alerts } from '../../dashboards/grafana/alerts/index.ts';
import { dashboards } from '../../dashboards/grafana/dashboards/index.ts';
import { staleFiles } from '../../dashboards/grafana/generate.ts';
import { influxql } from '../../dashboards/grafana/influxql.ts';
import { CLASS_ORDER, TIME_CLASSES } from '../../domain/ledger-row.ts';
import { expand } from '../real/grafana/expand.ts';

const ROOT = join(import.meta.dirname, '../../dashboards/grafana');
const namesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => name !== 'index')
    .sort();

test('folder and list agree', () => {
  expect(dashboards.map(({ id }) => id).sort()).toEqual(namesIn('dashboards'));
  expect(alerts.map(({ id }) => id).sort()).toEqual(namesIn('alerts'));
});

test('what is committed is what would be generated', () => {
  expect(staleFiles()).toEqual([]);
});

test('every class of time has its place', () => {
  expect(CLASS_ORDER.toSorted()).toEqual(TIME_CLASSES.toSorted());
});

test('a selection of a selection: only what reads a measurement is limited in time', () => {
  expect(
    influxql({
      select: [['"a" / "b"', '开动率']],
      from: {
        select: [
          ['sum("x")', 'a'],
          ['sum("y")', 'b'],
        ],
        from: 'ledger',
        where: ['"grain" = \'hour\''],
        by: ['line'],
        every: '1h',
      },
      where: ['"b" > 0'],
      by: ['line'],
    }),
  ).toBe(
    'SELECT "a" / "b" AS "开动率" FROM (SELECT sum("x") AS "a", sum("y") AS "b" FROM "ledger" WHERE "grain" = \'hour\' AND $timeFilter GROUP BY "line", time(1h) fill(none)) WHERE "b" > 0 GROUP BY "line"',
  );
});

describe("variables are expanded as Grafana's own tests say", () => {
  const range = { from: 1, to: 2 };
  const expanded = (query: string, value: Parameters<typeof expand>[1]['chosen'][string]) =>
    expand(query, { chosen: { v: value }, range, interval: '1m' });
  test('in the regex format', () => {
    expect(expanded('=~ /^${v:regex}$/', 'a.b/c')).toBe('=~ /^a\\.b\\/c$/');
    expect(expanded('=~ /^${v:regex}$/', ['a', 'b|c'])).toBe('=~ /^(a|b\\|c)$/');
    expect(expanded('=~ /^${v:regex}$/', ['a'])).toBe('=~ /^a$/');
    expect(expanded('=~ /^${v:regex}$/', { allValue: '.*' })).toBe('=~ /^.*$/');
  });
  test('and the macros', () => {
    expect(expanded("'${v}' $timeFilter time($__interval)", 'day')).toBe(
      "'day' time >= 1ms and time <= 2ms time(1m)",
    );
    expect(() => expanded('${w}', 'x')).toThrow('no such variable');
    expect(() => expanded('${v}', ['x'])).toThrow('regex');
  });
});
