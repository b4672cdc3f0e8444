import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { openForTest, tempDir } from './open.ts';

const WRITES = 60;

/** Opens the registry that the parent names, and writes to it as ingest and the recorder do. */
const SCRIPT = `
  const [dir, name] = process.argv.slice(1);
  const { openRegistry } = await import(${JSON.stringify(new URL('../../registry/registry.ts', import.meta.url).href)});
  const registry = openRegistry({ dir });
  for (let n = 0; n < ${WRITES}; n++) {
    registry.ledgerMarks.mark([{ machine: name, from: n, to: n }]);
    registry.signalCatalogue.pin([{ machine: 'shared', signal: 's' + n, type: 'double' }]);
    registry.quarantine.put([{ key: name + n, source: 's', topic: 't', receivedAt: n, code: 'not-json', detail: name,
      payload: Buffer.alloc(100), payloadBytes: 100, sha256: '', truncated: false }]);
  }
  registry.close();
`;

function run(dir: string, name: string): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, dir, name], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

test('processes that open a new registry and write at the same time lose nothing', async () => {
  const dir = tempDir();
  const names = ['a', 'b', 'c'];
  expect(await Promise.all(names.map((name) => run(dir, name)))).toEqual([0, 0, 0]);
  const registry = openForTest({ dir });
  expect(registry.ledgerMarks.takeMarks(1000)).toHaveLength(names.length * WRITES);
  expect([...registry.signalCatalogue.load()]).toHaveLength(WRITES);
  expect(registry.quarantine.list({ limit: 1000 }).items).toHaveLength(names.length * WRITES);
  expect(registry.quarantine.bodyBytes()).toBe(names.length * WRITES * 100);
});
