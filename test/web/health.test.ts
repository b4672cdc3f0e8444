import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { MachineNow } from '../../dashboards/web/src/api.ts';
import { readExplanation } from '../../dashboards/web/src/health/answers.ts';
import { partName } from '../../dashboards/web/src/health/part-name.ts';
import {
  base64Of,
  bytesOf,
  bytesTyped,
  hexOf,
  isText,
  prettyOf,
  textOf,
} from '../../dashboards/web/src/health/payload.ts';
import { correctionsOf, declarationOf } from '../../dashboards/web/src/health/snippet.ts';
import { sourceRows, worstFirst } from '../../dashboards/web/src/health/sources.ts';
import { changeOf, type Reading, withReading } from '../../dashboards/web/src/health/trail.ts';
import { healthZh } from '../../dashboards/web/src/i18n/health-zh.ts';
import { parseRoute, refusedAddress } from '../../dashboards/web/src/route.ts';
import { type Part, steadied } from '../../dashboards/web/src/use-readiness.ts';
import { emptyBooks } from '../../domain/books.ts';

const readingAt = (seconds: number, received: number): Reading => {
  const { messages, observations } = emptyBooks();
  return {
    asOf: new Date(seconds * 1000).toISOString(),
    messages: { ...messages, received, stored: received },
    observations,
  };
};

describe('the change of the books', () => {
  test('is nothing before there is a second reading', () => {
    expect(changeOf([])).toBeNull();
    expect(changeOf(withReading([], readingAt(0, 5)))).toBeNull();
  });

  test('is counted from the last reading that is a whole minute old', () => {
    let readings: readonly Reading[] = [];
    for (let second = 0; second <= 90; second += 3)
      readings = withReading(readings, readingAt(second, second));
    expect(changeOf(readings)).toMatchObject({ sinceMs: 60_000, messages: { received: 60, duplicate: 0 } });
  });

  test('starts anew when the clock was set back, and ignores the same reading twice', () => {
    const two = withReading(withReading([], readingAt(10, 1)), readingAt(20, 4));
    expect(withReading(two, readingAt(20, 4))).toBe(two);
    expect(changeOf(withReading(two, readingAt(5, 9)))).toBeNull();
  });
});

test('corrections of clocks are written as kaidong.yaml takes them', () => {
  const since = '2026-03-02T08:15:04.980Z';
  const proposals = [
    { source: 'acme/zs/m/l1/imm-01', aheadMs: 7980, since },
    { source: 'acme/zs: east/+', aheadMs: -300, since },
  ];
  expect(parse(correctionsOf(proposals))).toEqual({ clocks: { corrections: proposals } });
});

describe('a payload', () => {
  test('of any bytes comes back whole from base64', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) % 256);
    expect(bytesOf(base64Of(bytes))).toEqual(bytes);
    expect(isText(bytes)).toBe(false);
  });

  test('is pretty JSON only where nothing is lost by it', () => {
    expect(prettyOf('{"a":[1,"开"]}')).toBe('{\n  "a": [\n    1,\n    "开"\n  ]\n}');
    expect(prettyOf('{"a":9007199254740993}')).toBeUndefined();
    expect(prettyOf('{"a":1,"a":2}')).toBeUndefined();
    expect(prettyOf('{"a":1.0}')).toBeUndefined();
    expect(prettyOf('7')).toBeUndefined();
    expect(prettyOf('{"a":')).toBeUndefined();
  });

  test('is told byte by byte', () => {
    expect(hexOf(new TextEncoder().encode('开A'))).toBe(`000000  e5 bc 80 41${' '.repeat(36)}  ...A`);
    expect(hexOf(new Uint8Array(17)).split('\n')).toHaveLength(2);
  });

  test('can be typed as text, base64 or hex, and what is neither is refused', () => {
    expect(textOf(bytesTyped('开', 'text'))).toBe('开');
    expect([...bytesTyped('AP8 =', 'base64')]).toEqual([0, 255]);
    expect([...bytesTyped('00 fF\n7e', 'hex')]).toEqual([0, 255, 126]);
    expect(() => bytesTyped('0', 'hex')).toThrow();
    expect(() => bytesTyped('*', 'base64')).toThrow();
  });

  test('64-bit integers of an explanation stay exact', () => {
    const text = '{"observations":[{"value":9223372036854775807},{"value":2.5},{"value":1e300}]}';
    expect(readExplanation(text).observations.map(({ value }) => value)).toEqual([
      9223372036854775807n,
      2.5,
      1e300,
    ]);
  });
});

