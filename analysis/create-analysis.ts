import { rulesOn } from '../domain/calendar-rules.ts';
import { kpisDividedBy } from '../domain/kpi/index.ts';
import type { Reading } from '../domain/observation.ts';
import type { Plant } from '../domain/plant.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { dateAt } from '../domain/zone.ts';
import type { LedgerKind, Store } from '../store/port.ts';
import { createStopDesk } from './annotations/desk.ts';
import { createEditLog, type EditLog } from './annotations/edit-log.ts';
import type { MachineDetail, Retained } from './answers.ts';
import { createEvidenceSource, type EvidenceSource } from './assessment/gather.ts';
import { calendarOf } from './calendar.ts';
import { type DayTallies, NO_TALLIES } from './day-tallies.ts';
import { enteredOf } from './entered.ts';
import { kpisAnswer, liveFigures } from './figures.ts';
import { createFinality } from './finality.ts';
import { type KeptChecks, NO_CHECKS } from './kept-checks.ts';
import { withoutParts } from './kept-work.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import { lineStopsOf } from './line-stops.ts';
import { createLive } from './live.ts';
import { createMembers, type Member } from './members.ts';
import { createPicture } from './now/picture.ts';
import { createNumbering, unnoted } from './numbering.ts';
import { observationsOf } from './observations.ts';
import { plausibilityOf } from './plausibility.ts';
import type { Analysis, LedgerQuestion } from './port.ts';
import { presenceOf } from './presence.ts';
import { createProver, withoutRecords } from './proof.ts';
import { FIGURES_OF_A_LEDGER_ROW, leastRows, type RowsQuestion, refuseRows, rowsFor } from './questions.ts';
import { NO_HORIZONS, type RawHorizons, storeBehind } from './raw-horizon.ts';
import { reasonRowsFor } from './reasons.ts';
import { createRebuilder, type Rebuilder } from './rebuild.ts';
import { createRecorder, type RecordingProgress } from './record.ts';
import { createRemembered } from './remembered.ts';
import { createRememberedWork } from './remembered-work.ts';
import { type LedgerKeptSince, removeLedger } from './remove-ledger.ts';
import { type RawRemoval, type RemovalProgress, removeRaw } from './remove-raw.ts';
import { NO_REVISIONS, type RevisionLog } from './revision-log.ts';
import { cellRevisions, revisionsOf } from './revisions.ts';
import { type Schedule, timers } from './schedule.ts';
import { createServed, orInMemory, type Served } from './served.ts';
import { shiftPlaceOf, shiftReportOf } from './shift-report.ts';
import { pointsOf, signalsOfMachine } from './signals.ts';
import type { StoredEvents } from './stored-events.ts';
import { NO_PRINTS, type StreamPrints } from './stream-prints.ts';
import { timelineOf } from './timeline.ts';
import { lookaheadMs } from './trust.ts';
import { createStoredWatch } from './watch-stored.ts';
import { createWorkDesk } from './work-desk.ts';
import { createWorkRegister } from './work-register.ts';
import { createWorkShelf, type WorkShelf } from './work-shelf.ts';

export interface AnalysisOptions {
  readonly store: Store;
  readonly plant: Plant;
  readonly now: () => EpochMs;
  readonly ledgerMarks: LedgerMarks;
  /** Orders and ideal cycles that were entered. Absent: what is entered is forgotten with this analysis. */
  readonly workShelf?: WorkShelf | undefined;
  /** Absent: what was answered is forgotten with this analysis. */
  readonly served?: Served | undefined;
  /** Absent: what is tallied is counted from facts each time. */
  readonly dayTallies?: DayTallies | undefined;
  /** Absent: prints of streams are made of facts each time. */
  readonly streamPrints?: StreamPrints | undefined;
  /** Absent: what plausibility checks need is made of ledger and facts each time. */
  readonly keptChecks?: KeptChecks | undefined;
  /** Absent: why recorded cells changed is not written down. */
  readonly revisions?: RevisionLog | undefined;
  /** How long after its end a figure is final; absent: a week. */
  readonly finalAfterMs?: DurationMs | undefined;
  /** Subscribes to every batch just after the store took it. Absent: ingest runs elsewhere, and the store is polled. */
  readonly applied?: ((listener: (readings: readonly Reading[]) => void) => () => void) | undefined;
  /** The source (books) that a machine's data came from last. */
  readonly sourceOf?: ((machine: string) => string | null) | undefined;
  /** The unit that a signal's publisher tells; what is configured goes before it. */
  readonly unitOf?: ((machine: string, signal: string) => string | null) | undefined;
  /** Whether a machine's messages can come in now; while they can't, it is stale. */
  readonly connected?: ((machine: string) => boolean) | undefined;
  /** Observations older than this are removed; absent: none ever is. */
  readonly keptSince?: (() => EpochMs) | undefined;
  /** What of the recorded ledger is older is removed with raw data; absent: none ever is. */
  readonly ledgerKeptSince?: (() => LedgerKeptSince) | undefined;
  /** What people said of stops. Absent: it is forgotten with this analysis. */
  readonly editLog?: EditLog | undefined;
  /** Absent: raw data was never removed. */
  readonly rawHorizons?: RawHorizons | undefined;
  /** Told how far a recording has come. */
  readonly recording?: ((done: RecordingProgress) => void) | undefined;
  /** Told how many machines a removal of raw data has got ready. */
  readonly removing?: ((done: RemovalProgress) => void) | undefined;
  /** Where it is listed what figures make of stored values otherwise than they say. Absent: nobody lists it here. */
  readonly storedEvents?: StoredEvents | undefined;
  readonly schedule?: Schedule | undefined;
  readonly log?: ((event: string, fields: Record<string, unknown>) => void) | undefined;
}

