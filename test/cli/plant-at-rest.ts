import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';

export const HOUR = 3_600_000;
const NAMES = ['a', 'b', 'c', 'd'];

/** A data folder at rest with four pilots, each heard for an hour, two days ago. */
export async function plantAtRest(): Promise<{ readonly dir: string; readonly from: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'kaidong.yaml'), `data: { dir: ${join(dir, 'data')} }\n`);
  mkdirSync(join(dir, 'pilots'));
  const from = Math.floor(Date.now() / HOUR) * HOUR - 48 * HOUR;
  openRegistry({ dir: join(dir, 'data') }).close();
  await using store = await openEmbeddedStore({ dir: join(dir, 'data/store') });
  for (const name of NAMES) {
    const pilot = `{ id: ${name}, enterprise: { name: ${name} }, district: d, industry: ships, processType: discrete,
      programme: digital-workshop, sites: [acme/${name}], simulated: true }`;
    writeFileSync(join(dir, `pilots/${name}.yaml`), pilot);
    const machine = `acme/${name}/a/l/m`;
    await store.write([{ machine, ts: from + 1000, signals: ['state'], values: ['running'] }]);
  }
  return { dir, from };
}
