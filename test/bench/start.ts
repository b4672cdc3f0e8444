import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { startKaidong } from './measure.ts';

const PATIENCE_MS = 60_000;

/** From the start of `kaidong serve --demo` to the page with live machines in it. */
export const start: Benchmark = {
  id: 'start',
  title: 'From npm start to the first page with live data',
  defaults: {},
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    const began = performance.now();
    try {
      await using platform = await startKaidong(['serve', '--demo'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const ready = performance.now();
      const deadline = began + PATIENCE_MS;
      while (performance.now() < deadline) {
        const page = await fetch(`${platform.ready.http}/`);
        const plant = (await (await fetch(`${platform.ready.http}/api/v1/plant`)).json()) as {
          machines: { lastHeard: string | null }[];
        };
        // A machine whose connection is lost says so: that is live too.
        const known = plant.machines.filter(({ lastHeard }) => lastHeard !== null).length;
        if (page.ok && known > 0 && known === plant.machines.length) {
          return {
            readySeconds: (ready - began) / 1000,
            liveSeconds: (performance.now() - began) / 1000,
            machines: known,
          };
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`not every machine was live within ${PATIENCE_MS / 1000} s`);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
