import type { EpochMs } from '../../domain/time.ts';
import { createBreather } from '../breathe.ts';
import { createArchive } from './archive.ts';
import type { AssessmentShelf } from './port.ts';

const DAY_MS = 86_400_000;

/**
 * Removes the evidence of assessments that were published so long ago, by whole days. What was published is kept first, and
 * that the evidence goes is written down before it does, so that a process which was stopped in between is taken up from there.
 * What can't be read keeps its evidence, and holds up nothing else; rejects with the first such failure at the end.
 */
export async function removeEvidence({
  shelf,
  keptSince,
  now,
}: {
  readonly shelf: AssessmentShelf;
  /** Evidence of what was published since is kept; `null`: all is, but for what was written down before. */
  readonly keptSince: EpochMs | null;
  readonly now: EpochMs;
}): Promise<void> {
  const archive = createArchive(shelf);
  const breathe = createBreather();
  // Of before results were kept: whatever a later version makes of the same evidence, this one stays.
  const failures: unknown[] = [];
  for (const id of shelf.withoutResult()) {
    try {
      shelf.keepResult(id, await archive.resultOf(archive.scored(id)));
    } catch (error) {
      failures.push(error);
    }
    await breathe();
  }
  if (keptSince !== null) {
    shelf.markEvidence({ publishedBefore: Math.floor(keptSince / DAY_MS) * DAY_MS, at: now });
  }
  for (const id of shelf.markedEvidence()) {
    shelf.dropEvidence(id);
    await breathe();
  }
  if (failures.length > 0) throw failures[0];
}
