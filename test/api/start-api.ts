import { expect } from 'vitest';
import { type ApiOptions, createApi } from '../../api/create-api.ts';
import { listen } from '../../api/listen.ts';
import { openApiDocument } from '../../api/openapi/document.ts';
import { ROUTES } from '../../api/routes/index.ts';
import { openRegisterSheets } from '../../exchange/in-thread.ts';
import { reportHtml } from '../../report/report-html.ts';
import { openAssessBureau } from './assess-bureau.ts';
import { type NoteDesk, noteDesk } from './note-desk.ts';
import { noteHandover } from './note-handover.ts';
import { noteNotifications } from './note-notifications.ts';
import { noteStorage } from './note-storage.ts';
import { type PlantAnalysis, plantAnalysis, T0 } from './plant-analysis.ts';
import { published } from './published.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, whatever its shape; the published schema has been checked. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly json: any;
}

export interface RunningApi extends AsyncDisposable {
  readonly url: string;
  readonly analysis: PlantAnalysis;
  readonly desk: NoteDesk;
  readonly logged: { readonly event: string; readonly fields: object }[];
  /** Asks, and checks the answer against the schema that the API publishes for it. */
  ask(
    request: string,
    init?: { headers?: Record<string, string>; body?: string | Uint8Array },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export const OPEN = { required: false, verify: () => undefined };
const contract = published(
  openApiDocument({ routes: ROUTES, version: 'test', basePath: '/', tokenRequired: true }),
);

/** The API on a free loopback port, with one machine behind it. `request` is e.g. `GET /api/v1/plant`. */
export async function startApi(overrides: Partial<ApiOptions> = {}): Promise<RunningApi> {
  const analysis = plantAnalysis();
  const desk = noteDesk();
  const bureau = await openAssessBureau();
  const logged: { event: string; fields: object }[] = [];
  const note = (fields: object, event: string): void => void logged.push({ event, fields });
  const app = createApi({
    analysis,
    desk,
    assess: bureau.desk,
    notifications: noteNotifications(),
    storage: noteStorage,
    handover: noteHandover(),
    sheets: openRegisterSheets(),
    printReport: reportHtml,
    tokens: OPEN,
    basePath: '/',
    pageDir: null,
    version: 'test',
    log: { warn: note, error: note },
    now: () => T0,
    ...overrides,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const { url } = server;
  const close = async (): Promise<void> => {
    await server.close();
    await bureau[Symbol.asyncDispose]();
  };
  return {
    url,
    analysis,
    desk,
    logged,
    async ask(request, { headers = {}, body } = {}) {
      const [method = '', target = ''] = request.split(/ (.*)/s);
      const response = await fetch(url + target, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      const media = response.headers.get('content-type')?.split(';')[0] ?? '';
      const isJson = /json$/.test(media);
      const json: unknown = isJson && method !== 'HEAD' ? JSON.parse(text) : undefined;
      if (method !== 'HEAD' && media !== 'text/html' && response.status !== 204) {
        const { pathname } = new URL(url + target);
        const answer = { method: method.toLowerCase(), pathname, status: response.status, media };
        expect(contract.faults({ ...answer, body: isJson ? json : text }), text.slice(0, 500)).toEqual([]);
      }
      return { status: response.status, headers: response.headers, text, json };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
