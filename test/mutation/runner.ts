import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collect, timesReset } from './collected.ts';

/**
 * Runs the tests of `domain/` for Stryker in one process: they are read once, and for each mutant those that reach it are run,
 * the quickest first, until one fails. Nothing in `domain/` lives longer than a call, so that no mutant leaves a trace; what
 * is worked out while modules are read is no mutant here (`ignoreStatic`).
 */
class DomainTests implements TestRunner {
  readonly #tests = new Map<string, CollectedTest>();
  #dry: DryRun = { tookMs: {}, hits: {} };
  readonly #stryker: Instrumented = strykerOfProcess();

  /** Nothing needs to be read anew: a mutant holds while tests run, never while modules are read. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    standIn();
    await import(pathToFileURL(resolve('test/setup/seed.ts')).href);
    for (const file of globSync('test/domain/**/*.test.ts').sort()) {
      for (const one of await collect(file, () => import(pathToFileURL(resolve(file)).href))) {
        this.#tests.set(one.id, one);
      }
    }
    // A process that takes the place of one that hung makes no dry run of its own.
    if (existsSync(DRY_RUN)) this.#dry = JSON.parse(readFileSync(DRY_RUN, 'utf8'));
  }

  async dryRun(): Promise<CompleteDryRunResult> {
    const results: TestResult[] = [];
    for (const one of this.#tests.values()) {
      this.#stryker.currentTestId = one.id;
      const result = await resultOf(one);
      this.#dry.tookMs[one.id] = result.timeSpentMs;
      results.push(result);
    }
    delete this.#stryker.currentTestId;
    const { mutantCoverage = { static: {}, perTest: {} } } = this.#stryker;
    this.#dry.hits = mutantCoverage.perTest;
    writeFileSync(DRY_RUN, JSON.stringify(this.#dry));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async mutantRun({ testFilter, activeMutant: { id: mutant } }: MutantRunOptions): Promise<MutantRunResult> {
    if (!testFilter) throw new Error('run with "ignoreStatic" and "coverageAnalysis": "perTest"');
    const { tookMs, hits } = this.#dry;
    const tests: TestResult[] = [];
    let isEndless = false;
    for (const id of testFilter.toSorted((a, b) => (tookMs[a] ?? 0) - (tookMs[b] ?? 0))) {
      const hitLimit = FEWEST_HITS + MOST_AS_OFTEN * (hits[id]?.[mutant] ?? 0);
      Object.assign(this.#stryker, { activeMutant: mutant, hitCount: 0, hitLimit });
      tests.push(await resultOf(this.#tests.get(id) as CollectedTest));
      isEndless = (this.#stryker.hitCount ?? 0) > hitLimit;
      if (isEndless || tests.at(-1)?.status === TestStatus.Failed) break;
    }
    Object.assign(this.#stryker, { activeMutant: undefined, hitCount: undefined });
    return toMutantRunResult(
      isEndless ? { status: DryRunStatus.Timeout } : { status: DryRunStatus.Complete, tests },
    );
  }
}

/** What a run without mutants showed: how long each test took, and how often it reaches each mutant. */
interface DryRun {
  readonly tookMs: Record<string, number>;
  hits: Record<string, Record<string, number>>;
}

const DRY_RUN = 'dry-run.json';
/** A test that reaches a mutant more often than without it, by far, goes round in circles; instrumented code ends it then. */
const FEWEST_HITS = 10_000;
const MOST_AS_OFTEN = 20;

/** What Stryker's instrumented code reads and writes. */
interface Instrumented {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: NonNullable<CompleteDryRunResult['mutantCoverage']>;
}

declare global {
  var __stryker__: Instrumented | undefined;
}

function strykerOfProcess(): Instrumented {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
}

async function resultOf({ id, run }: CollectedTest): Promise<TestResult> {
  const begin = performance.now();
  const said = () => ({ id, name: id, timeSpentMs: performance.now() - begin });
  try {
    await run();
    return { ...said(), status: TestStatus.Success };
  } catch (error) {
    return { ...said(), status: TestStatus.Failed, failureMessage: String(error) };
  }
}

const STAND_INS = new Map(
  [
    ['vitest', './collected.ts'],
    ['fast-check', './short-properties.ts'],
  ].map(([name = '', file = '']) => [name, new URL(file, import.meta.url).href]),
);

/** Gives tests what stands in for the packages that they are written with, and modules anew where one asks for that. */
function standIn(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const url = STAND_INS.get(specifier);
      if (url && url !== context.parentURL) return { url, shortCircuit: true };
      const found = next(specifier, context);
      const again = timesReset();
      return again > 0 && found.url.includes('/domain/') ? { ...found, url: `${found.url}?${again}` } : found;
    },
  });
}

const domainTests = Object.assign((): TestRunner => new DomainTests(), { inject: [] as [] });

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'domain-tests', domainTests)];
