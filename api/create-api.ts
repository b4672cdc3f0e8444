import express, { type Express } from 'express';
import { Registry } from 'prom-client';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { Analysis } from '../analysis/port.ts';
import { type Schedule, timers } from '../analysis/schedule.ts';
import { registerAlertGauges } from './http/alert-gauges.ts';
import { answerFailures } from './http/failures.ts';
import { measureAnswers, registerGauges } from './http/measure.ts';
import { mountRoutes } from './http/mount.ts';
import { compressedPageFiles, pageFallback, pageFiles } from './http/page.ts';
import { localNamesOnly, securityHeaders, tokenNeeded } from './http/security.ts';
import type { CertificateAnswer, IngestDesk } from './ingest-desk.ts';
import { DRAIN } from './listen.ts';
import { createLiveHub } from './live/hub.ts';
import type { NotificationDesk } from './notification-desk.ts';
import { openApiDocument } from './openapi/document.ts';
import type {
  ApiLog,
  HandoverDesk,
  PrintReport,
  RegisterSheets,
  StorageAnswer,
  TokenCheck,
} from './ports.ts';
import { Problem } from './problem.ts';
import { ROUTES } from './routes/index.ts';
import type { Services } from './services.ts';
import { createStoreLook } from './store-look.ts';

export interface ApiOptions {
  readonly analysis: Analysis;
  /** `null`: this process runs without ingest. */
  readonly desk: IngestDesk | null;
  readonly assess: AssessmentDesk;
  readonly notifications: NotificationDesk;
  readonly storage: () => Promise<StorageAnswer>;
  readonly handover: HandoverDesk;
  /** The register as spreadsheets. */
  readonly sheets: RegisterSheets;
  readonly printReport: PrintReport;
  readonly tokens: TokenCheck;
  /** The prefix that everything is served under; `/` for none. */
  readonly basePath: string;
  /** Folder of the built page; `null`: no page. */
  readonly pageDir: string | null;
  readonly version: string;
  readonly log: ApiLog;
  readonly now: () => number;
  /** The certificates that this process depends on; absent: none. */
  readonly certificates?: () => readonly CertificateAnswer[];
  /** Where further metrics of the process are registered; absent: a new one. */
  readonly metrics?: Registry;
  /** Absent: timers of the process. */
  readonly schedule?: Schedule;
  /** Rejects when the store can't be reached; absent: the analysis is asked for the plant. */
  readonly probe?: () => Promise<unknown>;
}

/** The HTTP face of the platform. Listening and draining are `listen`'s part. */
export function createApi(options: ApiOptions): Express {
  const {
    analysis,
    desk,
    assess,
    notifications,
    storage,
    handover,
    sheets,
    printReport,
    tokens,
    pageDir,
    version,
    log,
    now,
    schedule = timers,
    certificates = () => [],
  } = options;
  const basePath = options.basePath.replace(/\/+$/, '') || '/';
  const metrics = options.metrics ?? new Registry();
  const lookIntoStore = createStoreLook({ probe: options.probe ?? (() => analysis.plant()) });
  const live = createLiveHub({ analysis, now, schedule });
  const document = openApiDocument({ routes: ROUTES, version, basePath, tokenRequired: tokens.required });
  const services: Services = {
    ...{
      analysis,
      desk,
      assess,
      notifications,
      storage,
      handover,
      sheets,
      printReport,
      live,
      metrics,
      lookIntoStore,
      version,
    },
    ...{ certificates, now },
    document: () => document,
  };
  registerGauges(metrics, { desk, live, lookIntoStore, certificates, now });
  registerAlertGauges(metrics, notifications);

  const site = express.Router({ caseSensitive: true, strict: true });
  site.use(tokenNeeded(tokens));
  mountRoutes(site, ROUTES, services);
  site.use('/api', nothingHere);
  if (pageDir !== null)
    site.use(compressedPageFiles(pageDir), pageFiles(pageDir), pageFallback(pageDir, basePath));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(securityHeaders, measureAnswers(metrics), localNamesOnly(tokens));
  app.use(basePath, site);
  app.use(nothingHere);
  app.use(answerFailures(log));
  app.once(DRAIN, () => live.close());
  return app;
}

function nothingHere(): never {
  throw new Problem('route-not-found', 'There is nothing here; /api/openapi.json lists every address.');
}
