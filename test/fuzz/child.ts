import { join } from 'node:path';
import { emptyBooks, imbalance } from '../../domain/books.ts';
import { createIngest } from '../../ingest/create-ingest.ts';
import { NO_MAPPING } from '../../ingest/route.ts';
import { createSparkplugHost } from '../../ingest/sparkplug/host.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openStore } from '../../store/open-store.ts';
import { rulesOf } from '../ingest/rules.ts';
import { seedsOf } from './corpus.ts';
import { diceOf } from './mutate/dice.ts';
import { type Format, mutated } from './mutate/index.ts';
import { RULES } from './rules.ts';

/**
 * Hands so many mutated messages of a format to the real ingest with registry and store on disk, in a process of its own with
 * --expose-gc. Prints one line of JSON. Arguments: folder, format, how many, seed.
 */
const [dir, format, countText, seed] = process.argv.slice(2) as [string, Format, string, string];
const count = Number(countText);
/** Messages under way. */
const IN_FLIGHT = 500;
/** Looks at the heap over a run, after it was collected. */
const LOOKS = 20;

/** What went wrong in ingest itself, each once. */
const failures = new Set<string>();
const registry = openRegistry({ dir });
const store = await openStore({ kind: 'embedded', dir: join(dir, 'store') } as Parameters<
  typeof openStore
>[0]);
const ingest = await createIngest({
  dataDir: dir,
  store,
  quarantine: registry.quarantine,
  catalogue: registry.signalCatalogue,
  lateMarks: registry.ledgerMarks,
  now: Date.now,
  spoolMaxBytes: 1e9,
  maxPayloadBytes: 32_768,
  tsAheadMs: 300_000,
  // What may grow with the names that mutation makes up is bounded soon, so that a leak shows against it.
  caps: { maxMachines: 50, maxSignalsPerMachine: 20 },
  dedupBytes: 1 << 20,
  // And what is forgotten all at once when there is much of it is forgotten often: else the heap goes up for a third of a run, and down.
  remembered: 500,
  segmentBytes: 1 << 20,
  mapping: { ...NO_MAPPING, rules: rulesOf(RULES) },
  log(event, fields) {
    if (event === 'ingest-defect') failures.add(String(fields?.stack));
  },
});
const host = createSparkplugHost({
  hostId: undefined,
  groups: [],
  intake: ingest,
  reorderTimeoutMs: 5,
  rebirthIntervalMs: 10_000,
  now: Date.now,
  log: () => {},
});
ingest.onSparkplug({
  unreadable: ({ group, node }, why) => host.unreadable(group, node, why),
  nodeBorn: ({ group, node }) => host.nodeBorn(group, node),
});
const seat = host.join();
seat.publishBy(async () => {});
const intake = format === 'sparkplug' ? seat.intake : ingest;

const seeds = seedsOf(format);
const dice = diceOf(seed, format);
let open = 0;
let wake: (() => void) | null = null;
const below = async (most: number): Promise<void> => {
  while (open > most) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
};
const imbalances: string[] = [];
const check = (sent: number): void => {
  const { messages, observations, sources } = ingest.books();
  const sum = emptyBooks();
  for (const source of sources) {
    for (const name of Object.keys(sum.messages) as (keyof typeof sum.messages)[])
      sum.messages[name] += source.messages[name];
  }
  if (imbalance(messages) !== 0 || imbalance(observations) !== 0) imbalances.push(`after ${sent}: the fates`);
  if (sum.messages.received !== messages.received) imbalances.push(`after ${sent}: the sources`);
};

const heapsMb: number[] = [];
const everyLook = Math.ceil(count / LOOKS);
for (let sent = 0; sent < count; ) {
  const { topic, payload } = mutated(format, seeds, dice);
  open++;
  sent++;
  intake.accept(
    { topic, payload, receivedAt: Date.now(), retain: dice.chance(0.01), delivery: null },
    (error) => {
      open--;
      if (error) failures.add(error.message);
      if (wake) wake();
    },
  );
  if (sent % 50 === 0) ingest.explain({ topic, payload });
  if (sent % 1000 === 0) check(sent);
  if (open >= IN_FLIGHT) await below(IN_FLIGHT / 2);
  if (sent % everyLook === 0) {
    await below(0);
    await ingest.drained();
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc?.();
    }
    const { heapUsed, external } = process.memoryUsage();
    heapsMb.push(Math.round(((heapUsed + external) / 2 ** 20) * 10) / 10);
  }
}
await below(0);
await ingest.drained();
check(count);
const { messages, observations, sources } = ingest.books();
const codes = new Set<string>();
for (let cursor: number | null = null; ; ) {
  const page = ingest.refused({ limit: 1000, bodyBytes: 0, ...(cursor === null ? {} : { cursor }) });
  for (const { code } of page.items) codes.add(code);
  cursor = page.next;
  if (cursor === null || codes.size > 50) break;
}
const cpu = process.cpuUsage();
await ingest[Symbol.asyncDispose]();
await store[Symbol.asyncDispose]();
registry[Symbol.dispose]();
console.log(
  JSON.stringify({
    messages,
    observations,
    sources: sources.length,
    failures: [...failures].slice(0, 10),
    imbalances,
    codes: [...codes].sort(),
    heapsMb,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }),
);
process.exit(0);
