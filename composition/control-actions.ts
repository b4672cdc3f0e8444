import { z } from 'zod';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { Prover } from '../analysis/proof.ts';
import type { Rebuilder } from '../analysis/rebuild.ts';
import { hearingNotes } from '../domain/hearing.ts';
import type { Plant } from '../domain/plant.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { ControlActions } from '../operation/control.ts';
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';
import { assessActions } from './assess-actions.ts';
import { backUpPlatform } from './back-up.ts';
import { onWire } from './discovered.ts';
import { proofActions } from './prover.ts';
import { rebuildActions } from './rebuilder.ts';
import type { Reloaded } from './reload.ts';
import type { Sparkplug } from './sparkplug.ts';
import type { Storage } from './storage.ts';
import { drainOthers } from './worker-backup.ts';

const explainInput = z.object({
  topic: z.string(),
  payloadBase64: z.string(),
  receivedAt: z.int().optional(),
});
const replayInput = z.union([
  z.object({ ids: z.array(z.number().int()) }),
  z.object({ code: z.string().optional(), topic: z.string().optional() }),
]);
const rebirthInput = z.object({ group: z.string(), node: z.string(), by: z.string() });
const backupInput = z.object({ folder: z.string() });

/** What other commands on this host may ask of a running ingest. */
export function controlActions(options: {
  /** The data folder. */
  readonly dir: string;
  /** Which ingest of the data folder this is. */
  readonly worker: string;
  readonly ingest: Ingest;
  readonly registry: Registry;
  readonly store: Store;
  readonly plant: Plant;
  /** `null`: this process assesses nothing. */
  readonly assess: () => AssessmentDesk | null;
  /** `null`: this process records nothing. */
  readonly rebuilder: () => Rebuilder | null;
  /** `null`: this process answers nothing, or not yet. */
  readonly prover: () => Prover | null;
  readonly storage: Storage;
  /** `null`: this process is no Sparkplug host, or not yet. */
  readonly sparkplug: () => Pick<Sparkplug, 'demanded'> | null;
  readonly reload: () => Promise<Reloaded>;
}): ControlActions {
  const { dir, worker, ingest, registry, store, plant, assess, rebuilder, prover, reload } = options;
  return {
    ...assessActions(assess),
    ...rebuildActions(rebuilder),
    ...proofActions(prover),
    reload: () => reload(),
    storage: () => options.storage.read(),
    rebirth(input) {
      const { group, node, by } = rebirthInput.parse(input);
      return options.sparkplug()?.demanded(group, node, by) ?? { outcome: 'unreachable' };
    },
    discovered: () => onWire(ingest.discovered()),
    explain(input) {
      const { topic, payloadBase64, receivedAt } = explainInput.parse(input);
      const { rule, place, observations, refused, corrections, skipped } = ingest.explain({
        topic,
        payload: Buffer.from(payloadBase64, 'base64'),
        ...(receivedAt === undefined ? {} : { receivedAt }),
      });
      return {
        rule,
        place,
        observations: observations.map((one) => ({
          ...one,
          ts: new Date(one.ts).toISOString(),
          ...(one.sourceTs === undefined ? {} : { sourceTs: new Date(one.sourceTs).toISOString() }),
          value: typeof one.value === 'bigint' ? String(one.value) : one.value,
          ...(typeof one.value === 'bigint' ? { int64: true } : {}),
        })),
        refused,
        corrections: corrections.map((one) => ({
          ...one,
          rule: one.words.en,
          ts: new Date(one.ts).toISOString(),
        })),
        skipped,
        notes: hearingNotes(plant, observations),
      };
    },
    sources: () => ingest.sources(),
    replay(input) {
      const selection = replayInput.parse(input);
      if ('ids' in selection) return ingest.replay(selection);
      const { code, topic } = selection;
      return ingest.replay({ ...(code ? { code: code as RefusalCode } : {}), ...(topic ? { topic } : {}) });
    },
    async backup(input) {
      const { folder } = backupInput.parse(input);
      // All that was acknowledged before the backup began is in the store then; what comes later isn't part of it.
      using idle = await withinBackupTime(
        Promise.all([drainOthers(dir, worker), ingest.drained()]).then(([others]) => others),
      );
      const { journals } = idle;
      await backUpPlatform({ dataDir: dir, folder, registry, store, atRest: false, journals });
      return { folder };
    },
    async drain() {
      await ingest.drained();
      return {};
    },
  };
}

const BACKUP_DRAIN_MS = 60_000;

async function withinBackupTime<T>(drained: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const message =
    'the store does not take what is spooled, so the backup would lack it; bring the store back, or stop the platform and back up at rest';
  const timer = setTimeout(() => reject(new Error(message)), BACKUP_DRAIN_MS);
  try {
    return await Promise.race([drained, promise]);
  } finally {
    clearTimeout(timer);
  }
}
