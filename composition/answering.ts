import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from '../access/certificates.ts';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { AnalysisWithEvidence } from '../analysis/create-analysis.ts';
import { createApi } from '../api/create-api.ts';
import { listen } from '../api/listen.ts';
import type { Config } from '../config.ts';
import { openRegisterSheets } from '../exchange/in-thread.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Log } from '../operation/log.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Registry } from '../registry/registry.ts';
import { reportHtml } from '../report/report-html.ts';
import type { tokenCheckOf } from './access.ts';
import { afterAcknowledged } from './after-acknowledged.ts';
import { assessmentDeskOf } from './assessment-desk.ts';
import { certificatesOfIngest } from './certificates.ts';
import type { Floor } from './demo-floor.ts';
import { deskOf } from './desk.ts';
import { distantDesk } from './distant-desk.ts';
import type { Edge } from './edge.ts';
import { notificationDeskOf } from './notification-desk.ts';
import { registerNotes } from './register-notes.ts';
import type { Storage } from './storage.ts';

const DEFAULT_HTTP_PORT = 8080;
const PAGE_DIR = join(import.meta.dirname, '../dashboards/web/dist');

/** The page and the API. */
export interface Answers extends AsyncDisposable {
  /** Where they are. */
  readonly http: string;
  readonly assess: AssessmentDesk;
  readonly floor: Floor;
  /** What a person who starts it should know. */
  readonly notes: readonly string[];
}

/** Answers over HTTP; disposal ends that. Rejects, saying what to do, where the port is taken or a file can't be used. */
export async function openAnswers({
  config,
  dir,
  registry,
  recorded,
  storage,
  ingest,
  edge,
  certificates,
  tokens,
  log,
}: {
  readonly config: Config;
  /** `data.dir`, whole. */
  readonly dir: string;
  readonly registry: Registry;
  readonly recorded: AnalysisWithEvidence;
  readonly storage: Storage;
  /** `null`: ingest runs as another process. */
  readonly ingest: Ingest | null;
  readonly edge: Edge | null;
  readonly certificates: Certificates;
  readonly tokens: ReturnType<typeof tokenCheckOf>;
  readonly log: Log;
}): Promise<Answers> {
  const { plant, http } = config;
  const analysis = ingest ? afterAcknowledged(recorded, ingest) : recorded;
  const assess = assessmentDeskOf({ config, registry, evidence: analysis.evidence });
  const app = createApi({
    analysis,
    assess,
    notifications: notificationDeskOf({ config, registry }),
    storage: storage.read,
    handover: registry.handoverNotes,
    sheets: openRegisterSheets(),
    printReport: reportHtml,
    desk:
      ingest && edge
        ? deskOf({ ingest, edge, registry, plant, listStored: recorded.listStoredQuick })
        : distantDesk({ dir, registry, plant }),
    tokens,
    basePath: http.basePath,
    pageDir: existsSync(PAGE_DIR) ? PAGE_DIR : null,
    version: packageJson.version,
    now: Date.now,
    certificates: ingest
      ? certificates.standing
      : () => [...certificates.standing(), ...certificatesOfIngest(config)],
    log: {
      warn: (fields, event) => log('warn', event, { ...fields }),
      error: (fields, event) => log('error', event, { ...fields }),
    },
  });
  const notes = [...registerNotes({ config, registry })];
  const tls = certificates.server(http.tls, 'http.tls');
  const wanted = http.port ?? DEFAULT_HTTP_PORT;
  const server = await listen(app, {
    host: http.host,
    port: wanted,
    tls: tls?.tls,
    fallbackToNextFreePort: http.port === undefined,
  });
  tls?.onRenewed(server.renew);
  if (wanted !== 0 && server.port !== wanted)
    notes.push(`Port ${wanted} is busy; the page is on ${server.port} instead.`);
  const base = http.basePath === '/' ? '' : http.basePath.replace(/\/+$/, '');
  return {
    http: `${server.url}${base}`,
    assess,
    floor: { work: analysis.work, annotations: registry.annotations, handover: registry.handoverNotes },
    notes,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
