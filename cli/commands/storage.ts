import { resolve } from 'node:path';
import type { StorageAnswer } from '../../api/ports.ts';
import { STORAGE_KINDS, type StorageKind } from '../../domain/storage-forecast.ts';
import { askRunning } from '../../operation/control.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

const NAMES: Readonly<Record<StorageKind, string>> = {
  raw: 'raw data',
  ledger: 'recorded ledger',
  storeOther: 'store: names, free blocks, write-ahead log',
  spool: 'spool',
  registry: 'registry, with quarantine and assessments',
};

export const storage: Command = {
  id: 'storage',
  summary: 'Says what lies on disk, how fast it grows, and when the disk is full; asks the running platform.',
  options: { config: CONFIG_OPTION, json: { type: 'boolean', help: 'print one line of JSON' } },
  async run(invocation) {
    const { dir } = configOf(invocation).data;
    const answer = (await askRunning(resolve(dir), 'storage', null)) as StorageAnswer;
    if (invocation.values.json === true) invocation.print(JSON.stringify(answer));
    else for (const line of inWords(answer)) invocation.print(line);
    return 0;
  },
};

const MEGA = 1e6;
const mb = (bytes: number): string => `${(bytes / MEGA).toFixed(1)} MB`;

function inWords({ kinds, disk, retention, fullAt }: StorageAnswer): string[] {
  const lines = STORAGE_KINDS.map((kind) => {
    const { bytes, perDay, steadyBytes } = kinds[kind];
    if (bytes === null) return `${NAMES[kind]}: on the store's own server`;
    const grows = perDay === null ? 'growth not known yet' : `${mb(perDay)} a day`;
    const steady = steadyBytes === null ? '' : `, up to ${mb(steadyBytes)} after ${retention.rawDays} days`;
    return `${NAMES[kind]}: ${mb(bytes)}, ${grows}${steady}`;
  });
  const full = fullAt === null ? 'no date is known on which the disk is full' : `full on ${day(fullAt)}`;
  return [...lines, `disk: ${mb(disk.freeBytes)} free of ${mb(disk.totalBytes)}; ${full}`];
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
