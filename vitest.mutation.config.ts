import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type PoolOptions, type TestSpecification, type Vite } from 'vitest/node';
import { KeptThread } from './test/setup/kept-thread.ts';
import domain from './vitest.domain.config.ts';

/** What reads a folder of cases, and what draws hundreds. */
const LONG = [/(scenarios|golden|examples)\.test\.ts$/, /\.property\.test\.ts$/];

/** Short tests first: mostly one of them kills the mutant, in a hundredth of the time. */
class ShortFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => LONG.findIndex((long) => long.test(moduleId));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Stryker names a pool itself, so another one has to be put in its place afterwards. */
const keptThread: Vite.Plugin = {
  name: 'kept-thread',
  configureVitest({ project }) {
    if (process.env.STRYKER_MUTATOR_WORKER === undefined) return;
    const pool = 'kept-thread';
    const createPoolWorker = (options: PoolOptions) => new KeptThread(options);
    Object.assign(project.config, { pool, poolRunner: { name: pool, createPoolWorker } });
  },
};

/** What mutation testing runs: the same tests, each property for a short time, in one thread and with modules loaded once. */
export default mergeConfig(domain, {
  plugins: [keptThread],
  test: {
    isolate: false,
    setupFiles: ['test/setup/no-mutant-while-loading.ts'],
    sequence: { sequencer: ShortFirst },
    env: { KAIDONG_TEST_PROPERTY_MS: '200' },
  },
});
