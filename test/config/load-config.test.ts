import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ENVIRONMENT_KEYS } from '../../config/environment.ts';
import { notesOn } from '../../config/notes.ts';
import { ConfigError, loadConfig } from '../../config.ts';
import { meaningOf } from '../../domain/meaning.ts';
import { machineAt } from '../../domain/plant.ts';
import { stateSignalsOf } from '../../domain/signals.ts';
import { valueRuleAt } from '../../domain/values/rule.ts';
import { wordsOf } from '../../domain/vocabulary/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaidong-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'kaidong.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a good configuration', () => {
  test('the example of the contract loads as it stands', () => {
    const config = loadConfig({ file: join(import.meta.dirname, 'contract.yaml') });
    expect(config.plant.sites).toEqual([
      {
        path: 'acme/zhoushan',
        zone: 'Asia/Shanghai',
        dayStart: 480,
        shifts: [
          { id: 'day', start: 480, end: 1200, days: [1, 2, 3, 4, 5, 6], breaks: [{ start: 720, end: 765 }] },
          { id: 'night', start: 1200, end: 480, days: [1, 2, 3, 4, 5, 6], breaks: [] },
        ],
      },
    ]);
    expect(config.plant.machines).toEqual([
      {
        path: 'acme/zhoushan/moulding/line1/imm-01',
        declared: true,
        idealCycleUs: 12_500_000,
        productCycleUs: { P1: 11_800_000 },
        minorStopMs: 120_000,
        maxSilenceMs: 600_000,
        coverageFloor: 0.8,
        stateSignal: 'pexecution',
        vocabulary: 'mtconnect',
        counters: { count: { rollover: 65_536, maxPerHour: 3000 } },
      },
    ]);
    expect(config.spool.maxBytes).toBe(10e9);
    expect(config.broker.username).toBeUndefined();
    expect(config.store.kind).toBe('embedded');
  });

  test('an empty file and no file give the same defaults', () => {
    expect(loadConfig({ file: fileWith('') })).toEqual(loadConfig({}));
  });

  test("a site's own lines of the table of classes come as they are written", () => {
    const file = fileWith('sites:\n  - { path: a/b, classes: [{ class: delay, states: [idle] }] }\n');
    expect(loadConfig({ file }).plant.sites[0]?.classes).toEqual([{ class: 'delay', states: ['idle'] }]);
  });

  test('a site has its own tree of reasons, as it is written', () => {
    const washing =
      '{ id: washing, zh: 清洗, en: Washing, class: plannedStop, states: [held], retired: true }';
    const groups = `[{ id: care, zh: 保养, en: Care, reasons: [${washing}, { id: oil, zh: 加油, en: Oil }] }]`;
    const file = fileWith(`sites:\n  - { path: a/b, reasons: { version: 3, groups: ${groups} } }\n`);
    expect(loadConfig({ file }).plant.sites[0]?.reasons).toEqual({
      ...{ version: 3, source: 'the site' },
      groups: [
        {
          ...{ id: 'care', zh: '保养', en: 'Care' },
          reasons: [
            {
              id: 'washing',
              zh: '清洗',
              en: 'Washing',
              class: 'plannedStop',
              states: ['held'],
              retired: true,
            },
            { id: 'oil', zh: '加油', en: 'Oil' },
          ],
        },
      ],
    });
  });

  test('planned maintenance is by the wall clock of its site, or by an offset', () => {
    const maintenance = 'maintenance: [{ from: "2026-03-02T08:00", to: "2026-03-02T01:00:00Z" }]';
    const weekly = 'maintenance: [{ days: [6], start: "22:00", end: "02:00" }]';
    const file = fileWith(
      `sites:\n  - { path: a/b, zone: Asia/Shanghai, ${weekly} }\nmachines:\n  - { path: a/b/c/d/e, ${maintenance} }\n  - { path: a/x/c/d/e, maintenance: [{ from: 2026-03-02T08:00, to: 2026-03-03T08:00 }] }\n`,
    );
    const { sites, machines } = loadConfig({ file }).plant;
    expect(sites[0]?.maintenance).toEqual([{ days: [6], start: 1320, end: 120 }]);
    const day = Date.UTC(2026, 2, 2);
    expect(machines[0]?.maintenance).toEqual([{ from: day, to: day + 3_600_000 }]);
    expect(machines[1]?.maintenance).toEqual([{ from: day + 8 * 3_600_000, to: day + 32 * 3_600_000 }]);
  });

  test('maxSilenceMs: null is a value, other keys without a value are absent', () => {
    const file = fileWith('machines:\n  - { path: a/b/c/d/e, maxSilenceMs: null, idealCycleMs: }\n');
    expect(loadConfig({ file }).plant.machines[0]).toMatchObject({ maxSilenceMs: null, idealCycleUs: null });
  });
});

