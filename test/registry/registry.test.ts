import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerMarks } from '../../analysis/ledger-marks.ts';
import type { LateMarks, SignalCatalogue } from '../../ingest/ports.ts';
import { refuseDamagedCopy } from '../../registry/copy.ts';
import { openForTest, tempDir } from './open.ts';

test('the first type of a signal stays pinned, whoever comes second', () => {
  const dir = tempDir();
  const one: SignalCatalogue = openForTest({ dir }).signalCatalogue;
  const other: SignalCatalogue = openForTest({ dir }).signalCatalogue;
  one.pin([{ machine: 'm', signal: 'temp', type: 'double' }]);
  other.pin([
    { machine: 'm', signal: 'temp', type: 'text' },
    { machine: 'm', signal: 'serial', type: 'text' },
  ]);
  expect([...one.load()]).toEqual([
    { machine: 'm', signal: 'serial', type: 'text' },
    { machine: 'm', signal: 'temp', type: 'double' },
  ]);
});

test('marks stay until cleared, and those that come meanwhile stay too', () => {
  const dir = tempDir();
  const recorder: LedgerMarks = openForTest({ dir }).ledgerMarks;
  const ingest: LateMarks = openForTest({ dir }).ledgerMarks;
  ingest.mark([{ machine: 'm', from: 10, to: 20 }]);
  const taken = recorder.takeMarks(10);
  expect(taken).toEqual([{ id: 1, machine: 'm', from: 10, to: 20, cause: null, former: null }]);
  ingest.mark([
    { machine: 'm', from: 15, to: 15 },
    { machine: 'm', from: 12, to: 13 },
    { machine: 'n', from: 99, to: 99 },
  ]);
  expect(recorder.takeMarks(2).map((mark) => mark.id)).toEqual([1, 2]);
  recorder.clearMarks(taken.map((mark) => mark.id));
  expect(recorder.pending()).toEqual(
    new Map([
      ['m', 12],
      ['n', 99],
    ]),
  );
});

test('marks move on with what is worked off, under their ids, and never back', () => {
  const dir = tempDir();
  const recorder: LedgerMarks = openForTest({ dir }).ledgerMarks;
  const ingest: LateMarks = openForTest({ dir }).ledgerMarks;
  ingest.mark([
    { machine: 'm', from: 10, to: 12, cause: 'late-data' },
    { machine: 'm', from: 70, to: 90 },
    { machine: 'm', from: 5, to: 5 },
  ]);
  recorder.moveMarks([1, 2], 50);
  expect(recorder.takeMarks(9).map(({ id, from, to }) => [id, from, to])).toEqual([
    [1, 50, 50],
    [2, 70, 90],
    [3, 5, 5],
  ]);
  expect(recorder.takeMarks(1)[0]?.cause).toBe('late-data');
  // Who remembers what was read before forgets all that the marks reached.
  expect(recorder.touchedSince(0).from).toEqual(new Map([['m', 5]]));
});

test('what was marked since is known also after it was cleared, until it is too long ago', () => {
  const dir = tempDir();
  const recorder: LedgerMarks = openForTest({ dir }).ledgerMarks;
  const ingest: LateMarks = openForTest({ dir }).ledgerMarks;
  expect(recorder.touchedSince(0)).toEqual({ newest: 0, from: new Map() });
  ingest.mark([
    { machine: 'm', from: 15, to: 20 },
    { machine: 'm', from: 10, to: 12 },
    { machine: 'n', from: 30, to: 30 },
  ]);
  recorder.clearMarks([1, 2, 3]);
  expect(recorder.touchedSince(0)).toEqual({
    newest: 3,
    from: new Map([
      ['m', 10],
      ['n', 30],
    ]),
  });
  expect(recorder.touchedSince(2)).toEqual({ newest: 3, from: new Map([['n', 30]]) });
  expect(recorder.touchedSince(3)).toEqual({ newest: 3, from: new Map() });
  ingest.mark(Array.from({ length: 100_000 }, (_, at) => ({ machine: 'o', from: at, to: at })));
  expect(recorder.touchedSince(3)).toEqual({ newest: 100_003, from: null });
  expect(recorder.touchedSince(100_002).from).toEqual(new Map([['o', 99_999]]));
});

