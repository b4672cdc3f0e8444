import { resolve } from 'node:path';
import type { StorageAnswer } from '../../api/ports.ts';
import { STORAGE_KINDS, type StorageKind, settingsThatHelp } from '../../domain/storage-forecast.ts';
import { askRunning } from '../../operation/control.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

const NAMES: Readonly<Record<StorageKind, string>> = {
  raw: 'raw data',
  ledger: 'recorded ledger',
  evidence: 'evidence of assessments',
  storeOther: 'store: names, free blocks, write-ahead log',
  spool: 'spool',
  registry: 'registry, with quarantine and annotations',
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

const mb = (bytes: number): string =>
  0 < bytes && bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

function inWords({ kinds, disk, retention, fullAt }: StorageAnswer): string[] {
  const lines = STORAGE_KINDS.map((kind) => {
    const { bytes, perDay, steadyBytes, steadyPerDay } = kinds[kind];
    if (bytes === null) return `${NAMES[kind]}: on the store's own server`;
    const grows = perDay === null ? 'growth not known yet' : `${mb(perDay)} a day`;
    const on = steadyPerDay ? `, then ${mb(steadyPerDay)} a day` : '';
    const steady = steadyBytes === null ? '' : `, up to ${mb(steadyBytes)} by retention${on}`;
    return `${NAMES[kind]}: ${mb(bytes)}, ${grows}${steady}`;
  });
  const settings = settingsThatHelp(kinds).join(', ');
  const full =
    fullAt === null
      ? 'no date is known on which the disk is full'
      : `full on ${day(fullAt)}; make it larger, or shorten ${settings}`;
  return [...lines, kept(retention), `disk: ${mb(disk.freeBytes)} free of ${mb(disk.totalBytes)}; ${full}`];
}

function kept(retention: StorageAnswer['retention']): string {
  const of = {
    'raw data': retention.rawDays,
    hours: retention.hourDays,
    shifts: retention.shiftDays,
    'production days': retention.dayDays,
    'former revisions': retention.revisionDays,
    evidence: retention.evidenceDays,
    'refused messages': retention.quarantineDays,
  };
  const each = Object.entries(of).map(
    ([what, days]) => `${what} ${days === null ? 'for good' : `${days} days`}`,
  );
  return `kept: ${each.join(', ')}`;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
