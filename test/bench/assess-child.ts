import { createAssessmentDesk } from '../../analysis/assessment/desk.ts';
import { createPilotsDesk } from '../../analysis/assessment/pilots-desk.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Reading } from '../../domain/observation.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { type AssessPlan, endOf, FROM, machinesOf, pilotsOf, plantOf, rubricOf } from './assess-plan.ts';

/*
 * A process of its own for each part of the benchmark, so that the memory of one isn't counted with another's. Takes
 * `{part, dir, plan}` as its argument, prints its figures as JSON.
 */
const DAY_MS = 86_400_000;
const STATES = ['running', 'idle', 'running', 'down', 'running', 'blocked', 'setup'] as const;
const BATCH = 10_000;

const { part, dir, plan } = JSON.parse(process.argv[2] ?? '{}') as {
  part: 'prepare' | 'assess';
  dir: string;
  plan: AssessPlan;
};
console.log(JSON.stringify(part === 'prepare' ? await prepare() : await assess()));

/** Writes the machines' reports, two in seven states a stop with a reason, and records the ledger. */
async function prepare(): Promise<object> {
  await using store = await openEmbeddedStore({ dir });
  const every = Math.floor(DAY_MS / plan.changesPerDay);
  const paths = pilotsOf(plan).flatMap((_, pilot) => machinesOf(plan, pilot));
  let batch: Reading[] = [];
  for (let change = 0; change < plan.days * plan.changesPerDay; change++) {
    for (const [index, machine] of paths.entries()) {
      const ts = FROM + change * every + ((index * 7919 + change * 104_729) % every);
      const state = STATES[(change + index) % STATES.length] as string;
      const stops = state === 'down' || state === 'blocked';
      batch.push({
        ...{ machine, ts, signals: stops ? ['state', 'count', 'reason'] : ['state', 'count'] },
        values: stops ? [state, change * 3, `r${change % 9}`] : [state, change * 3],
      });
      if (batch.length < BATCH) continue;
      await store.write(batch);
      batch = [];
    }
  }
  await store.write(batch);
  using registry = openRegistry({ dir });
  registry.pilots.put(pilotsOf(plan));
  await using analysis = createAnalysis({
    ...{ store, plant: plantOf(plan), ledgerMarks: registry.ledgerMarks },
    dayTallies: registry.dayTallies,
    streamPrints: registry.streamPrints,
    keptChecks: registry.keptChecks,
    now: () => endOf(plan) + DAY_MS,
  });
  return { cells: await analysis.record() };
}

/** Assesses every pilot, one after another. */
async function assess(): Promise<object> {
  await using store = await openEmbeddedStore({ dir });
  using registry = openRegistry({ dir });
  const now = () => endOf(plan) + DAY_MS;
  await using analysis = createAnalysis({
    ...{ store, plant: plantOf(plan), ledgerMarks: registry.ledgerMarks, now },
    dayTallies: registry.dayTallies,
    streamPrints: registry.streamPrints,
    keptChecks: registry.keptChecks,
  });
  const desk = createAssessmentDesk({
    pilots: createPilotsDesk({ shelf: registry.pilots, files: [] }),
    rubrics: [rubricOf(plan)],
    shelf: registry.assessments,
    evidence: analysis.evidence,
    now,
  });
  const startMb = process.memoryUsage.rss() / 2 ** 20;
  const began = performance.now();
  let scored = 0;
  for (const { id } of desk.pilots()) {
    const { assessment } = await desk.assess({ pilot: id, rubric: 'bench', from: FROM, to: endOf(plan) });
    scored += assessment.findings.filter(({ outcome }) => outcome === 'scored').length;
  }
  const seconds = (performance.now() - began) / 1000;
  if (scored === 0) throw new Error('nothing was scored: the plan gives no evidence');
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { seconds, startMb, peakMb, scoredEach: scored / plan.pilots };
}
