import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssessmentDesk } from '../../analysis/assessment/port.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openBureau } from '../analysis/assessment/bureau.ts';

/** A real desk with one pilot, on a registry of its own. */
export async function openAssessBureau(): Promise<AsyncDisposable & { readonly desk: AssessmentDesk }> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-api-'));
  const registry = openRegistry({ dir });
  const { desk, town } = await openBureau(registry);
  return {
    desk,
    async [Symbol.asyncDispose]() {
      await town.analysis[Symbol.asyncDispose]();
      registry.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
