import { join, resolve } from 'node:path';
import { createCertificates } from './access/certificates.ts';
import type { AssessmentDesk } from './analysis/assessment/port.ts';
import type { Prover } from './analysis/proof.ts';
import type { Rebuilder } from './analysis/rebuild.ts';
import { refuseOpenBroker, tokenCheckOf } from './composition/access.ts';
import { createBoard } from './composition/board.ts';
import { clocksOf } from './composition/clocks-of.ts';
import { controlActions } from './composition/control-actions.ts';
import type { Floor } from './composition/demo-floor.ts';
import { type Edge, type Leaving, openEdge } from './composition/edge.ts';
import { ingestLog } from './composition/ingest-log.ts';
import { readingOf } from './composition/mapping.ts';
import { assessmentPoster, bookPoster, machinePoster, shiftPoster } from './composition/posters.ts';
import { readinessOf } from './composition/readiness.ts';
import { openRecorderControl, RECORDER_LOCK } from './composition/rebuilder.ts';
import { recordingLog, removalLog } from './composition/recording-log.ts';
import { createReload, type Reloaded } from './composition/reload.ts';
import { createSparkplug, type Sparkplug } from './composition/sparkplug.ts';
import { createStorage } from './composition/storage.ts';
import { holdPlace, placeOf, sharedWorkOf, takeSparkplug } from './composition/worker.ts';
import { notesOnHolidays } from './config/holidays/notes.ts';
import { notesOn } from './config/notes.ts';
import type { Config } from './config.ts';
import { createIngest, type Ingest } from './ingest/create-ingest.ts';
import { machineOfRules } from './ingest/sparkplug/names.ts';
import { openControl } from './operation/control.ts';
import { refuseDataFolder } from './operation/data-folder.ts';
import { holdLock } from './operation/lock.ts';
import type { Log } from './operation/log.ts';
import { repeat } from './operation/repeat.ts';
import { openRegistry } from './registry/registry.ts';
import { openStore } from './store/open-store.ts';

/** `serve` is everything in one process; the others are its parts, each as a process of its own. */
export type Role = 'serve' | 'ingest' | 'analysis' | 'api';

export interface Platform extends AsyncDisposable {
  /** Where the page and the API are; `null`: this role has none. */
  readonly http: string | null;
  /** Where machines publish; `null`: this role takes nothing. */
  readonly mqtt: string | null;
  /** What a person who starts it should know, e.g. that another port was taken. */
  readonly notes: readonly string[];
  readonly ingest: Ingest | null;
  /** How leaving the broker goes; `null`: it isn't left. */
  leaving(): Leaving | null;
  /** `null`: this role assesses nothing. */
  readonly assess: AssessmentDesk | null;
  /** Where people of the plants say things; `null`: this role answers nothing. */
  readonly floor: Floor | null;
  /** Takes up what changed in the configuration; `null`: this role takes no messages, and nothing of it can change. */
  readonly reload: (() => Promise<Reloaded>) | null;
  /**
   * Resolves when all that was taken until now is stored, its ledger recorded where this role records, and what this
   * process knows posted where others look at the store.
   */
  settled(): Promise<void>;
}

const RECORD_EVERY_MS = 10_000;
const POST_EVERY_MS = 10_000;
/** How soon what figures make of stored values is listed. */
const LIST_PACE = { everyMs: 5_000, share: 0.02, seldomMs: 60_000 };
const CERTIFICATES_EVERY_MS = 10_000;
/** How the books are laid out for other processes: those of thousands of sources take a tenth of a second each time. */
const SHELF_PACE = { everyMs: 1_000, share: 0.02, seldomMs: 5_000 };
/** Where one process does everything, hardly another one looks. */
const OWN_SHELF_PACE = { everyMs: 5_000, share: 0.005, seldomMs: 60_000 };
/** What is kept too long goes every hour, and soon after a start: some platforms are started again more often than that. */
const PURGE_PACE = { everyMs: 3_600_000, firstMs: 600_000 };
const DAY_MS = 86_400_000;

/**
 * Starts the platform in a role; this function is the map of the system. Rejects, saying what to do, where it can't start;
 * what was started by then is closed again. Disposal drains: no more messages, what was taken is made durable and applied.
 */