describe('state words', () => {
  const statesOf = (text: string, path: string) => {
    const { plant } = loadConfig({ file: fileWith(text) });
    return machineAt(plant, path);
  };

  test('own codes take from a base what they do not say themselves, and a range hides codes of the base', () => {
    const machine = statesOf(
      `vocabularies:
  - id: press
    base: packml
    states: { 6: { state: setup, reason: trial }, 9..20: held, RUN: running }
    overrides: [{ signal: mode, words: [4], state: planned-stop, reason: cleaning }]
machines:
  - { path: a/b/c/d/e, state: { signal: code, vocabulary: press, beside: { mode: Status/UnitModeCurrent } } }
`,
      'a/b/c/d/e',
    );
    expect(machine).toMatchObject({ stateSignal: 'code', vocabulary: 'press' });
    expect(stateSignalsOf(machine)).toEqual(['code', 'Status/UnitModeCurrent', 'blocked', 'state']);
    const meaning = (word: string, mode?: string) => {
      const { state, reason } = meaningOf(wordsOf(machine), word, [mode]);
      return [state, reason];
    };
    expect(meaning('6')).toEqual(['setup', 'trial']);
    expect(meaning('9')).toEqual(['held', null]);
    expect(meaning('Run')).toEqual(['running', null]);
    expect(meaning('8')).toEqual(['down', null]);
    expect(meaning('8', '4')).toEqual(['planned-stop', 'cleaning']);
    expect(meaning('8', '2')).toEqual(['planned-stop', 'maintenance']);
    expect(meaning('21')).toEqual(['unknown', 'unmapped']);
  });

  test('can come from a level or from pieces instead, also for a scope', () => {
    const text = `states:
  - { scope: acme/zs/sawing, from: level, signal: current, runningAbove: 12, idleBelow: 8, offBelow: 0.5, holdMs: 5000 }
machines:
  - path: acme/zs/a/l/press
    idealCycleMs: 12500
    products: { P1: { idealCycleMs: 15000.5 } }
    state: { from: pulses }
  - { path: acme/zs/a/l/contact, state: { from: pulses, signal: piece, withinMs: 30000 } }
  - { path: acme/zs/a/l/pump, state: { from: level, signal: power, runningAbove: 2 } }
`;
    const ruleAt = (path: string) => {
      const { stateSignal, derive } = statesOf(text, path);
      return [stateSignal, derive];
    };
    expect(ruleAt('acme/zs/a/l/press')).toEqual([
      'count',
      { from: 'pulses', withinMs: 30_001, cycleUs: 15_000_500 },
    ]);
    expect(ruleAt('acme/zs/a/l/contact')).toEqual([
      'piece',
      { from: 'pulses', withinMs: 30_000, cycleUs: null },
    ]);
    expect(ruleAt('acme/zs/a/l/pump')).toEqual([
      'power',
      { from: 'level', runningAbove: 2, idleBelow: 2, holdMs: 10_000 },
    ]);
    expect(ruleAt('acme/zs/sawing/l/stranger')).toEqual([
      'current',
      { from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 0.5, holdMs: 5000 },
    ]);
  });

  test('hold for a scope: the longest that fits, undeclared machines too, and a machine that says its own keeps it', () => {
    const text = `states:
  - { scope: acme/*/moulding, signal: StateCurrent, vocabulary: packml }
  - { scope: acme/zs, signal: exec, vocabulary: mtconnect }
  - { scope: acme/zs/moulding/l1, signal: e10, vocabulary: semi-e10 }
machines:
  - { path: acme/zs/moulding/l2/declared }
  - { path: acme/zs/moulding/l2/own, state: { signal: word } }
`;
    const seen = (path: string) => {
      const { stateSignal, vocabulary } = statesOf(text, path);
      return `${stateSignal} ${vocabulary}`;
    };
    expect(seen('acme/zs/moulding/l2/declared')).toBe('StateCurrent packml');
    expect(seen('acme/zs/moulding/l2/own')).toBe('word kaidong');
    expect(seen('acme/zs/moulding/l2/stranger')).toBe('StateCurrent packml');
    expect(seen('acme/zs/moulding/l1/stranger')).toBe('e10 semi-e10');
    expect(seen('acme/zs/milling/l1/stranger')).toBe('exec mtconnect');
    expect(seen('acme/nb/milling/l1/stranger')).toBe('state kaidong');
  });
});

