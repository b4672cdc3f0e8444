import type { Registry } from 'prom-client';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { Analysis } from '../analysis/port.ts';
import type { CertificateAnswer, IngestDesk } from './ingest-desk.ts';
import type { LiveHub } from './live/hub.ts';
import type { NotificationDesk } from './notification-desk.ts';
import type { OpenApiDocument } from './openapi/document.ts';
import type { HandoverDesk, PrintReport, RegisterSheets, StorageAnswer } from './ports.ts';
import { Problem } from './problem.ts';
import type { StoreLook } from './store-look.ts';

/** What the routes work with. */
export interface Services {
  readonly analysis: Analysis;
  /** `null`: this process runs without ingest. */
  readonly desk: IngestDesk | null;
  readonly assess: AssessmentDesk;
  readonly notifications: NotificationDesk;
  readonly storage: () => Promise<StorageAnswer>;
  readonly handover: HandoverDesk;
  readonly sheets: RegisterSheets;
  readonly printReport: PrintReport;
  readonly live: LiveHub;
  readonly metrics: Registry;
  readonly lookIntoStore: StoreLook;
  readonly certificates: () => readonly CertificateAnswer[];
  readonly now: () => number;
  readonly version: string;
  /** The OpenAPI document. */
  readonly document: () => OpenApiDocument;
}

/** The ingest desk. Throws the problem `ingest-elsewhere` in a process without ingest. */
export function deskOf({ desk }: Services): IngestDesk {
  if (desk) return desk;
  throw new Problem(
    'ingest-elsewhere',
    'This process answers for analysis only; ask the process that was started with `kaidong ingest` or `kaidong serve`.',
  );
}