const FINAL_AFTER_MS: DurationMs = 7 * 86_400_000;

/**
 * An analysis, what assessments are made of, and who rebuilds the ledger: they share what was served, so that a revision
 * names one content.
 */
export type AnalysisWithEvidence = Analysis & {
  readonly evidence: EvidenceSource;
  readonly rebuilder: Rebuilder;
  /** Lists what figures make of the values that were stored since otherwise than they say. */
  listStored(): Promise<void>;
  /** The same for what takes hardly any time; what fails is left to the next `listStored`. */
  listStoredQuick(): Promise<void>;
  /**
   * Removes observations older than that, where all that they become is recorded, then recorded ledgers that are no longer
   * kept.
   */
  removeRaw(olderThan: EpochMs): Promise<RawRemoval>;
};

/** Stored facts turned into answers. The store stays the caller's to close. */
export function createAnalysis(options: AnalysisOptions): AnalysisWithEvidence {
  const { plant, now, ledgerMarks: marks, applied, sourceOf, schedule = timers, log } = options;
  const { rawHorizons: horizons = NO_HORIZONS, ledgerKeptSince } = options;
  const purged = new Map<LedgerKind, EpochMs>();
  const store = storeBehind(options.store, horizons);
  const { dayTallies: tallies = NO_TALLIES, revisions = NO_REVISIONS } = options;
  const { streamPrints: prints = NO_PRINTS, keptChecks: kept = NO_CHECKS } = options;
  const { finalAfterMs = FINAL_AFTER_MS } = options;
  const served = options.served ? orInMemory(options.served, log) : createServed();
  const catalogue = kpisDividedBy(plant.failureDivisor ?? 'failures');
  const fed = applied !== undefined;
  const shelf = options.workShelf ?? createWorkShelf();
  const work = createWorkRegister({ shelf, marks });
  const editLog = options.editLog ?? createEditLog(marks);
  const members = createMembers({ store, plant, entered: enteredOf(work, editLog) });
  const picture = createPicture({ store, members, now, fed, sourceOf, connected: options.connected });
  const reachOf = (path: string): DurationMs => lookaheadMs(members.at(path).machine);
  const remembered = createRemembered({ marks, reachOf });
  const rememberedWork = createRememberedWork({ marks, reachOf });
  const recorder = createRecorder({
    ...{ store, members, marks, served, tallies, prints, kept, revisions, horizons, finalAfterMs, catalogue },
    now,
    progress: options.recording,
  });
  const finalityAt = createFinality({ revisions, finalAfterMs });
  const numbering = createNumbering({ served, marks, revisions, finalAfterMs });
  const rows = (question: RowsQuestion) =>
    rowsFor({ store, marks, horizons, remembered, numbering, finalityAt, question });
  const unrecorded = withoutRecords(marks);
  const rowsOfFacts = (question: RowsQuestion) =>
    rowsFor({
      ...{ store, marks: unrecorded, horizons: withoutParts(horizons), finalityAt, question },
      remembered: createRemembered({ marks: unrecorded, reachOf: () => 0 }),
      numbering: unnoted(marks),
    });
  const live = createLive({
    picture,
    figures: (machines) => liveFigures({ members: machines.map(members.at), rows, now: now() }),
    now,
    schedule,
    fed,
    log,
  });
  const { keptSince = () => Number.NEGATIVE_INFINITY } = options;
  /** What of an answer follows from raw data that is removed can't be verified any more. */
  const retained = (): Retained => {
    const since = keptSince();
    return { keptSince: Number.isFinite(since) ? since : null };
  };
  const evidence = createEvidenceSource({
    ...{ store, members, marks, horizons, remembered, numbering, tallies, now, keptSince },
    sites: plant.sites,
    look: {
      recorded: { store, revisions, marks, prints, kept, horizons, rows },
      facts: {
        ...{ store, revisions, marks: unrecorded, prints: NO_PRINTS, kept: NO_CHECKS, horizons },
        rows: rowsOfFacts,
      },
    },
  });
  const stopping = new AbortController();
  const watch = options.storedEvents
    ? createStoredWatch({
        ...{ store, members, marks, events: options.storedEvents, fed, now },
        removedUntil: (path) => horizons.all().get(path)?.before ?? Number.NEGATIVE_INFINITY,
      })
    : null;
  const unsubscribe = applied?.((readings) => {
    picture.apply(readings);
    live.touched(readings);
    recorder.heard(readings);
    watch?.heard(readings);
  });

  const ask = async (question: LedgerQuestion, figuresOfRow: number) => {
    const asOf = question.asOf ?? now();
    const whole = { ...question, members: await members.inScope(question.scope), asOf };
    refuseRows(leastRows(whole), figuresOfRow);
    const found = await rows(whole);
    refuseRows(found.length, figuresOfRow);
    return { asOf, rows: found };
  };

  return {
    catalogue,
    plant: () => picture.read(),
    async machine(path) {
      const member = await members.one(path);
      const [standing, latest] = await Promise.all([picture.readOne(member), store.latest(path)]);
      return {
        ...standing,
        signals: signalsOfMachine(member.machine, latest, plant.signals, options.unitOf),
        config: configFor(member, now()),
      };
    },
    presence: (question) => presenceOf({ picture, members, store, horizons, ...question }),
    async timeline({ machine, from, to, asOf = now() }) {
      const member = await members.one(machine);
      const found = await timelineOf({ store, horizons, member, window: { from, to }, asOf });
      return { ...found, ...retained() };
    },
    async ledger(question) {
      const { asOf, rows } = await ask(question, FIGURES_OF_A_LEDGER_ROW);
      return {
        from: question.from,
        to: question.to,
        asOf,
        rows: rows.map(({ row, finality }) => ({ ...row, finality })),
      };
    },
    async reasons(question) {
      const { from, to, asOf = now() } = question;
      const found = await members.inScope(question.scope);
      const rows = await reasonRowsFor({ store, horizons, question: { ...question, members: found, asOf } });
      return { from, to, asOf, ...retained(), rows };
    },
    async lineStops({ asOf = now(), ...question }) {
      const found = await lineStopsOf({ store, horizons, members, plant, question, asOf });
      return { ...found, ...retained() };
    },
    calendar: (question) => calendarOf(plant, question),
    async shift(question) {
      return (await shiftPlaceOf({ members, plant }, question)).place;
    },
    shiftReport({ asOf = now(), ...question }) {
      const given = { store, horizons, members, plant, rows, finalAfterMs, ...retained() };
      return shiftReportOf(given, { ...question, asOf });
    },
    async kpis(question) {
      const { rows } = await ask(question, question.kpis.length);
      return kpisAnswer(rows, question.kpis, catalogue);
    },
    async revisions(question) {
      await members.inScope(question.scope);
      return revisionsOf({ store, marks, members, served, revisions, catalogue }, question);
    },
    async cellRevisions(cell) {
      await members.one(cell.machine);
      return cellRevisions({ store, marks, members, served, revisions, catalogue, horizons }, cell);
    },
    async plausibility({ scope, asOf = now(), ...span }) {
      const found = await members.inScope(scope);
      const parts = { store, revisions, marks, prints, kept, horizons, rows };
      return { ...(await plausibilityOf(parts, { ...span, members: found, asOf })), ...retained() };
    },
    proof: createProver({ store, members, rows, rowsOfFacts, now, keptSince }),
    async signals(question) {
      await members.one(question.machine);
      return { ...(await pointsOf(store, question)), ...retained() };
    },
    async observations(question) {
      await members.one(question.machine);
      return { ...(await observationsOf(store, question)), ...retained() };
    },
    live: (listener) => live.listen(listener),
    record: recorder.record,
    listStored: async () => watch?.list(stopping.signal),
    listStoredQuick: async () => watch?.listQuick(stopping.signal),
    work: createWorkDesk({
      ...{ store, members, marks, horizons, rows, now, shelf, register: work, rememberedWork },
    }),
    rebuilder: createRebuilder({
      ...{ store, members, marks, horizons, served, revisions, finalAfterMs, catalogue, now, recorder },
    }),
    async removeRaw(olderThan) {
      const inTurn = recorder.between;
      const removal = await removeRaw({
        ...{ store, members, marks, horizons, olderThan, inTurn, now },
        progress: options.removing,
      });
      if (removal.outcome === 'waits') return removal;
      const { before: rawBefore } = removal;
      await inTurn(async (signal) => {
        signal.throwIfAborted();
        prints.removeBefore(rawBefore);
        if (ledgerKeptSince)
          await removeLedger({ store, horizons, kept, purged, rawBefore, keptSince: ledgerKeptSince() });
      });
      return removal;
    },
    stops: createStopDesk({
      ...{ store, horizons, members, sites: plant.sites, log: editLog, now, keptSince },
      touched: (machine) => live.touched([{ machine }]),
    }),
    evidence,
    async [Symbol.asyncDispose]() {
      unsubscribe?.();
      live.stop();
      stopping.abort();
      await recorder.stop();
      await watch?.idle();
    },
  };
}

function configFor({ machine, site, entered }: Member, at: EpochMs): MachineDetail['config'] {
  const { zone, calendar = null, classes = [] } = site;
  const { dayStart } = rulesOn(site, dateAt(zone, at).toString()).rules;
  const maintenance = [...(site.maintenance ?? []), ...(machine.maintenance ?? [])];
  const cycles = [
    ...(machine.cycles ?? []),
    ...(entered?.({ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }).cycles ?? []),
  ];
  return { ...machine, cycles, maintenance, zone, dayStart, calendar, classes };
}
