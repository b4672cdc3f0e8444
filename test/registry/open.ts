import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRegistry, type RegistryOptions } from '../../registry/registry.ts';

/** A folder that goes away with the test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-registry-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A registry that is closed with the test, in a folder of its own unless one is given. */
export function openForTest(options: Partial<RegistryOptions> = {}) {
  const registry = openRegistry({ dir: tempDir(), ...options });
  onTestFinished(() => registry.close());
  return registry;
}