test('one slow look into the store is no outage, two are; a broker that is gone is told at once', () => {
  const part = (name: string, ok: boolean): Part => ({
    part: name,
    ok,
    detail: '',
    message: { zh: '', en: '' },
    remedy: null,
  });
  const oks = (parts: readonly Part[]) => parts.map(({ ok }) => ok);
  const fine = [part('broker', true), part('analysis', true)];
  const failed = [part('broker', false), part('analysis', false)];
  expect(oks(steadied(fine, failed))).toEqual([false, true]);
  expect(oks(steadied(failed, failed))).toEqual([false, false]);
  expect(oks(steadied([], failed))).toEqual([false, false]);
  expect(oks(steadied(failed, fine))).toEqual([true, true]);
});

test('the lines that declare machines are YAML, whatever the machines are called', () => {
  const paths = ['acme/zs/a/l/imm-01', '舟山/一厂/注塑/一线/机 7', '-/-/-/-/: #x', 'true/1/2/3/"q"'];
  const read = parse(declarationOf(paths, 'x')) as { machines: { path: string }[] };
  expect(read.machines.map(({ path }) => path)).toEqual(paths);
});

test('the worst source comes first: unbalanced, then refused, then silent', () => {
  const { messages, observations } = emptyBooks();
  const source = (name: string, received: number, stored: number, refused: number) => ({
    source: name,
    messages: { ...messages, received, stored, refused },
    observations,
    refusedShare: received === 0 ? null : refused / received,
  });
  const machine = (path: string, lastHeard: string): MachineNow => ({
    path,
    declared: true,
    state: 'running',
    reason: null,
    since: null,
    lastHeard,
    stale: false,
    source: null,
  });
  const rows = worstFirst(
    sourceRows(
      [source('fresh', 2, 2, 0), source('old', 2, 2, 0), source('bad', 4, 3, 1), source('lost', 4, 3, 0)],
      [machine('fresh', '2026-03-02T09:00:00.000Z'), machine('old', '2026-03-02T08:00:00.000Z')],
    ),
  );
  expect(rows.map((row) => row.source)).toEqual(['lost', 'bad', 'old', 'fresh']);
  expect(rows.map(({ machine: path }) => path)).toEqual([null, null, 'old', 'fresh']);
});

test('the filter of refused messages stands in the address, and comes back from it', () => {
  const asked = { code: 'no-rule', topic: 'a b/#?&', cursor: '17' };
  expect(parseRoute(refusedAddress(asked))).toEqual({ view: 'health', asked });
  expect(parseRoute('#/health')).toEqual({
    view: 'health',
    asked: { code: null, topic: null, cursor: null },
  });
  expect(parseRoute('#/health/explain?topic=a%2Fb')).toEqual({
    view: 'explain',
    topic: 'a/b',
    payload: null,
  });
});

test.each([
  ['broker', '消息代理'],
  ['sparkplug', 'Sparkplug 主机'],
  ['sparkplug-2', 'Sparkplug 主机 2'],
  ['store press-hall 1', '数据库写入 press-hall 1'],
  ['sparkplug-2 w1', 'Sparkplug 主机 2 w1'],
  ['something-new', 'something-new'],
])('the part %s is called %s', (part, name) => {
  expect(partName(part, healthZh.healthParts)).toBe(name);
});