test('rules for values: of those that fit, the longest scope; a machine says its own first', () => {
  const file = fileWith(`signals:
  - { scope: acme, signal: temperature, unit: °C, min: -40, max: 400 }
  - { scope: acme/*/moulding, signal: temperature, unit: °C, max: 300, deadBand: "1%", minIntervalMs: 1000 }
  - { scope: acme/zs/moulding/l1/m1, signal: temperature, unit: °F }
machines:
  - path: acme/zs/moulding/l1/m1
    signals: { temperature: { unit: K, max: 600, outOfRange: flag, deadBand: 0.5, kind: gauge } }
  - path: acme/zs/moulding/l1/m2
    state: { from: level, signal: current, runningAbove: 12 }
    signals: { current: { unit: A, deadBand: 0.2 } }
`);
  const { plant } = loadConfig({ file });
  const ruleAt = (machine: string, signal = 'temperature') => valueRuleAt(plant.signals, machine, signal);
  const defaults = { outOfRange: 'refuse', onJump: 'flag', signal: 'temperature' };
  expect(ruleAt('acme/zs/moulding/l1/m1')).toEqual({
    ...{ ...defaults, scope: 'acme/zs/moulding/l1/m1', unit: 'K', kind: 'gauge', max: 600 },
    ...{ outOfRange: 'flag', deadBand: { amount: 0.5 } },
  });
  expect(ruleAt('acme/nb/moulding/l1/m1')).toEqual({
    ...{ ...defaults, scope: 'acme/*/moulding', unit: '°C', max: 300 },
    ...{ deadBand: { share: 0.01 }, minIntervalMs: 1000 },
  });
  expect(ruleAt('acme/nb/milling/l1/m1')).toMatchObject({ min: -40, max: 400 });
  expect(ruleAt('beta/nb/milling/l1/m1')).toBeUndefined();
  expect(ruleAt('acme/zs/moulding/l1/m2', 'current')).toMatchObject({ unit: 'A' });
});

test('how counters behave holds for a scope too, undeclared machines included', () => {
  const file = fileWith(`signals:
  - { scope: acme/zs, signal: count, unit: pcs, counter: { kind: delta, maxPerHour: 900 } }
machines:
  - { path: acme/zs/a/l/own, counters: { count: { rollover: 100 }, reject: { kind: pulse } } }
  - path: acme/zs/a/l/plain
`);
  const { plant } = loadConfig({ file });
  const countersOf = (path: string) => machineAt(plant, path).counters;
  expect(countersOf('acme/zs/a/l/own')).toEqual({ count: { rollover: 100 }, reject: { kind: 'pulse' } });
  expect(countersOf('acme/zs/a/l/plain')).toEqual({ count: { kind: 'delta', maxPerHour: 900 } });
  expect(countersOf('acme/zs/a/l/stranger')).toEqual({ count: { kind: 'delta', maxPerHour: 900 } });
  expect(countersOf('acme/nb/a/l/stranger')).toEqual({});
});

test('what is probably not meant is noted: a site with a typing error, topics that overlap', () => {
  const file = fileWith(
    'sites:\n  - path: acme/zhoushan\nmachines:\n  - path: acme/zhoshan/a/b/c\n  - path: acme/zhoushan/a/b/c\n',
  );
  const environment = {
    KAIDONG__MQTT__URL: 'mqtt://broker:1883',
    KAIDONG__RULES: JSON.stringify(
      ['f/+/a', 'f/x/+'].map((topic) => ({ topic, machine: 'acme/zhoushan/a/b/c', signals: { v: '/v' } })),
    ),
  };
  expect(notesOn(loadConfig({ file, environment }))).toEqual([
    expect.stringContaining('The site acme/zhoshan is not declared'),
    expect.stringContaining('"f/+/+" is subscribed instead'),
  ]);
  expect(notesOn(loadConfig({}))).toEqual([]);
  const channels = '[{ "id": "crew", "kind": "webhook", "url": "http://10.0.0.5/" }]';
  expect(notesOn(loadConfig({ environment: { KAIDONG__NOTIFY__CHANNELS: channels } }))).toEqual([
    expect.stringContaining('has channels and no rules'),
  ]);
});

