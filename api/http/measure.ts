import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';
import type { CertificateAnswer, IngestDesk, SourceAnswer } from '../ingest-desk.ts';
import type { LiveHub } from '../live/hub.ts';
import type { StoreLook } from '../store-look.ts';
import { routeOf } from './route-of.ts';

/** Observes how long every answer takes, by route, method and status. Streams are left out: they last as long as their clients. */
export function measureAnswers(registry: Registry): RequestHandler {
  const seconds = new Histogram({
    name: 'kaidong_http_answer_seconds',
    help: 'Time from request to answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return (request, response, next) => {
    const started = performance.now();
    response.once('finish', () => {
      const route = routeOf(response)?.id ?? 'other';
      if (route === 'live') return;
      const labels = { route, method: request.method, status: response.statusCode };
      seconds.observe(labels, (performance.now() - started) / 1000);
    });
    next();
  };
}

/** Puts the gauges that are read when `/metrics` is asked for: the books, the store, the live clients, the process. */
export function registerGauges(
  registry: Registry,
  sources: {
    readonly desk: IngestDesk | null;
    readonly live: Pick<LiveHub, 'clients'>;
    readonly lookIntoStore: StoreLook;
    readonly certificates: () => readonly CertificateAnswer[];
    readonly now: () => number;
  },
): void {
  const { desk, live, lookIntoStore, certificates, now } = sources;
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'kaidong_live_clients',
    help: 'Open /live streams',
    registers,
    collect() {
      this.set(live.clients);
    },
  });
  new Gauge({
    name: 'kaidong_store_up',
    help: '1 where stored facts can be read',
    registers,
    async collect() {
      const { is } = await lookIntoStore();
      this.set(is === 'away' ? 0 : 1);
    },
  });
  new Gauge({
    name: 'kaidong_certificate_expires_seconds',
    help: 'Seconds until a certificate ends; negative: since it has ended',
    labelNames: ['which'],
    registers,
    collect() {
      this.reset();
      for (const { which, expiresAt } of certificates()) this.set({ which }, (expiresAt - now()) / 1000);
    },
  });
  if (!desk) return;
  if (desk.spoolBytes) {
    new Gauge({
      name: 'kaidong_spool_bytes',
      help: 'Bytes on disk that wait for the store',
      registers,
      collect() {
        this.set(desk.spoolBytes?.() ?? 0);
      },
    });
  }
  new Gauge({
    name: 'kaidong_corrections_total',
    help: 'What happened to values, since the data folder was made',
    labelNames: ['kind', 'action'],
    registers,
    collect() {
      this.reset();
      for (const { kind, action, count } of desk.correctionCounts()) this.set({ kind, action }, count);
    },
  });
  registerSources(registry, desk);
  registerWorkers(registry, desk);
  for (const kind of ['messages', 'observations'] as const) {
    registerBooks({ registry, kind, desk });
  }
}

/** How many sources there are and how they stand; those that are out of the ordinary by name, so that names stay few. */
function registerSources(registry: Registry, desk: IngestDesk): void {
  const registers = [registry];
  let asking: Promise<readonly SourceAnswer[]> | null = null;
  async function ask(): Promise<readonly SourceAnswer[]> {
    try {
      return (await desk.sources()).sources;
    } catch {
      return []; // ingest runs elsewhere, and doesn't answer; its books tell
    } finally {
      asking = null;
    }
  }
  /** The gauges are read together, and ask once. */
  const standing = (): Promise<readonly SourceAnswer[]> => {
    asking ??= ask();
    return asking;
  };
  new Gauge({
    name: 'kaidong_sources',
    help: 'Sources with books, those that flood, and those whose clock is off',
    labelNames: ['which'],
    registers,
    async collect() {
      const sources = await standing();
      this.set({ which: 'all' }, sources.length);
      this.set({ which: 'flooding' }, sources.filter(({ flooding }) => flooding).length);
      this.set({ which: 'clock-off' }, sources.filter(({ clock }) => clock.isOff).length);
    },
  });
  new Gauge({
    name: 'kaidong_source_flood_messages_per_second',
    help: 'Messages a second of each source that floods',
    labelNames: ['source'],
    registers,
    async collect() {
      const floods = (await standing()).filter(({ flooding }) => flooding);
      this.reset();
      for (const { source, perSecond } of floods.slice(0, MOST_NAMED)) this.set({ source }, perSecond ?? 0);
    },
  });
  new Gauge({
    name: 'kaidong_source_clock_ahead_seconds',
    help: 'How far the clock of each flagged source is ahead; negative: behind',
    labelNames: ['source'],
    registers,
    async collect() {
      const off = (await standing()).filter(({ clock }) => clock.isOff);
      this.reset();
      for (const { source, clock } of off.slice(0, MOST_NAMED)) {
        if (clock.state === 'measured') this.set({ source }, clock.aheadMs / 1000);
      }
    },
  });
}

/** Sources named in metrics. */
const MOST_NAMED = 100;

/** Fates that a message leaves again: they rise and fall, so they are gauges. */
const PASSING = new Set(['spooled', 'inFlight']);

function registerBooks(options: {
  registry: Registry;
  kind: 'messages' | 'observations';
  desk: IngestDesk;
}): void {
  const { registry, kind, desk } = options;
  const registers = [registry];
  new Counter({
    name: `kaidong_${kind}_total`,
    help: `Books of ${kind}: received, and every final fate`,
    labelNames: ['fate'],
    registers,
    collect() {
      this.reset();
      for (const [fate, count] of Object.entries(desk.books()[kind])) {
        if (!PASSING.has(fate)) this.inc({ fate }, count);
      }
    },
  });
  new Gauge({
    name: `kaidong_${kind}_waiting`,
    help: `Books of ${kind}: spooled and in flight`,
    labelNames: ['fate'],
    registers,
    collect() {
      for (const [fate, count] of Object.entries(desk.books()[kind])) {
        if (PASSING.has(fate)) this.set({ fate }, count);
      }
    },
  });
}

/** Nothing is shown of these where one ingest works alone. */
function registerWorkers(registry: Registry, desk: IngestDesk): void {
  const registers = [registry];
  const labelNames = ['worker'];
  new Gauge({
    name: 'kaidong_worker_up',
    help: '1 where the ingest worker publishes its books; while it is 0, the broker keeps its share of the messages',
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const { worker, running, leftAt } of desk.books().workers ?? []) {
        if (leftAt === null) this.set({ worker }, Number(running));
      }
    },
  });
  new Gauge({
    name: 'kaidong_worker_spool_bytes',
    help: 'Bytes on disk of an ingest worker that wait for the store',
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const { worker, spoolBytes } of desk.books().workers ?? []) this.set({ worker }, spoolBytes);
    },
  });
}
