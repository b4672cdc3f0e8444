import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LastWill, PlantEvent } from '../../simulators/event.ts';
import { LANGUAGES, parseSpeech } from '../../simulators/languages/index.ts';
import type { PlainLanguage } from '../../simulators/languages/language.ts';
import { plantOf } from '../../simulators/plant/growing.ts';
import { spokenPlant } from '../../simulators/plant/spoken.ts';

const TS = Date.parse('2026-03-02T08:00:00.123Z');
const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const report: PlantEvent = {
  kind: 'report',
  machine: MACHINE,
  index: 0,
  ts: TS,
  state: 'down',
  reason: 'A102, "mould" open',
  count: 12,
  reject: 1,
  rework: null,
  product: 'lid 220',
  order: null,
  gauges: [
    ['power', 31.5],
    ['oil level', 3],
  ],
};
const flow: PlantEvent = { ...report, reason: null, count: null, reject: null, product: null, gauges: null };
const will: LastWill = { kind: 'last-will', machine: MACHINE, index: 0, ts: TS };

const plain = (id: string): PlainLanguage => LANGUAGES.find((one) => one.id === id) as PlainLanguage;

describe('the languages', () => {
  it('are each one file, and each file a language', () => {
    const files = readdirSync(join(import.meta.dirname, '../../simulators/languages'))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !['index', 'language', 'json-garbage'].includes(file));
    expect(LANGUAGES.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it.each<[string, string, string, string, string]>([
    [
      'kaidong',
      `kaidong/v1/${MACHINE}`,
      `{"ts":${TS},"state":"down","reason":"A102, \\"mould\\" open","count":12,"reject":1,"product":"lid 220","power":31.5,"oil level":"3"}`,
      `{"ts":${TS},"state":"down"}`,
      `{"ts":${TS},"state":"unknown","reason":"offline"}`,
    ],
    [
      'umh',
      `umh/v1/${MACHINE}/_historian`,
      `{"timestamp_ms":${TS},"state":"down","reason":"A102, \\"mould\\" open","count":12,"reject":1,"product":"lid 220","power":31.5,"oil level":"3"}`,
      `{"timestamp_ms":${TS},"state":"down"}`,
      `{"timestamp_ms":${TS},"state":"unknown","reason":"offline"}`,
    ],
    [
      'line-protocol',
      'line-protocol/acme/zhoushan',
      `machine,enterprise=acme,site=zhoushan,area=moulding,line=line1,machine=imm-01 state="down",reason="A102, \\"mould\\" open",count=12i,reject=1i,product="lid 220",power=31.5,oil\\ level="3" ${TS}000000`,
      `machine,enterprise=acme,site=zhoushan,area=moulding,line=line1,machine=imm-01 state="down" ${TS}000000`,
      `machine,enterprise=acme,site=zhoushan,area=moulding,line=line1,machine=imm-01 state="unknown",reason="offline" ${TS}000000`,
    ],
    [
      'own-json',
      'mes/acme/zhoushan/telemetry',
      '{"device":{"area":"moulding","line":"line1","id":"imm-01"},"at":"2026-03-02T16:00:00.123+08:00","status":{"code":90,"why":"A102, \\"mould\\" open"},"totals":{"all":12,"bad":1,"article":"lid 220"},"measured":{"power":31.5,"oil level":"3"}}',
      '{"device":{"area":"moulding","line":"line1","id":"imm-01"},"at":"2026-03-02T16:00:00.123+08:00","status":{"code":90},"measured":{}}',
      '{"device":{"area":"moulding","line":"line1","id":"imm-01"},"at":"2026-03-02T16:00:00.123+08:00","status":{"code":99,"why":"offline"},"measured":{}}',
    ],
  ])('%s says it word for word', (id, topic, whole, least, offline) => {
    const language = plain(id);
    expect(language.topicOf(MACHINE)).toBe(topic);
    expect(language.payloadOf({ event: report, due: TS, drifted: 'oil level' })).toBe(whole);
    expect(language.payloadOf({ event: flow, due: TS })).toBe(least);
    expect(language.payloadOf({ event: will, due: TS })).toBe(offline);
  });

  it.each([
    ['kaidong', '"rework":3,"product":"lid 220","order":"WO-7","orderQuantity":500,"orderScrap":5}'],
    ['umh', '"rework":3,"product":"lid 220","order":"WO-7","orderQuantity":500,"orderScrap":5}'],
    [
      'line-protocol',
      `rework=3i,product="lid 220",order="WO-7",orderQuantity=500i,orderScrap=5i ${TS}000000`,
    ],
    [
      'own-json',
      '"reworked":3,"article":"lid 220"},"job":{"number":"WO-7","pieces":500,"scrap":5},"measured":{}}',
    ],
  ])('%s says rework and the order', (id, end) => {
    const order = { id: 'WO-7', quantity: 500, scrap: 5 };
    const event: PlantEvent = { ...report, rework: 3, order, gauges: null };
    const said = plain(id).payloadOf({ event, due: TS });
    expect(said.endsWith(end), said).toBe(true);
  });

  it.each(LANGUAGES.map(({ id }) => [id] as const))('%s has garbage of several kinds', (id) => {
    const language = LANGUAGES.find((one) => one.id === id) as (typeof LANGUAGES)[number];
    const kinds = new Set(
      Array.from({ length: 1000 }, (_, at) => Buffer.from(language.garbageOf(at / 1000)).toString('hex')),
    );
    expect(kinds.size).toBeGreaterThan(5);
  });
});

describe('--speaks', () => {
  it('takes one, several alike, or shares', () => {
    expect(parseSpeech('umh')).toEqual([{ language: 'umh', share: 1 }]);
    expect(parseSpeech('kaidong,sparkplug')).toEqual([
      { language: 'kaidong', share: 1 },
      { language: 'sparkplug', share: 1 },
    ]);
    expect(parseSpeech('kaidong=0.75, own-json=.25')).toEqual([
      { language: 'kaidong', share: 0.75 },
      { language: 'own-json', share: 0.25 },
    ]);
  });

  it.each(['', 'opc', 'umh,umh', 'umh=0', 'umh=half', 'umh=1=2'])('refuses "%s"', (text) => {
    expect(parseSpeech(text)).toBeUndefined();
  });

  it('deals the lines out by their shares, and declares the machines under the names that the platform gives', () => {
    const drawn = plantOf(240, 'two-shift');
    const { plant, languageOf, pathOf, sources } = spokenPlant(
      drawn,
      parseSpeech('kaidong=0.6,sparkplug=0.3,umh=0.1') ?? [],
    );
    const of = (id: string): number =>
      [...languageOf.values()].filter((language) => language.id === id).length;
    expect([of('kaidong'), of('sparkplug'), of('umh')]).toEqual([144, 72, 24]);
    expect(plant.config.machines.map(({ path }) => path)).toEqual([...languageOf.keys()]);
    expect(plant.config.rules).toEqual([{ use: 'umh' }]);
    expect(plant.config.sites.map(({ path }) => path).sort()).toEqual([
      'langwan-zhoushan/-',
      'langwan/zhoushan',
    ]);
    for (const [machine, path] of pathOf) {
      if (languageOf.get(path)?.id !== 'sparkplug') expect(path).toBe(machine);
      else expect(path).toMatch(/^langwan-zhoushan\/-\/-\/(moulding|screws)-line\d+\/[a-z]+-\d+$/);
    }
    expect([...sources].filter((source) => source.startsWith('langwan-zhoushan/')).length).toBe(24);
    expect(pathOf.size).toBe(240);
  });
});