test('a machine that is named somewhere and declared nowhere is noted, and a calendar that holds for nobody', () => {
  const file = fileWith(`sites:
  - path: acme/zs
    calendars: [{ scope: acme/zs/offices, calendar: c }, { scope: acme/zs/a, calendar: c }, { scope: acme/zs/a/l/m2, calendar: c }]
calendars: [{ id: c }]
machines: [{ path: acme/zs/a/l/m1 }]
lines: [{ path: acme/zs/a/l, machines: [acme/zs/a/l/m1, acme/zs/a/l/m-2] }]
states: [{ scope: acme/zs/a/l/m-2, vocabulary: packml }, { scope: acme/zs, vocabulary: packml }, { scope: '*/*/a/l/m3', vocabulary: packml }]
signals: [{ scope: acme/zs/a/l/m4, signal: count, unit: pcs }]
products: [{ product: P1, scope: acme/zs/a/l/m5, idealCycleMs: 9 }, { product: P2, idealCycleMs: 9 }]
notify:
  channels: [{ id: crew, kind: webhook, url: "http://10.0.0.5/" }]
  rules: [{ rule: machine-stopped, channels: [crew], scope: acme/zs/a/l/m6 }, { rule: machine-stopped, channels: [crew], id: other, scope: acme }]
`);
  const named = (path: string, sections: string) =>
    expect.stringContaining(`The machine ${path} is named in ${sections} and not declared`);
  expect(notesOn(loadConfig({ file }))).toEqual([
    named('acme/zs/a/l/m-2', '"lines" and "states"'),
    named('acme/zs/a/l/m4', '"signals"'),
    named('acme/zs/a/l/m5', '"products"'),
    named('acme/zs/a/l/m6', '"notify.rules"'),
    expect.stringContaining('The calendar c of acme/zs/offices holds for nothing'),
    expect.stringContaining('The calendar c of acme/zs/a/l/m2 holds for nothing'),
  ]);
});

describe('the environment', () => {
  test('wins over the file, in every type', () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'hush\n');
    const environment = {
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__HTTP__BASE_PATH: '/kd',
      KAIDONG__SPARKPLUG__HOST_ID: 'h1',
      KAIDONG__SPARKPLUG__GROUPS: 'g1, g2',
      KAIDONG__MQTT__CLIENT_ID: 'worker-1',
      KAIDONG__MQTT__TLS__REJECT_UNAUTHORIZED: 'false',
      KAIDONG__STORE__TOKEN_FILE: secret,
      KAIDONG__SPOOL__MAX_BYTES: '1MiB',
      KAIDONG__MACHINES: '[{"path":"a/b/c/d/e"}]',
      KAIDONG__LEDGER__HOUR_DAYS: 'null',
      KAIDONG__LEDGER__SHIFT_DAYS: '800',
    };
    const file = fileWith('http: { port: 9000 }\nledger: { hourDays: 900 }');
    const config = loadConfig({ file, environment });
    expect(config.ledger).toMatchObject({ hourDays: null, shiftDays: 800 });
    expect(config.http).toMatchObject({ port: 0, basePath: '/kd' });
    expect(config.sparkplug).toMatchObject({ hostId: 'h1', groups: ['g1', 'g2'] });
    expect(config.mqtt).toMatchObject({ clientId: 'worker-1', tls: { rejectUnauthorized: false } });
    expect(config.store.token).toBe('hush');
    expect(config.spool.maxBytes).toBe(1_048_576);
    expect(config.plant.machines[0]?.path).toBe('a/b/c/d/e');
  });

  test('names every key of the schema once', () => {
    const names = ENVIRONMENT_KEYS.map((key) => key.variable);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('KAIDONG__DATA__DIR');
    expect(names).toContain('KAIDONG__SITES');
  });

  test.each([
    [{ KAIDONG__HTTP__PROT: '1' }, 'KAIDONG__HTTP__PROT: no such setting'],
    [{ KAIDONG__HTTP__PORT: 'eighty' }, 'KAIDONG__HTTP__PORT: "eighty" is no number'],
    [{ KAIDONG__DATA__RETENTION_DAYS: 'null' }, 'KAIDONG__DATA__RETENTION_DAYS: "null" is no number'],
    [{ KAIDONG__DATA__EVIDENCE_DAYS: 'never' }, '"never" is neither a number nor null'],
    [{ KAIDONG__HTTP__PORT: '70000' }, 'KAIDONG__HTTP__PORT: http.port'],
    [{ KAIDONG__STORE__TOKEN_FILE: '/nowhere' }, "KAIDONG__STORE__TOKEN_FILE: /nowhere can't be read"],
    [{ KAIDONG__MACHINES: '[' }, 'KAIDONG__MACHINES: no JSON'],
  ])('%j is refused by name', (environment, message) => {
    expect(() => loadConfig({ environment: environment as Record<string, string> })).toThrow(message);
  });
});

