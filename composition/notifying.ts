import type { CertificateStanding } from '../access/certificates.ts';
import type { Analysis } from '../analysis/port.ts';
import type { Config } from '../config.ts';
import { settingsThatHelp } from '../domain/storage-forecast.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Log } from '../operation/log.ts';
import { repeat } from '../operation/repeat.ts';
import type { Registry } from '../registry/registry.ts';
import { certificatesOf } from './certificates.ts';
import type { Edge } from './edge.ts';
import { sourcesElsewhere, sourcesHere } from './ingest-facts.ts';
import { createNotifier, type Notifier } from './notifier.ts';
import { createFactGathering } from './notify-facts.ts';
import { entriesOf } from './notify-settings.ts';
import type { Storage } from './storage.ts';

const WATCH_EVERY_MS = 10_000;
const DELIVER_EVERY_MS = 1_000;

export interface Notifying extends AsyncDisposable {
  begin(parts: {
    readonly analysis: Pick<Analysis, 'plant' | 'kpis' | 'timeline'>;
    /** `null`: ingest runs as another process. */
    readonly ingest: Ingest | null;
    readonly edge: Edge | null;
    /** Those that this process uses, and those of whoever it is connected to. */
    readonly certificates: () => readonly CertificateStanding[];
    readonly storage: Pick<Storage, 'read'>;
  }): void;
}

/** Watching and telling, for as long as the process runs. What is under way at its end is ended, or stays in the outbox. */
export function prepareNotifying({
  config,
  dir,
  registry,
  log,
}: {
  readonly config: Config;
  readonly dir: string;
  readonly registry: Registry;
  readonly log: Log;
}): Notifying {
  const watching = repeat({ everyMs: WATCH_EVERY_MS, event: 'notify-not-watched', log });
  // Each by itself, so that one that answers slowly doesn't keep the others waiting.
  const delivering = config.notify.channels.map(({ id }) => ({
    id,
    turns: repeat({ everyMs: DELIVER_EVERY_MS, event: 'notify-not-delivered', log }),
  }));
  let notifier: Notifier | undefined;
  return {
    begin({ analysis, ingest, edge, certificates, storage }) {
      const from = ingest && edge ? sourcesHere(ingest, edge) : sourcesElsewhere(registry);
      const gather = createFactGathering({
        ...{ plant: config.plant, entries: entriesOf(config.notify), analysis, now: Date.now },
        ...from,
        certificates: () => [...certificatesOf(config), ...othersOf(certificates())],
        disk: async () => {
          const { disk, fullAt, kinds } = await storage.read();
          return { ...disk, fullAt, settings: settingsThatHelp(kinds) };
        },
      });
      notifier = createNotifier({ config, dir, registry, gather, log });
      watching.begin(notifier.watch);
      const { deliver } = notifier;
      for (const { id, turns } of delivering) turns.begin(() => deliver(id));
    },
    async [Symbol.asyncDispose]() {
      notifier?.stop();
      const all = [watching, ...delivering.map(({ turns }) => turns)];
      await Promise.all(all.map((turns) => turns[Symbol.asyncDispose]()));
      notifier?.[Symbol.dispose]();
    },
  };
}

/** Certificates of others, such as the broker's; those of files are read by every role, also where it doesn't use them. */
const othersOf = (standing: readonly CertificateStanding[]) =>
  standing
    .filter(({ which }) => !/\.tls\.(cert|ca)$/.test(which))
    .map(({ which, expiresAt }) => ({ setting: which, expiresAt }));
