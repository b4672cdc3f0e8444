import type { Route } from '../route.ts';
import { acknowledge } from './acknowledge.ts';
import { annotate } from './annotate.ts';
import { annotations } from './annotations.ts';
import { assess } from './assess.ts';
import { assessment } from './assessment.ts';
import { assessmentRubric } from './assessment-rubric.ts';
import { assessments } from './assessments.ts';
import { books } from './books.ts';
import { calendar } from './calendar.ts';
import { catalogue } from './catalogue.ts';
import { cellRevisions } from './cell-revisions.ts';
import { comparison } from './comparison.ts';
import { corrections } from './corrections.ts';
import { difference } from './difference.ts';
import { enter } from './enter.ts';
import { enterOrder } from './enter-order.ts';
import { enterProduct } from './enter-product.ts';
import { explain } from './explain.ts';
import { exportPilots } from './export-pilots.ts';
import { handOver } from './hand-over.ts';
import { handoverNotes } from './handover-notes.ts';
import { healthz } from './healthz.ts';
import { importPilots } from './import-pilots.ts';
import { kpis } from './kpis.ts';
import { ledger } from './ledger.ts';
import { ledgerCells } from './ledger-cells.ts';
import { ledgerInputs } from './ledger-inputs.ts';
import { lineStops } from './line-stops.ts';
import { live } from './live.ts';
import { losses } from './losses.ts';
import { machine } from './machine.ts';
import { machines } from './machines.ts';
import { metrics } from './metrics.ts';
import { notifications } from './notifications.ts';
import { observations } from './observations.ts';
import { openapi } from './openapi.ts';
import { order } from './order.ts';
import { orders } from './orders.ts';
import { pilot } from './pilot.ts';
import { pilots } from './pilots.ts';
import { pilotsTemplate } from './pilots-template.ts';
import { plant } from './plant.ts';
import { plausibility } from './plausibility.ts';
import { previewAnnotation } from './preview-annotation.ts';
import { products } from './products.ts';
import { publish } from './publish.ts';
import { readyz } from './readyz.ts';
import { reasonTree } from './reason-tree.ts';
import { reasons } from './reasons.ts';
import { refused } from './refused.ts';
import { refusedCodes } from './refused-codes.ts';
import { replay } from './replay.ts';
import { reportHtml } from './report-html.ts';
import { reportJson } from './report-json.ts';
import { rescore } from './rescore.ts';
import { revisions } from './revisions.ts';
import { rubric } from './rubric.ts';
import { rubrics } from './rubrics.ts';
import { savePilot } from './save-pilot.ts';
import { shiftReport } from './shift-report.ts';
import { signals } from './signals.ts';
import { sources } from './sources.ts';
import { stops } from './stops.ts';
import { storage } from './storage.ts';
import { suggestions } from './suggestions.ts';
import { testNotification } from './test-notification.ts';
import { timeline } from './timeline.ts';
import { undoAnnotation } from './undo-annotation.ts';
import { verify } from './verify.ts';

/** Every route, in the order in which the contract and the OpenAPI document list them. */
export const ROUTES: readonly Route[] = [
  plant,
  machines,
  machine,
  timeline,
  ledger,
  losses,
  reasons,
  reasonTree,
  stops,
  annotations,
  annotate,
  previewAnnotation,
  undoAnnotation,
  lineStops,
  calendar,
  shiftReport,
  handoverNotes,
  handOver,
  kpis,
  catalogue,
  revisions,
  cellRevisions,
  orders,
  enterOrder,
  order,
  products,
  enterProduct,
  verify,
  ledgerInputs,
  ledgerCells,
  plausibility,
  signals,
  observations,
  books,
  sources,
  refused,
  corrections,
  refusedCodes,
  replay,
  explain,
  suggestions,
  storage,
  live,
  notifications,
  acknowledge,
  testNotification,
  pilots,
  savePilot,
  importPilots,
  exportPilots,
  pilotsTemplate,
  pilot,
  rubrics,
  rubric,
  assessments,
  assess,
  assessment,
  assessmentRubric,
  enter,
  publish,
  rescore,
  difference,
  reportHtml,
  reportJson,
  comparison,
  openapi,
  healthz,
  readyz,
  metrics,
];