test('what is secret of a channel can come from files, and is not shown with the configuration', () => {
  const key = join(folder, 'robot-url');
  writeFileSync(key, 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hush\n');
  const rules = 'rules: [{ rule: machine-stopped, channels: [crew] }]';
  const file = fileWith(
    `notify:\n  publicUrl: http://kd/\n  channels: [{ id: crew, kind: wecom, urlFile: ${key} }]\n  ${rules}\n`,
  );
  const { notify } = loadConfig({ file });
  expect(notify.channels[0]?.url.reveal()).toBe('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hush');
  expect(notify.publicUrl).toBe('http://kd');
  expect(notify.rules[0]).toMatchObject({ id: 'machine-stopped', forMinutes: 10 });
  expect(`${JSON.stringify(notify)} ${notify.channels[0]?.url}`).not.toContain('hush');
});

describe('changeovers from orders', () => {
  test('are found by what the site says, of its declared machines, and otherwise not', () => {
    const file = fileWith(`sites:
  - { path: a/b, changeoverFromOrders: {} }
  - { path: a/c, changeoverFromOrders: { change: order, longestMs: 600000 } }
  - { path: a/d }
machines:
  - { path: a/b/c/d/e }
  - { path: a/c/c/d/e }
  - { path: a/d/c/d/e }
`);
    const { sites, machines } = loadConfig({ file }).plant;
    expect(machines.map(({ changeover }) => changeover)).toEqual([
      { change: 'product', longestMs: 3_600_000 },
      { change: 'order', longestMs: 600_000 },
      undefined,
    ]);
    expect(sites.some((site) => 'changeoverFromOrders' in site)).toBe(false);
  });
});

describe('ideal cycles', () => {
  test('hold from a day on, of a machine by the wall clock of its site, and of products for a scope', () => {
    const file = fileWith(`sites:
  - { path: a/b, zone: Asia/Shanghai }
products:
  - { product: P1, scope: a/b, idealCycleMs: 9000 }
  - { product: P2, from: "2026-03-01T00:00:00Z", idealCycleMs: 7000.5 }
machines:
  - path: a/b/c/d/e
    idealCycleMs: 12500
    idealCycles:
      - { from: "2026-03-01T00:00", idealCycleMs: 12000 }
      - { product: P1, from: "2026-04-01T00:00+02:00", idealCycleMs: 8000 }
`);
    const { plant } = loadConfig({ file });
    const wide = [
      { product: 'P1', from: null, cycleUs: 9_000_000, levels: 2 },
      { product: 'P2', from: Date.UTC(2026, 2, 1), cycleUs: 7_000_500, levels: 0 },
    ];
    expect(plant.machines[0]).toMatchObject({
      idealCycleUs: 12_500_000,
      cycles: [
        ...wide,
        { product: null, from: Date.UTC(2026, 1, 28, 16), cycleUs: 12_000_000, levels: 5 },
        { product: 'P1', from: Date.UTC(2026, 2, 31, 22), cycleUs: 8_000_000, levels: 5 },
      ],
    });
    expect(machineAt(plant, 'a/b/c/d/undeclared').cycles).toEqual(wide);
    expect(machineAt(plant, 'x/y/c/d/undeclared').cycles).toEqual(wide.slice(1));
  });
});

describe('each way to be wrong is a file; its first line is the expected message', () => {
  const bad = join(import.meta.dirname, 'bad');
  for (const name of readdirSync(bad)) {
    test(name.replace(/\.bad\.yaml$/, '').replaceAll('-', ' '), () => {
      const file = join(bad, name);
      const [first] = readFileSync(file, 'utf8').split('\n') as [string];
      let message = '';
      try {
        loadConfig({ file });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        message = (error as Error).message;
      }
      expect(message.replaceAll(`${file}:`, '')).toContain(first.replace(/^# /, ''));
    });
  }

  test('a file that is not there', () => {
    expect(() => loadConfig({ file: '/nowhere.yaml' })).toThrow(
      '/nowhere.yaml: no such file; name an existing one',
    );
  });
});
