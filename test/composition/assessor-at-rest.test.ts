import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAssessor } from '../../composition/assessor-at-rest.ts';
import { loadConfig } from '../../config.ts';
import { assessmentJson } from '../../domain/assess/json.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openStore } from '../../store/open-store.ts';
import { HAIDA } from '../analysis/assessment/bureau.ts';
import { DAY, HOUR, IMM_1 } from '../analysis/plants.ts';
import { tempDir } from '../registry/open.ts';

/** Midnight in Shanghai, some days ago: observations of long ago are not kept. */
const FROM = Math.floor(Date.now() / DAY) * DAY - 4 * DAY - 8 * HOUR;

/** A data folder whose machine was heard for a day, and of which nothing is recorded yet. */
async function folderAtRest() {
  const dir = tempDir();
  const environment = {
    KAIDONG__DATA__DIR: dir,
    KAIDONG__SITES: JSON.stringify([{ path: 'acme/zhoushan' }]),
    KAIDONG__MACHINES: JSON.stringify([{ path: IMM_1 }]),
  };
  using registry = openRegistry({ dir });
  registry.pilots.put([HAIDA]);
  await using store = await openStore({ ...loadConfig({ environment }).store, dir: join(dir, 'store') });
  const reading = { machine: IMM_1, signals: ['state'] };
  await store.write([
    { ...reading, ts: FROM, values: ['running'] },
    { ...reading, ts: FROM + HOUR, values: ['down'] },
  ]);
  return { dir, environment };
}

const assess = async (environment: Record<string, string>, signal: AbortSignal) => {
  await using assessor = await openAssessor(loadConfig({ environment }));
  return await assessor.assess({ pilot: 'haida', rubric: 'utilisation', from: FROM, to: FROM + DAY }, signal);
};

test('a revision that a report pins is remembered for whoever comes after', async ({ signal }) => {
  const { dir, environment } = await folderAtRest();
  await assess(environment, signal);
  using registry = openRegistry({ dir });
  expect(registry.servedCells.of(IMM_1).size).toBeGreaterThan(0);
});

test('the limits of the configuration are those that a report is made with, and keeps', async ({
  signal,
}) => {
  const { environment } = await folderAtRest();
  const settings = { networkedShare: 0.5, discrepancyAbove: 0.1, smallestPeerGroup: 5 };
  const limits = {
    KAIDONG__ASSESS__NETWORKED_SHARE: '0.5',
    KAIDONG__ASSESS__DISCREPANCY_ABOVE: '0.1',
    KAIDONG__ASSESS__SMALLEST_PEER_GROUP: '5',
  };
  const { report } = await assess({ ...environment, ...limits }, signal);
  expect(assessmentJson.parse(report).evidence.settings).toEqual(settings);
});
