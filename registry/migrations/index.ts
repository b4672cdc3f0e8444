import { quarantine } from './0001-quarantine.ts';
import { signalCatalogue } from './0002-signal-catalogue.ts';
import { ledgerMarks } from './0003-ledger-marks.ts';
import { tokens } from './0004-tokens.ts';
import { booksShelf } from './0005-books-shelf.ts';
import { servedCells } from './0006-served-cells.ts';
import { ledgerTouches } from './0007-ledger-touches.ts';
import { pilots } from './0008-pilots.ts';
import { assessments } from './0009-assessments.ts';
import { assessmentSummaries } from './0010-assessment-summaries.ts';
import { dayTallies } from './0011-day-tallies.ts';
import { workers } from './0012-workers.ts';
import { alerts } from './0013-alerts.ts';
import { corrections } from './0014-corrections.ts';
import { ordersAndProducts } from './0015-orders-and-products.ts';
import { annotations } from './0016-annotations.ts';
import { ledgerRevisions } from './0017-ledger-revisions.ts';
import { handoverNotes } from './0018-handover-notes.ts';
import { rawHorizons } from './0019-raw-horizons.ts';
import { removedStates } from './0020-removed-states.ts';
import { correctionKinds } from './0021-correction-kinds.ts';
import { answeredCells } from './0022-answered-cells.ts';
import { ledgerHorizons } from './0023-ledger-horizons.ts';
import { unheardCells } from './0024-unheard-cells.ts';
import { replayHolds } from './0025-replay-holds.ts';
import { assessmentResults } from './0026-assessment-results.ts';
import { keptWork } from './0027-kept-work.ts';
import { whatWasOnlyAnswered } from './0028-what-was-only-answered.ts';
import { streamPrints } from './0029-stream-prints.ts';
import { keptTracks } from './0030-kept-tracks.ts';
import { keptChecks } from './0031-kept-checks.ts';
import { configurationsOfAnswers } from './0032-configurations-of-answers.ts';
import { rhythmsOfPrints } from './0033-rhythms-of-prints.ts';
import type { Migration } from './migration.ts';

/** The schema's history, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  quarantine,
  signalCatalogue,
  ledgerMarks,
  tokens,
  booksShelf,
  servedCells,
  ledgerTouches,
  pilots,
  assessments,
  assessmentSummaries,
  dayTallies,
  workers,
  alerts,
  corrections,
  ordersAndProducts,
  annotations,
  ledgerRevisions,
  handoverNotes,
  rawHorizons,
  removedStates,
  correctionKinds,
  answeredCells,
  ledgerHorizons,
  unheardCells,
  replayHolds,
  assessmentResults,
  keptWork,
  whatWasOnlyAnswered,
  streamPrints,
  keptTracks,
  keptChecks,
  configurationsOfAnswers,
  rhythmsOfPrints,
];
