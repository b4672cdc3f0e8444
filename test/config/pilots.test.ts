import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadPilots } from '../../config/pilots/load.ts';
import { notesOnPilots } from '../../config/pilots/notes.ts';
import { ConfigError, loadConfig } from '../../config.ts';
import { pilot } from '../domain/assess/pilot.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaidong-pilots-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const MINIMAL = [
  'id: haida',
  'enterprise: { name: 海达注塑 }',
  'district: 定海区',
  'industry: ships',
  'programme: future-factory',
].join('\n');

const load = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return loadPilots([folder]);
};

const messageOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return 'nothing was wrong';
};

describe('each way to get a pilot wrong has a message with line, key and remedy', () => {
  const cases = join(import.meta.dirname, 'pilots/bad');
  for (const name of readdirSync(cases)) {
    test(name, () => {
      const text = readFileSync(join(cases, name), 'utf8');
      const expected = (text.split('\n')[0] as string).slice('# '.length);
      expect(messageOf(() => load({ [name]: text }))).toBe(`${join(folder, name)}:${expected}`);
    });
  }
});

test('what a file does not say is unknown or no', () => {
  expect(load({ 'a.yaml': MINIMAL })).toEqual([
    {
      file: join(folder, 'a.yaml'),
      pilot: {
        id: 'haida',
        enterprise: { name: '海达注塑', creditCode: null },
        district: '定海区',
        industry: 'ships',
        processType: 'discrete',
        programme: 'future-factory',
        sites: [],
        baselineYear: null,
        simulated: false,
        equipment: [],
        processes: [],
        declared: [],
        answers: [],
      },
    },
  ]);
});

test('a whole pilot is read as it is written; JSON is YAML', () => {
  expect(load({ 'a.yml': JSON.stringify(pilot()) })[0]?.pilot).toEqual(pilot());
});

test('a credit code is put right; one that fails its check is noted and taken', () => {
  const withCode = (code: string) => MINIMAL.replace('海达注塑', `海达注塑, creditCode: "${code}"`);
  const files = load({ 'a.yaml': withCode('9135 0100m000100y43') });
  expect(files[0]?.pilot.enterprise.creditCode).toBe('91350100M000100Y43');
  expect(notesOnPilots(files)).toEqual([]);
  const doubtful = load({ 'a.yaml': withCode('91350100M0001TGQXM') });
  expect(doubtful[0]?.pilot.enterprise.creditCode).toBe('91350100M0001TGQXM');
  expect(notesOnPilots(doubtful)).toEqual([
    `${join(folder, 'a.yaml')}: enterprise.creditCode: the check character, the last one, does not fit; compare it with the licence`,
  ]);
});

test('equipment whose telemetry lies outside the sites is noted', () => {
  const text = `${MINIMAL}\nsites: [a/b]\nequipment: [{ id: E1, name: x, machine: a/b/c/d/e }, { id: E2, name: x, machine: a/bb/c/d/e }]`;
  expect(notesOnPilots(load({ 'a.yaml': text }))).toEqual([
    `${join(folder, 'a.yaml')}: equipment.1.machine: "a/bb/c/d/e" lies in none of the pilot's sites`,
  ]);
});

describe('two files', () => {
  test('with one id are refused, both named', () => {
    const message = messageOf(() => load({ 'a.yaml': MINIMAL, 'b.yaml': `# copied\n${MINIMAL}` }));
    expect(message).toBe(
      `${join(folder, 'b.yaml')}:2: id: pilot "haida" is there twice, in ${join(folder, 'a.yaml')} and in ${join(folder, 'b.yaml')}; give one of them another id`,
    );
  });

  test('with one site are refused, both named', () => {
    const message = messageOf(() =>
      load({
        'a.yaml': `${MINIMAL}\nsites: [x/y]`,
        'b.yaml': `${MINIMAL.replace('haida', 'other')}\nsites:\n  - x/z\n  - x/y`,
      }),
    );
    expect(message).toBe(
      `${join(folder, 'b.yaml')}:8: sites.1: site "x/y" belongs to two pilots, "haida" in ${join(folder, 'a.yaml')} and "other" in ${join(folder, 'b.yaml')}; take it out of one of them`,
    );
  });
});

describe('where the files are', () => {
  test('beside the configuration, where there is such a folder, or where the setting says', () => {
    const file = join(folder, 'kaidong.yaml');
    writeFileSync(file, '');
    expect(loadConfig({ file }).pilots.folders).toEqual([]);
    writeFileSync(file, 'pilots: { dir: programme }');
    expect(loadConfig({ file }).pilots.folders).toEqual([join(folder, 'programme')]);
  });

  test('a folder that is not there is named', () => {
    expect(messageOf(() => loadPilots([join(folder, 'nowhere')]))).toBe(
      `${join(folder, 'nowhere')}: no such folder; correct pilots.dir or make the folder`,
    );
  });
});
