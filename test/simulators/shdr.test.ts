import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { payloadOfReading, readingsOf, rebased } from '../../simulators/log/readings.ts';
import { parseShdr } from '../../simulators/log/shdr.ts';
import { recordLogTruth, windowOfLog } from '../../simulators/log/truth.ts';
import { keepTruth } from '../../simulators/truth/memory.ts';

const FILE = new URL('../../simulators/logs/okuma-multus-2022-08-08.shdr', import.meta.url);
const MACHINE = 'expo/hall/machining/cell1/multus';

describe('SHDR text', () => {
  it('floors times to ms, and takes several keys of one line', () => {
    const { lines } = parseShdr('2022-08-08T13:51:34.7167999Z|a|1|b|two\r\n2022-08-08T13:51:35Z|a|2\n');
    expect(lines).toEqual([
      {
        ts: Date.parse('2022-08-08T13:51:34.716Z'),
        pairs: [
          ['a', '1'],
          ['b', 'two'],
        ],
      },
      { ts: Date.parse('2022-08-08T13:51:35.000Z'), pairs: [['a', '2']] },
    ]);
  });

  it('reads conditions in their own columns, beside other keys', () => {
    const { lines, counts } = parseShdr(
      '2022-08-08T10:00:00Z|system|FAULT|404|1|HIGH|door open|a|5|Oil_cond|NORMAL||||\n',
    );
    expect(lines[0]?.pairs).toEqual([
      ['system', 'FAULT'],
      ['system_code', '404'],
      ['system_message', 'door open'],
      ['a', '5'],
      ['Oil_cond', 'NORMAL'],
    ]);
    expect(counts.conditions).toBe(2);
  });

  it('skips assets with all their lines and protocol commands, and counts what it cannot read', () => {
    const { lines, counts } = parseShdr(
      [
        '* shdrVersion: 2',
        '2022-08-08T10:00:00Z|@ASSET@|1|CuttingTool|--multiline--XY',
        '2022-08-08T10:00:00Z|a|inside an asset',
        '--multiline--XY',
        '2022-08-08T10:00:01Z|@REMOVE_ASSET@|1',
        'yesterday|a|1',
        '2022-08-08T10:00:02Z|a',
        '2022-13-08T10:00:02Z|a|1',
        '2022-08-08T10:00:03Z|a|1',
      ].join('\n'),
    );
    expect(lines.map(({ pairs }) => pairs)).toEqual([[['a', '1']]]);
    expect(counts).toMatchObject({ assets: 2, commands: 1, malformed: 3, observed: 1, lines: 9 });
  });

  it('gives a key one type: left out where a number is unavailable, text where any value is', () => {
    const { lines } = parseShdr(
      [
        '2022-08-08T10:00:00Z|n|UNAVAILABLE|t|12|never|UNAVAILABLE|empty|',
        '2022-08-08T10:00:01Z|n|1.50|t|N12|count|3',
        '2022-08-08T10:00:02Z|n||t||never|',
      ].join('\n'),
    );
    const { readings, signals, leftOut } = readingsOf(lines);
    expect(readings.map(({ values }) => Object.fromEntries(values))).toEqual([
      { t: '12' },
      { n: 1.5, t: 'N12', count_: 3 },
      { t: '' },
    ]);
    expect(signals).toEqual(['count_', 'n', 't']);
    expect(leftOut).toBe(5);
  });
});

describe('the recorded machining centre', () => {
  const { lines, counts } = parseShdr(readFileSync(FILE, 'utf8'));
  const log = readingsOf(lines);

  it('is read whole', () => {
    expect(counts).toEqual({
      lines: 10_770,
      observed: 10_373,
      assets: 152,
      commands: 9,
      conditions: 40,
      malformed: 0,
      outOfOrder: expect.any(Number) as number,
    });
    expect(counts.outOfOrder).toBeGreaterThan(10);
    // The other lines say no more than that a number is unavailable.
    expect(log.readings.length).toBe(10_354);
  });

  it('keeps below the cap on signals, and each to one type', () => {
    expect(log.signals.length).toBe(83);
    const types = new Map<string, string>();
    for (const reading of log.readings) {
      const { ts, ...values } = JSON.parse(payloadOfReading(reading)) as Record<string, unknown>;
      expect(ts).toBe(reading.ts);
      for (const [name, value] of Object.entries(values)) {
        expect(types.get(name) ?? typeof value, name).toBe(typeof value);
        types.set(name, typeof value);
      }
    }
    expect(types.get('pexecution')).toBe('string');
    expect(types.get('ppartcount')).toBe('number');
    expect(types.get('count')).toBe('number');
    expect(types.has('p1linenumber')).toBe(false);
  });

  it('tells which states the machine was in, in order of time', () => {
    const truth = keepTruth();
    const window = windowOfLog(log.readings);
    if (!window) throw new Error('the log is empty');
    recordLogTruth({ machine: MACHINE, readings: log.readings, window, sink: truth });
    const { intervals = [], pieces = [] } = truth.machines.get(MACHINE) ?? {};
    expect(intervals[0]?.from).toBe(Date.parse('2022-08-08T13:37:18.850Z'));
    expect(intervals.at(-1)?.to).toBe(Date.parse('2022-08-08T14:30:19.673Z'));
    intervals.forEach((interval, index) => {
      if (index > 0) expect(interval.from).toBe(intervals[index - 1]?.to);
    });
    // The pexecution lines of the file, sorted by time.
    const iso = (ms: number): string => new Date(ms).toISOString().slice(11, -1);
    expect(intervals.map(({ from, state }) => [iso(from), state])).toEqual([
      ['13:37:18.850', 'idle'],
      ['13:37:22.795', 'running'],
      ['13:47:27.758', 'idle'],
      ['13:51:36.771', 'running'],
      ['13:54:43.500', 'idle'],
      ['13:57:44.329', 'running'],
      ['13:58:01.081', 'idle'],
      ['14:21:10.510', 'running'],
      ['14:30:19.442', 'idle'],
    ]);
    expect(pieces.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  it('can be moved so that its newest is now', () => {
    const moved = rebased(log.readings, 2_000_000_000_000);
    expect(Math.max(...moved.map(({ ts }) => ts))).toBe(2_000_000_000_000);
    expect((moved[5]?.ts ?? 0) - (moved[0]?.ts ?? 0)).toBe(
      (log.readings[5]?.ts ?? 0) - (log.readings[0]?.ts ?? 0),
    );
  });
});
