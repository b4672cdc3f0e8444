import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { TimeClass } from '../../domain/ledger-row.ts';
import type { State } from '../../domain/state.ts';
import type { Span } from '../../domain/time.ts';
import { parseConfig } from '../../simulators/plant-config.ts';
import { simulate } from '../../simulators/simulate.ts';
import { readTruth } from '../../simulators/truth/file.ts';
import { ledgerOfTruth } from '../../simulators/verify/ledger.ts';
import { startKaidong } from '../bench/measure.ts';

const HOUR_MS = 3_600_000;

/** What a machine's time of one class, state and reason came to, by the simulator's own account. */
export interface TruePart {
  readonly machine: string;
  readonly class: TimeClass;
  readonly state: State;
  readonly reason: string | null;
  ms: number;
  stops: number;
}

export interface SimulatedPlant extends AsyncDisposable {
  readonly http: string;
  readonly mqtt: string;
  readonly machines: readonly string[];
  /** The production day before the present one. */
  readonly yesterday: Span & { readonly day: string };
  /** By machine and part, of yesterday. */
  readonly truth: readonly TruePart[];
}

/** The platform as it is started, fed by the simulator with two days and a bit up to now, and what the simulator knows. */
export async function startSimulatedPlant({
  machines,
  seed,
}: {
  machines: number;
  seed: number;
}): Promise<SimulatedPlant> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-losses-'));
  const files = { configOut: join(dir, 'plant.yaml'), truth: join(dir, 'truth.jsonl') };
  const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 56 * HOUR_MS;
  // Around the clock: on a Monday, too, there is a yesterday in which something was lost.
  const span = { start, forMs: 56 * HOUR_MS, speed: 'max' } as const;
  const options = { machines, seed, calendar: 'continuous', ...span } as const;
  await simulate({ ...options, ...files });
  const config = parseConfig(readFileSync(files.configOut, 'utf8'), files.configOut);
  const platform = await startKaidong(['serve', '--config', files.configOut], {
    KAIDONG__DATA__DIR: join(dir, 'data'),
    KAIDONG__HTTP__PORT: '0',
    KAIDONG__BROKER__PORT: '0',
  });
  const [http, url] = [platform.ready.http as string, platform.ready.mqtt as string];

  // The reasons aren't in the truth's file: they are noted as they are said, from the broker itself.
  const said = new Map<string, { ts: number; state: State; reason: string | null }[]>();
  const client = await mqtt.connectAsync(url);
  client.on('message', (topic, payload) => {
    const { ts, state, reason = null } = JSON.parse(payload.toString('utf8'));
    const machine = topic.slice('kaidong/v1/'.length);
    const words = said.get(machine) ?? [];
    said.set(machine, words);
    words.push({ ts, state, reason });
  });
  await client.subscribeAsync('kaidong/v1/#', { qos: 1 });
  await simulate({ ...options, truth: files.truth, mqtt: { url } });
  await client.endAsync();

  const answer = await fetch(
    `${http}/api/v1/ledger?from=${start}&to=${Date.now()}&by=day&scope=${encodeURIComponent(config.machines[0]?.path ?? '')}`,
  );
  const { rows } = (await answer.json()) as { rows: { key: { day: string }; from: string; to: string }[] };
  const row = rows.at(-2);
  if (!row) throw new Error('the simulated time holds no whole production day');
  const yesterday = { day: row.key.day, from: Date.parse(row.from), to: Date.parse(row.to) };

  const parts: TruePart[] = [];
  for (const [path, truth] of await readTruth(files.truth)) {
    const machine = config.machines.find((one) => one.path === path);
    if (!machine) throw new Error(`${path} is in the truth, and not in the configuration`);
    const site = config.sites.find((one) => path.startsWith(`${one.path}/`));
    const words = said.get(path) ?? [];
    words.sort((a, b) => a.ts - b.ts);
    for (const interval of truth.intervals) {
      for (const { reason, ...spoken } of byReason(interval, words)) {
        const span = { from: Math.max(spoken.from, yesterday.from), to: Math.min(spoken.to, yesterday.to) };
        if (span.from >= span.to) continue;
        // As the platform judges it: a stop that began as one thing and went on as another is one stop.
        const { ms } = ledgerOfTruth({ truth, machine, site, ...span, asOf: start + options.forMs }).whole;
        for (const [name, time] of Object.entries(ms) as [TimeClass, number][]) {
          if (time > 0) add(parts, { machine: path, class: name, state: interval.state, reason }, time);
        }
      }
    }
  }
  return {
    http,
    mqtt: url,
    machines: config.machines.map(({ path }) => path),
    yesterday,
    truth: parts,
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** An interval by what was said of it: one alarm may follow another while a machine stays down. */
function byReason(
  { from, to }: Span,
  words: readonly { ts: number; reason: string | null }[],
): (Span & { reason: string | null })[] {
  const first = { ts: from, reason: words.findLast(({ ts }) => ts <= from)?.reason ?? null };
  const said = [first, ...words.filter(({ ts }) => ts > from && ts < to)];
  const changes = said.filter(({ reason }, place) => place === 0 || reason !== said[place - 1]?.reason);
  return changes.map(({ ts, reason }, place) => ({ from: ts, to: changes[place + 1]?.ts ?? to, reason }));
}

function add(parts: TruePart[], part: Omit<TruePart, 'ms' | 'stops'>, ms: number): void {
  const known = parts.find(
    (one) =>
      one.machine === part.machine &&
      one.class === part.class &&
      one.state === part.state &&
      one.reason === part.reason,
  );
  if (known) {
    known.ms += ms;
    known.stops++;
  } else parts.push({ ...part, ms, stops: 1 });
}
