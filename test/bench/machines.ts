import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Benchmark } from './index.ts';
import { cpuSeconds, mainThreadSeconds, memoryMb, startKaidong, storedAll } from './measure.ts';
import { publishLoad, spanOf } from './publish.ts';

/**
 * The warm-up: so many messages of each machine, as many in all where machines are few. Then names, tables and compiled code are
 * there before the clock runs, and the memory for duplicates is as large as it gets; what a first meeting costs, and growing, is
 * told apart.
 */
const WARM_EACH = 40;
const WARM_AT_LEAST = 400_000;
/** The ledger's recorder meets new machines in its next round; that is over then. */
const RECORDER_MS = 12_000;
/** How long the processor time of a platform is looked at to which nothing is sent. */
const STANDING_MS = 10_000;
/** What was acknowledged last is stored by then, so that the books, which cost more than many messages, are asked for once. */
const STORED_MS = 500;
/** So long ago are the first source times; each next one of a machine is a millisecond later. */
const SINCE_MS = 210_000;

/**
 * The same number of messages from few machines and from many, each on a platform of its own, in turn: what a message costs must
 * not grow with the number of machines. Measured is the steady state, when each machine was met; told apart are what the first
 * messages cost, and what machines cost by the second that send nothing.
 *
 * So many messages are measured that what comes by the hundred thousand comes several times: V8 collects its old objects, with ten
 * thousand machines less often and longer, and a segment of the journal ends. Of 300,000, as it was, a run had none or two of them.
 */
export const machines: Benchmark = {
  id: 'machines',
  title: 'What a message costs with few machines and with many (embedded broker and store)',
  defaults: { few: 10, many: 10_000, messages: 1_200_000, connections: 8, window: 500 },
  async run({ few = 0, many = 0, messages = 0, connections = 0, window = 0 }) {
    const load = loadavg()[0] as number;
    const size = { messages, connections, window };
    // Who goes first alternates, so that a host which grows busier favours neither.
    const first = pairs++ % 2 === 0 ? few : many;
    const one = await costOf({ ...size, machines: first });
    const other = await costOf({ ...size, machines: first === few ? many : few });
    const [small, large] = first === few ? [one, other] : [other, one];
    return {
      ratio: large.microseconds / small.microseconds,
      fewMicroseconds: small.microseconds,
      manyMicroseconds: large.microseconds,
      fewMainThreadMicroseconds: small.mainThreadMicroseconds,
      manyMainThreadMicroseconds: large.mainThreadMicroseconds,
      fewRssPeakMb: small.rssPeakMb,
      manyRssPeakMb: large.rssPeakMb,
      manyFirstMeetingMicroseconds: large.meetingMicroseconds,
      manyStandingMsPerSecond: large.standingMsPerSecond,
      load,
    };
  },
};

let pairs = 0;

interface Size {
  readonly machines: number;
  readonly messages: number;
  readonly connections: number;
  readonly window: number;
}

/** Processor time per message, from the publisher's first byte until all is in the store. */
async function costOf({ machines: count, messages, connections, window }: Size) {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
  try {
    await using platform = await startKaidong(['serve'], {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    const { hostname: host, port } = new URL(platform.ready.mqtt as string);
    const warm = Math.max(WARM_EACH * count, WARM_AT_LEAST);
    // Present times: an hour that is over would be accounted meanwhile, which costs by the machine and not by the message.
    const from = Date.now() - SINCE_MS;
    let sent = 0;
    const now = () => ({ all: cpuSeconds(platform.pid), main: mainThreadSeconds(platform.pid) });
    const publish = async (amount: number, since: number) => {
      const before = now();
      let after = before;
      const load = { host, port: Number(port), machines: count, messages: amount, connections, window };
      await publishLoad({ ...load, from: since });
      sent += amount;
      await delay(STORED_MS);
      const beforeAsking = (): void => {
        after = now();
      };
      const stored = await storedAll(platform, { everyMs: STORED_MS, beforeAsking });
      // Duplicates are cheaper.
      if (stored !== sent) throw new Error(`${stored} of ${sent} messages are stored`);
      return {
        microseconds: ((after.all - before.all) / amount) * 1e6,
        mainThreadMicroseconds: ((after.main - before.main) / amount) * 1e6,
      };
    };
    const { microseconds: meetingMicroseconds } = await publish(warm, from);
    await delay(RECORDER_MS);
    const before = cpuSeconds(platform.pid);
    await delay(STANDING_MS);
    const standingMsPerSecond = ((cpuSeconds(platform.pid) - before) / STANDING_MS) * 1e6;
    const measured = await publish(messages, from + spanOf({ machines: count, messages: warm, connections }));
    return {
      ...measured,
      meetingMicroseconds,
      standingMsPerSecond,
      rssPeakMb: Math.round(memoryMb(platform.pid).peak),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