test('how far a machine is recorded, and with which configuration, is known to every process', () => {
  const dir = tempDir();
  const recorder: LedgerMarks = openForTest({ dir }).ledgerMarks;
  const ingest: LateMarks = openForTest({ dir }).ledgerMarks;
  expect([ingest.recordedUntil('m'), recorder.configOf('m')]).toEqual([null, null]);
  expect(ingest.newestRecorded()).toBeNull();
  recorder.setRecordedUntil([{ machine: 'm', until: 1000 }]);
  recorder.setConfig([{ machine: 'm', config: 'a' }]);
  expect([ingest.recordedUntil('m'), recorder.configOf('m')]).toEqual([1000, 'a']);
  recorder.setRecordedUntil([{ machine: 'n', until: 7 }]);
  expect([...recorder.standings()].map(([machine, { until, config }]) => [machine, until, config])).toEqual([
    ['m', 1000, 'a'],
    ['n', 7, null],
  ]);
  recorder.setRecordedUntil([{ machine: 'm', until: 500 }]);
  recorder.setConfig([{ machine: 'm', config: 'b' }]);
  expect([ingest.recordedUntil('m'), recorder.configOf('m')]).toEqual([500, 'b']);
  recorder.setRecordedUntil([{ machine: 'n', until: 700 }]);
  expect(ingest.newestRecorded()).toBe(700);
  recorder.setRecordedUntil([{ machine: 'n', until: 300 }]);
  expect(ingest.newestRecorded()).toBe(500);
});

test('the books laid out last are read by another process', () => {
  const dir = tempDir();
  const ingest = openForTest({ dir }).booksShelf;
  ingest.publish({ worker: '', asOf: 1, books: { received: 1 }, standing: {} });
  ingest.publish({ worker: '', asOf: 2, books: { received: 5 }, standing: { ready: true } });
  expect(openForTest({ dir }).booksShelf.all()).toEqual([
    { worker: '', asOf: 2, books: { received: 5 }, standing: { ready: true }, leftAt: null },
  ]);
});

test('a token opens until it is revoked, and rests only as a hash', () => {
  const dir = tempDir();
  let clock = 1_000_000;
  const registry = openForTest({ dir, now: () => clock });
  const { tokens } = registry;
  expect(tokens.exist()).toBe(false);
  const secret = tokens.create('grafana');
  expect(Buffer.from(secret.slice('kaidong_'.length), 'base64url')).toHaveLength(32);
  expect(tokens.create('other')).not.toBe(secret);
  expect(tokens.exist()).toBe(true);
  expect(tokens.list()[0]).toEqual({ id: 1, name: 'grafana', createdAt: 1_000_000, lastUsedAt: null });
  clock += 5000;
  expect(tokens.verify(secret)).toEqual({ name: 'grafana' });
  expect(tokens.list()[0]?.lastUsedAt).toBe(1_005_000);
  clock += 5000;
  expect(tokens.verify(secret)).toEqual({ name: 'grafana' });
  expect(tokens.list()[0]?.lastUsedAt).toBe(1_005_000);
  expect(tokens.verify(`${secret}x`)).toBeUndefined();
  expect(tokens.verify('')).toBeUndefined();
  expect(() => tokens.create('grafana')).toThrow(/exists: choose another name/);
  expect(() => tokens.create('a\nb')).toThrow(/use 1 to 100 letters/);
  expect(tokens.revoke('grafana')).toBe(true);
  expect(tokens.revoke('grafana')).toBe(false);
  expect(tokens.verify(secret)).toBeUndefined();
  registry.close();
  for (const file of readdirSync(dir)) {
    expect(readFileSync(join(dir, file)).includes(secret)).toBe(false);
  }
});

test('a backup is whole while writing goes on, and opens as a registry', async () => {
  const registry = openForTest();
  const pin = (n: number) =>
    registry.signalCatalogue.pin([
      { machine: `m${n}`, signal: 'a', type: 'double' },
      { machine: `m${n}`, signal: 'b', type: 'double' },
    ]);
  for (let n = 0; n < 200; n++) pin(n);
  const folder = tempDir();
  const copying = registry.backup(folder);
  for (let n = 200; n < 300; n++) pin(n);
  await copying;
  const copied = [...openForTest({ dir: folder }).signalCatalogue.load()];
  expect(copied.length).toBeGreaterThanOrEqual(400);
  expect(copied.length % 2).toBe(0); // both of a transaction, or none
  await registry.backup(folder); // again over the old one
});

test('a backup never fails for what is written meanwhile', async () => {
  const registry = openForTest();
  let n = 0;
  const pin = () => registry.signalCatalogue.pin([{ machine: `m${n++}`, signal: 'a', type: 'double' }]);
  for (let round = 0; round < 60; round++) {
    const folder = tempDir();
    const copying = registry.backup(folder);
    for (let write = 0; write < 40; write++) pin();
    await copying;
    refuseDamagedCopy(folder);
  }
});

test('a data folder that is no folder is named', () => {
  const dir = join(tempDir(), 'file');
  writeFileSync(dir, '');
  expect(() => openForTest({ dir })).toThrow(/can't open the registry .*file\/registry\.sqlite/);
});
