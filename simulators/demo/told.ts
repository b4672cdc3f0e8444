import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EpochMs } from '../../domain/time.ts';

/** Up to where each machine's history is told, kept from start to start. */
export interface Told {
  /** `null`: nothing is. */
  until(machine: string): EpochMs | null;
  /** Everything of these machines before `until` is acknowledged. */
  note(machines: Iterable<string>, until: EpochMs): void;
}

/**
 * A file of that. What is told to another store, or made with another seed, counts for nothing (`subject`); nor does a file that can't be
 * read: then it is told again, which changes nothing.
 */
export function openTold(file: string, subject: string): Told {
  const until = new Map(Object.entries(read(file, subject)));
  return {
    until: (machine) => until.get(machine) ?? null,
    note(machines, ts) {
      for (const machine of machines) until.set(machine, ts);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ subject, until: Object.fromEntries(until) }));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string, subject: string): Readonly<Record<string, EpochMs>> {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly subject?: unknown;
      readonly until?: Readonly<Record<string, EpochMs>>;
    };
    return kept.subject === subject ? (kept.until ?? {}) : {};
  } catch {
    return {};
  }
}
