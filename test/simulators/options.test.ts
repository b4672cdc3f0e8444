import { describe, expect, it } from 'vitest';
import { courseOf } from '../../simulators/plant/course.ts';
import {
  parseFaults,
  SIMULATE_OPTIONS,
  SimulateUsageError,
  simulateOptionsOf,
} from '../../simulators/simulate.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

describe('the options of simulate', () => {
  it('are read from the flags of the contract', () => {
    expect(
      simulateOptionsOf({
        machines: '40',
        seed: 'x',
        start: '2026-03-02T08:00:00+08:00',
        for: '8h',
        speed: 'max',
        qos: '1',
        'one-sample-in': '4',
        faults: 'loss=0.01',
        'config-out': 'c.yaml',
        truth: 't.jsonl',
        verify: 'http://127.0.0.1:8080',
        mqtt: 'mqtts://broker:8883',
        username: 'u',
        password: 'p',
        ca: 'ca.pem',
      }),
    ).toMatchObject({
      machines: 40,
      seed: 'x',
      start: Date.parse('2026-03-02T00:00:00Z'),
      forMs: 8 * HOUR,
      speed: 'max',
      qos: 1,
      oneSampleIn: 4,
      faults: { loss: { share: 0.01 } },
      configOut: 'c.yaml',
      truth: 't.jsonl',
      verifyUrl: 'http://127.0.0.1:8080',
      mqtt: { url: 'mqtts://broker:8883', username: 'u', password: 'p', tls: { ca: 'ca.pem' } },
    });
    expect(simulateOptionsOf({ log: 'f', machine: 'a/b/c/d/e', rebase: 'now', speed: '2.5' })).toMatchObject({
      log: 'f',
      machine: 'a/b/c/d/e',
      rebase: 'now',
      speed: 2.5,
    });
  });

  it.each([
    ['plastics', 'plastics-screws'],
    ['shipyard', 'ships'],
    ['petrochemical', 'petrochemicals'],
    ['seafood', 'seafood'],
    ['ocean', 'ocean-farming'],
  ])('take %s for the plant of %s', (name, plant) => {
    expect(simulateOptionsOf({ plant: name })).toMatchObject({ plant });
  });

  it.each([
    [{ plant: 'bakery' }, '--plant bakery: write one of plastics-screws, ships'],
    [{ machines: '0' }, '--machines 0: write a number from 1'],
    [{ start: '2026-03-02T08:00:00' }, '--start 2026-03-02T08:00:00: write ISO 8601 with an offset'],
    [{ for: '8 hours' }, '--for 8 hours: write a duration'],
    [{ speed: '0' }, '--speed 0: write a number above 0, or max'],
    [{ qos: '2' }, '--qos 2: write 0 or 1'],
    [{ 'one-sample-in': '11' }, '--one-sample-in 11: write a number from 1 to 10'],
    [{ 'one-sample-in': '0' }, '--one-sample-in 0: write a number from 1 to 10'],
    [{ rebase: 'then' }, '--rebase then: write now'],
    [{ faults: 'loss=2' }, '--faults: faults: loss: "2" is no share'],
    [{ verify: '127.0.0.1:8080' }, '--verify 127.0.0.1:8080: write the address'],
    [{ mqtt: 'localhost' }, '--mqtt localhost: write mqtt://host:1883'],
    [{ username: 'u' }, '--username: name the broker with --mqtt too'],
    [{ machine: true }, '--machine: a value is missing'],
    [{ 'verify-every': '0s' }, '--verify-every 0s: write a duration'],
    [{ wrong: '1' }, '--wrong: no such option'],
  ])('refuse %o', (flags, message) => {
    expect(() => simulateOptionsOf(flags as Record<string, string | boolean>)).toThrow(SimulateUsageError);
    expect(() => simulateOptionsOf(flags as Record<string, string | boolean>)).toThrow(message);
  });

  it('are each documented once', () => {
    const names = SIMULATE_OPTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(SIMULATE_OPTIONS.every(({ does }) => does.length > 10)).toBe(true);
  });
});

describe('simulated time', () => {
  const mqtt = { url: 'mqtt://127.0.0.1' };
  it.each([
    ['is the wall clock where nothing else is said', { mqtt }, { start: NOW, end: null, speed: 1 }],
    [
      'is the wall clock at speed 1',
      { mqtt, speed: 1, forMs: HOUR },
      { start: NOW, end: NOW + HOUR, speed: 1 },
    ],
    ['starts at now minus for', { mqtt, forMs: HOUR }, { start: NOW - HOUR, end: NOW, speed: 'max' }],
    [
      'starts at now minus for when it is faster',
      { mqtt, speed: 60, forMs: HOUR },
      { start: NOW - HOUR, end: NOW, speed: 60 },
    ],
    [
      'starts where asked',
      { mqtt, start: NOW - 5 * HOUR, forMs: HOUR },
      { start: NOW - 5 * HOUR, end: NOW - 4 * HOUR, speed: 'max' },
    ],
    [
      'has an end where only files are written',
      { configOut: 'c' },
      { start: NOW - 8 * HOUR, end: NOW, speed: 'max' },
    ],
  ] as const)('%s', (_name, options, course) => {
    expect(courseOf(options, NOW)).toEqual(course);
  });

  it('may not run ahead of the clock further than ingest allows', () => {
    expect(() => courseOf({ mqtt, start: NOW - HOUR, forMs: 2 * HOUR, speed: 'max' }, NOW)).toThrow(
      SimulateUsageError,
    );
    expect(courseOf({ mqtt, start: NOW, forMs: HOUR, speed: 1 }, NOW).end).toBe(NOW + HOUR);
  });

  it("may not have clocks that are so fast that ingest refuses what they say, unless it's long past", () => {
    const faults = parseFaults('skew=0.5:10m');
    expect(() => courseOf({ mqtt, speed: 1, forMs: HOUR, faults }, NOW)).toThrow(
      'clocks would be ahead by more than 5 minutes',
    );
    expect(courseOf({ mqtt, forMs: HOUR, faults }, NOW).end).toBe(NOW);
  });
});
