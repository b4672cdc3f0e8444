import { openEmbeddedStore } from '../../store/embedded/open.ts';

/**
 * The process that a test kills: writes numbered batches for ever and says on stdout, after each, how many are durable.
 * Arguments: folder, number of the first batch.
 */
const [dir, first] = process.argv.slice(2) as [string, string];

const store = await openEmbeddedStore({ dir, threads: 1 });
for (let batch = Number(first); ; batch++) {
  const readings = Array.from({ length: 40 }, (_, n) => ({
    machine: `acme/site/area/line/m${n % 4}`,
    ts: Date.UTC(2026, 2, 2) + batch * 1000 + n,
    signals: ['state', 'count', 'total', 'door'],
    values: [`state ${batch}`, batch, BigInt(batch), batch % 2 === 0],
  }));
  await store.write(readings, { segment: 1, offset: batch });
  process.stdout.write(`${batch}\n`);
}
