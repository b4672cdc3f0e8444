import { removeEvidence } from '../analysis/assessment/remove-evidence.ts';
import type { Config } from '../config.ts';
import type { Registry } from '../registry/registry.ts';

const DAY_MS = 86_400_000;

/** Removes the evidence that is older than the configuration keeps it. */
export async function removeOldEvidence({
  config,
  registry,
  now = Date.now(),
}: {
  readonly config: { readonly data: Pick<Config['data'], 'evidenceDays'> };
  readonly registry: Pick<Registry, 'assessments'>;
  readonly now?: number;
}): Promise<void> {
  const { evidenceDays } = config.data;
  const keptSince = evidenceDays === null ? null : now - evidenceDays * DAY_MS;
  await removeEvidence({ shelf: registry.assessments, keptSince, now });
}