export async function startPlatform({
  config: given,
  reread = () => given,
  role,
  log,
  leave = false,
}: {
  config: Config;
  /** Reads the configuration again, for a reload; absent: it never changes. */
  reread?: () => Config;
  role: Role;
  log: Log;
  /** An ingest takes only what waits for it at the broker, and is gone for good then. */
  leave?: boolean;
}): Promise<Platform> {
  const takes = role === 'serve' || role === 'ingest';
  const answers = role === 'serve' || role === 'api';
  const records = role === 'serve' || role === 'analysis';
  if (role === 'serve' && given.ingest.worker !== undefined) {
    throw new Error('"kaidong serve" shares with nobody: run "kaidong ingest", or leave ingest.worker out');
  }
  refuseDataFolder(given.data.dir);
  const place = takes ? placeOf(given, { leaves: leave }) : null;
  const config = place?.config ?? given;
  const dir = resolve(config.data.dir);
  if (!takes && (config.store.kind === 'embedded' || config.store.kind === 'memory')) {
    throw new Error(
      `the ${config.store.kind} store works in one process: run "kaidong serve" instead of "kaidong ${role}", or set store.kind to influxdb1 or influxdb2`,
    );
  }
  if (takes) refuseOpenBroker(config);

  await using parts = new AsyncDisposableStack();
  if (place) parts.use(holdPlace(place));
  if (records) parts.use(holdLock(dir, RECORDER_LOCK));
  const registry = parts.use(openRegistry({ dir }));
  if (place && !leave) takeSparkplug(place, registry);
  // Before a broker gives its messages to a platform that won't start, and takes them from the one that runs.
  const tokens = answers ? tokenCheckOf({ config, registry }) : null;
  if (answers && config.http.port) {
    const { refuseBusyPort } = await import('./api/listen.ts');
    await refuseBusyPort({ host: config.http.host, port: config.http.port });
  }
  const store = parts.use(
    await openStore({
      ...config.store,
      dir: join(dir, 'store'),
    }),
  );

  const storage = createStorage({ config, dir, store, registry });
  let ingest: Ingest | null = null;
  let edge: Edge | null = null;
  let host: Sparkplug | null = null;
  let assess: AssessmentDesk | null = null;
  let floor: Floor | null = null;
  let rebuilder: Rebuilder | null = null;
  let prover: Prover | null = null;
  let publishBooks: (() => void) | null = null;
  let reload: (() => Promise<Reloaded>) | null = null;
  const notes = [...notesOn(config), ...notesOnHolidays(config.plant, Temporal.Now.plainDateISO())];
  const certificates = createCertificates({
    now: Date.now,
    log: (event, fields) => log('warn', event, fields),
  });
  parts
    .use(repeat({ everyMs: CERTIFICATES_EVERY_MS, event: 'certificates-not-read', log }))
    .begin(certificates.look);
  const board = createBoard(Date.now);
  const started = (http: string | null, record: (() => Promise<unknown>) | null): Platform => {
    if (store.board)
      parts.use(repeat({ everyMs: POST_EVERY_MS, event: 'board-not-posted', log })).begin(board.post);
    return platform(
      { http, edge, notes, ingest, assess, floor, reload, record, post: () => board.post(true) },
      parts.move(),
    );
  };
  if (place) {
    const shared = parts.use(sharedWorkOf(place, registry));
    // After the last of it is stored, so that who reads the books then reads the final ones.
    parts.defer(() => {
      publishBooks?.();
      const isGone = edge?.leaving?.().dry && ingest?.status().spooledBytes === 0;
      if (isGone) registry.booksShelf.leave(place.worker, Date.now());
    });
    ingest = parts.use(
      await createIngest({
        dataDir: place.dir,
        store,
        quarantine: registry.quarantine,
        replayHolds: registry.replayHolds.of(place.worker),
        values: { plant: config.plant, corrections: registry.corrections },
        catalogue: registry.signalCatalogue,
        lateMarks: registry.ledgerMarks,
        ...(shared ? { shared } : {}),
        now: Date.now,
        spoolMaxBytes: config.spool.maxBytes,
        maxPayloadBytes: config.ingest.maxPayloadBytes,
        tsAheadMs: config.ingest.maxAheadSeconds * 1000,
        sparkplug: { machineOf: machineOfRules(config.sparkplug.machines) },
        clocks: clocksOf(config),
        mapping: readingOf(config).mapping,
        log: ingestLog(log),
      }),
    );
    parts.use(
      await openControl(
        place.dir,
        controlActions({
          dir,
          worker: place.worker,
          ingest,
          registry,
          store,
          plant: config.plant,
          assess: () => assess,
          rebuilder: () => rebuilder,
          storage,
          prover: () => prover,
          sparkplug: () => host,
          reload: async () =>
            reload ? reload() : Promise.reject(new Error('it is still starting; ask again')),
        }),
      ),
    );
    if (leave) {
      // No host any more: others may be by now.
      edge = parts.use(await openEdge({ config, intake: ingest, certificates, log, leave }));
    } else {
      const sparkplug = createSparkplug({ config, ingest, certificates, log });
      edge = sparkplug.beside(
        parts.use(await openEdge({ config, intake: sparkplug.intake, certificates, log })),
      );
      parts.use(await sparkplug.begin(edge));
      host = sparkplug;
      reload = createReload({ config, reread: () => placeOf(reread()).config, ingest, edge, log });
    }
    notes.push(...edge.notes);
    const taking = { ingest, edge };
    publishBooks = () =>
      registry.booksShelf.publish({
        worker: place.worker,
        asOf: Date.now(),
        books: taking.ingest.books(),
        standing: readinessOf(taking),
      });
    parts
      .use(repeat({ ...(role === 'serve' ? OWN_SHELF_PACE : SHELF_PACE), event: 'books-not-published', log }))
      .begin(publishBooks);
    parts.use(repeat({ ...PURGE_PACE, event: 'retention-failed', log })).begin(async () => {
      registry.quarantine.purge(Date.now() - config.data.quarantineDays * DAY_MS);
      registry.corrections.purge(Date.now() - config.data.quarantineDays * DAY_MS);
      // Whoever records the ledger removes raw data, once all that it becomes is recorded.
      if (role === 'ingest' && config.store.kind === 'embedded')
        await store.purge(Date.now() - config.data.retentionDays * DAY_MS);
    });
  }
  if (ingest && store.board) board.add(bookPoster(store.board, ingest, config.mqtt.clientId));
  if (!answers && !records) return started(null, null);

  // Loaded only by the roles that need it: what takes messages alone starts in half the time and memory.
  const { analysisOf } = await import('./composition/analysis-of.ts');
  const recording = records
    ? parts.use(repeat({ everyMs: RECORD_EVERY_MS, event: 'ledger-not-recorded', log }))
    : undefined;
  const listing = records
    ? parts.use(repeat({ ...LIST_PACE, event: 'corrections-not-listed', log }))
    : undefined;
  const removing = records ? parts.use(repeat({ ...PURGE_PACE, event: 'retention-failed', log })) : undefined;
  const notifying =
    records && config.notify.rules.length > 0
      ? parts.use(
          (await import('./composition/notifying.ts')).prepareNotifying({ config, dir, registry, log }),
        )
      : undefined;
  // Closed before the repetition that waits for it: closing ends a recording under way.
  const recorded = parts.use(
    analysisOf({
      ...{ config, registry, store },
      ...(records
        ? { storedEvents: registry.corrections, recording: recordingLog(log), removing: removalLog(log) }
        : {}),
      ...(ingest ? { applied: ingest.onApplied, sourceOf: ingest.sourceOf, unitOf: ingest.unitOf } : {}),
      ...(edge ? { connected: edge.connected } : {}),
      log: (event, fields) => log('warn', event, fields),
    }),
  );
  recording?.begin(() => recorded.record());
  listing?.begin(recorded.listStored);
  prover = recorded.proof;
  if (records) rebuilder = recorded.rebuilder;
  removing?.begin(async () => {
    await storage.look();
    const removal = await recorded.removeRaw(Date.now() - config.data.retentionDays * DAY_MS);
    if (removal.outcome === 'waits') log('warn', 'retention-waits', { ...removal });
  });
  const removingEvidence = records
    ? parts.use(repeat({ ...PURGE_PACE, event: 'evidence-not-removed', log }))
    : undefined;
  removingEvidence?.begin(async () => {
    const { removeOldEvidence } = await import('./composition/old-evidence.ts');
    await removeOldEvidence({ config, registry });
  });
  if (records && !takes) parts.use(await openRecorderControl(dir, recorded.rebuilder));
  notifying?.begin({ analysis: recorded, ingest, edge, certificates: certificates.standing, storage });
  const record = records
    ? async () => {
        await recorded.listStored();
        await recorded.record();
      }
    : null;
  if (records && store.board) {
    board.add(machinePoster(store.board, recorded));
    board.add(shiftPoster(store.board, config.plant.sites));
  }
  if (!tokens) return started(null, record);

  const { openAnswers } = await import('./composition/answering.ts');
  const answering = parts.use(
    await openAnswers({ config, dir, registry, recorded, storage, ingest, edge, certificates, tokens, log }),
  );
  assess = answering.assess;
  floor = answering.floor;
  notes.push(...answering.notes);
  if (store.board) board.add(assessmentPoster(store.board, assess));
  return started(answering.http, record);
}

function platform(
  {
    http,
    edge,
    notes,
    ingest,
    assess,
    floor,
    reload,
    record,
    post,
  }: Pick<Platform, 'http' | 'notes' | 'ingest' | 'assess' | 'floor' | 'reload'> & {
    readonly edge: Edge | null;
    readonly record: (() => Promise<unknown>) | null;
    readonly post: () => Promise<void>;
  },
  parts: AsyncDisposableStack,
): Platform {
  return {
    http,
    mqtt: edge?.url ?? null,
    notes,
    ingest,
    leaving: () => edge?.leaving?.() ?? null,
    assess,
    floor,
    reload,
    async settled() {
      await ingest?.drained();
      await record?.();
      await post();
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
