import type { GroupRecord, OutcomeRecord } from './journal/records.ts';
import type { IngestLog } from './log.ts';
import type { NewQuarantined, Quarantine } from './ports.ts';

/** Brings refused messages to quarantine as soon as they are durable in the journal; tries again where that fails. */
export function createQuarantineDesk(options: {
  readonly quarantine: Quarantine;
  readonly journalId: string;
  readonly log: IngestLog;
}) {
  const { quarantine, journalId, log } = options;
  let puts: (NewQuarantined & { readonly key: string })[] = [];
  let removals: number[] = [];

  function flush(): void {
    if (puts.length > 0) quarantine.put(puts);
    puts = [];
    if (removals.length > 0) quarantine.remove(removals);
    removals = [];
  }

  return {
    /** The same record may come again after a restart: keys keep it single. */
    take(record: GroupRecord | OutcomeRecord): void {
      if (record.kind === 'outcome') puts.push(...record.quarantined);
      else {
        record.quarantined.forEach((message, index) => {
          puts.push({ ...message, key: `${journalId}:${record.number}:${index}` });
        });
        removals.push(...record.released);
      }
      if (puts.length === 0 && removals.length === 0) return;
      try {
        flush();
      } catch (error) {
        log('quarantine-put-failed', { error: String(error), waiting: puts.length });
      }
    },
    /** Nothing waits for it. */
    flushed: (): boolean => puts.length === 0 && removals.length === 0,
    /** Throws where the quarantine doesn't take what waits for it. */
    flush,
    keyOf: (group: number, detail: string): string => `${journalId}:${group}:${detail}`,
  };
}

export type QuarantineDesk = ReturnType<typeof createQuarantineDesk>;
