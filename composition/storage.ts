import { appendFileSync, readdirSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StorageAnswer } from '../api/ports.ts';
import type { Config } from '../config.ts';
import {
  ledgerRetention,
  STORAGE_KINDS,
  type StorageSample,
  storageForecast,
} from '../domain/storage-forecast.ts';
import type { EpochMs } from '../domain/time.ts';
import { REGISTRY_FILE, type Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';

const SAMPLES_FILE = 'storage.jsonl';
/** Once an hour for a month. */
const MOST_SAMPLES = 24 * 31;
const SAMPLE_EVERY_MS = 3_600_000;

const bytes = z.int().nonnegative().nullable();
const sample = z.object({ at: z.int(), bytes: z.record(z.enum(STORAGE_KINDS), bytes) });
/** Of before evidence was told apart from the rest of the registry. */
const formerSample = z
  .object({ at: z.int(), bytes: z.object({ raw: bytes, ledger: bytes, storeOther: bytes, spool: bytes }) })
  .transform((found) => ({ ...found, bytes: { ...found.bytes, evidence: null, registry: null } }));
const eitherSample = z.union([sample, formerSample]);

export interface Storage {
  /** Notes how full it is, at most once an hour. */
  look(): Promise<void>;
  read(): Promise<StorageAnswer>;
}

/** What lies in a data folder, how fast it grows, and when the disk is full. */
export function createStorage({
  config,
  dir,
  store,
  registry: { assessments, freeBytes: freeInRegistry },
  now = Date.now,
}: {
  readonly config: Pick<Config, 'data' | 'ledger' | 'store'>;
  readonly dir: string;
  readonly store: Pick<Store, 'sizes'>;
  readonly registry: {
    readonly assessments: Pick<Registry['assessments'], 'bytes' | 'lastingShare'>;
    readonly freeBytes: Registry['freeBytes'];
  };
  readonly now?: () => EpochMs;
}): Storage {
  const file = join(dir, SAMPLES_FILE);
  const measure = async (): Promise<StorageSample> => {
    const sizes = (await store.sizes?.()) ?? null;
    const evidence = assessments.bytes();
    const registry = fileBytes(join(dir, REGISTRY_FILE)) + fileBytes(join(dir, `${REGISTRY_FILE}-wal`));
    return {
      at: now(),
      bytes: {
        raw: sizes?.raw ?? null,
        ledger: sizes?.ledger ?? null,
        evidence,
        storeOther: sizes ? sizes.total - sizes.raw - sizes.ledger : null,
        spool: folderBytes(join(dir, 'journal')) + folderBytes(join(dir, 'workers')),
        // What was removed leaves room in the file, which is used again.
        registry: Math.max(0, registry - freeInRegistry() - evidence),
      },
    };
  };
  return {
    async look() {
      const known = samplesIn(file);
      if (now() - (known.at(-1)?.at ?? Number.NEGATIVE_INFINITY) < SAMPLE_EVERY_MS) return;
      const line = JSON.stringify(await measure());
      if (known.length < MOST_SAMPLES) appendFileSync(file, `${line}\n`);
      else {
        const kept = known.slice(1 - MOST_SAMPLES).map((one) => JSON.stringify(one));
        writeFileSync(file, `${[...kept, line].join('\n')}\n`);
      }
    },
    async read() {
      const { retentionDays, evidenceDays, quarantineDays } = config.data;
      const { hourDays, shiftDays, dayDays, revisionDays } = config.ledger;
      const ledgerDays =
        hourDays === null || shiftDays === null || dayDays === null
          ? null
          : Math.max(hourDays, shiftDays, dayDays);
      const ledger = ledgerRetention(config.ledger);
      const { bavail, bsize, blocks } = statfsSync(dir);
      const freeBytes = bavail * bsize;
      const current = await measure();
      const samples = [...samplesIn(file).filter(({ at }) => at < current.at), current];
      return {
        asOf: current.at,
        store: config.store.kind,
        disk: { freeBytes, totalBytes: blocks * bsize },
        retention: {
          ...{ rawDays: retentionDays, ledgerDays, hourDays, shiftDays, dayDays, revisionDays },
          ...{ evidenceDays, quarantineDays },
        },
        ...storageForecast({
          samples,
          freeBytes,
          retention: {
            raw: { days: retentionDays, goesOn: 0 },
            ...(ledger && { ledger }),
            ...(evidenceDays !== null && {
              evidence: { days: evidenceDays, goesOn: assessments.lastingShare() },
            }),
          },
        }),
      };
    },
  };
}

/** What can't be read says nothing: growth is measured anew. */
function samplesIn(file: string): readonly StorageSample[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line): StorageSample[] => {
    if (line === '') return [];
    try {
      return [eitherSample.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

const fileBytes = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function folderBytes(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + fileBytes(join(parentPath, name)), 0);
  } catch {
    return 0;
  }
}
