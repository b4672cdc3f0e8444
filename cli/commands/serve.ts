import { join } from 'node:path';
import type { AssessmentDesk } from '../../analysis/assessment/port.ts';
import { demoAssessments, registerDemo } from '../../composition/demo-assessments.ts';
import type { Floor } from '../../composition/demo-floor.ts';
import { demoPeople } from '../../composition/demo-people.ts';
import { plantOf } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import type { Config } from '../../config.ts';
import type { Platform } from '../../main.ts';
import { type DemoOptions, demo } from '../../simulators/demo/demo.ts';
import { demoPlant } from '../../simulators/demo/plant.ts';
import { openTold, type Told } from '../../simulators/demo/told.ts';
import type { Command, Invocation } from '../command.ts';
import { runService, SERVICE_OPTIONS } from '../service.ts';

const SEED = 1;
const SAY_EVERY_MS = 5_000;

export const serve: Command = {
  id: 'serve',
  watchesSignal: true,
  summary: 'Runs everything in one process: ingest, recorder, API and page.',
  options: {
    ...SERVICE_OPTIONS,
    demo: { type: 'boolean', help: 'with six simulated pilots; their data goes to data.dir/demo' },
  },
  async run(invocation) {
    if (invocation.values.demo !== true) return runService(invocation, 'serve');
    const stop = new AbortController();
    let playing: Promise<void> | undefined;
    try {
      return await runService(invocation, 'serve', {
        config: withDemoPlant,
        ready: (platform, config) => {
          playing = play({ invocation, platform, config, signal: stop.signal });
        },
        draining: async () => {
          stop.abort();
          await playing;
        },
      });
    } finally {
      stop.abort();
    }
  },
};

/** The demo's sites and machines beside those that are declared, and a data folder of its own. */
function withDemoPlant(config: Config): Config {
  const { sites, machines } = plantOf(configSchema.parse(demoPlant().config)).plant;
  const plant = {
    ...config.plant,
    sites: [...config.plant.sites, ...sites],
    machines: [...config.plant.machines, ...machines],
  };
  return { ...config, plant, data: { ...config.data, dir: join(config.data.dir, 'demo') } };
}

/** How the demo's machines reach the broker. The embedded one is this process: its certificate needs no check. */
function publishingOf(platform: Platform, { mqtt, broker }: Config): DemoOptions['broker'] {
  const { username, password, tls } = mqtt.url ? mqtt : { ...broker, tls: { rejectUnauthorized: false } };
  return { url: mqtt.url ?? (platform.mqtt as string), username, password, tls };
}

/** What history was told to: another store knows nothing of it. */
const subjectOf = ({ store: { kind, url, database, org, bucket } }: Config): string =>
  JSON.stringify({ seed: SEED, kind, url, database, org, bucket });

async function play({
  invocation,
  platform,
  config,
  signal,
}: {
  readonly invocation: Invocation;
  readonly platform: Platform;
  readonly config: Config;
  readonly signal: AbortSignal;
}): Promise<void> {
  const say = (line: string): void => {
    if (invocation.values.json !== true) invocation.print(line);
  };
  const unless = (error: unknown): void => {
    if (!signal.aborted) invocation.report(`demo: ${(error as Error).message}`);
  };
  const desk = platform.assess as AssessmentDesk;
  const { pilots, machines } = demoPlant();
  const floor = platform.floor as Floor;
  const subject = subjectOf(config);
  const told = (name: string): Told => openTold(join(config.data.dir, `${name}.json`), subject);
  const people = demoPeople({ floor, machines, seed: SEED, said: told('demo-said'), signal, unless });
  const assess = async (): Promise<void> => {
    await platform.settled();
    const failed = (pilot: string, rubric: string, error: Error): void =>
      unless(new Error(`${pilot} could not be assessed under ${rubric}: ${error.message}`));
    const made = await demoAssessments({ desk, pilots, now: Date.now(), signal, failed });
    if (made > 0) say(`demo history is complete, and ${made} assessments are made of it`);
  };
  let said = performance.now();
  let assessing: Promise<void> | undefined;
  try {
    registerDemo(desk, pilots);
    await demo({
      broker: publishingOf(platform, config),
      seed: SEED,
      told: told('demo-history'),
      witness: people.witness,
      signal,
      progress: ({ share }) => {
        if (share === 1) assessing = assess().then(people.goOn).catch(unless);
        // A restart has little to tell, and is quiet about it.
        if (performance.now() - said < SAY_EVERY_MS) return;
        said = performance.now();
        say(`demo history: ${Math.floor(share * 100)} %`);
      },
    });
    await assessing;
    await people.settled();
  } catch (error) {
    unless(error);
  }
}
