/** Every way in which a request can fail: a closed list. The code is the stable part; texts may improve. */
export const PROBLEMS = {
  'parameter-invalid': { status: 400, title: 'A parameter is missing, unknown or wrong' },
  'zone-needed': { status: 400, title: 'The scope lies in several time zones' },
  'span-too-large': { status: 400, title: 'The span asked for is too large' },
  'url-malformed': { status: 400, title: 'The URL has a broken percent encoding' },
  'body-malformed': { status: 400, title: 'The body is not whole, or no JSON' },
  'body-invalid': { status: 400, title: 'The body has a field that is missing, unknown or wrong' },
  'import-invalid': { status: 400, title: 'The file has rows that are wrong; nothing was saved' },
  'period-invalid': { status: 400, title: 'The period is not one that can be assessed' },
  'period-without-data': { status: 400, title: 'The pilot was never heard in the period' },
  'indicator-not-found': { status: 400, title: 'The rubric has no such indicator' },
  'option-not-found': { status: 400, title: 'The indicator has no such answer' },
  'figure-not-found': { status: 400, title: 'The pilot declares no such figure' },
  'channel-not-found': { status: 400, title: 'There is no such channel' },
  'annotation-invalid': { status: 400, title: 'What is said of a stop is not possible' },
  'token-missing': { status: 401, title: 'A bearer token is needed' },
  'token-invalid': { status: 401, title: 'The bearer token is not valid' },
  'route-not-found': { status: 404, title: 'There is nothing at this address' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'machine-not-found': { status: 404, title: 'The machine is not known' },
  'raw-data-removed': { status: 410, title: 'The raw data is removed' },
  'ledger-removed': { status: 410, title: 'The recorded ledger is removed' },
  'evidence-removed': { status: 410, title: 'The evidence of the assessment is removed' },
  'cell-not-found': { status: 404, title: 'No such cell is recorded' },
  'scope-not-found': { status: 404, title: 'No machine lies in the scope' },
  'shift-not-found': { status: 404, title: 'The site has no such shift on that day' },
  'signal-not-found': { status: 404, title: 'The machine has no such signal' },
  'pilot-not-found': { status: 404, title: 'There is no such pilot' },
  'rubric-not-found': { status: 404, title: 'There is no such rubric, or version of it' },
  'assessment-not-found': { status: 404, title: 'There is no such assessment' },
  'note-not-found': { status: 404, title: 'The shift has no such handover note' },
  'notification-not-found': { status: 404, title: 'There is no such notification' },
  'annotation-not-found': { status: 404, title: 'Nothing was said of a stop under this id' },
  'site-not-found': { status: 404, title: 'There is no such site' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method' },
  'scope-without-machines': { status: 409, title: "The pilot's sites have no machine" },
  'pilot-conflict': { status: 409, title: 'Another pilot has the same id or site' },
  'pilot-from-file': { status: 409, title: 'The pilot is declared in a file' },
  'assessment-published': { status: 409, title: 'The assessment is published' },
  'notes-full': { status: 409, title: 'The shift has as many handover notes as there can be' },
  'notification-not-firing': { status: 409, title: 'The notification is acknowledged, or over' },
  'annotation-without-stop': { status: 409, title: 'The machine had no such stop' },
  'annotation-undone': { status: 409, title: 'It is taken back already' },
  'annotation-id-taken': { status: 409, title: 'The id stands for something else' },
  'host-not-local': { status: 421, title: 'The host name is not one of this computer' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unsupported': { status: 415, title: 'The body has a type or encoding that is not taken' },
  'too-many-failures': { status: 429, title: 'Too many requests with a wrong token' },
  internal: { status: 500, title: 'The platform failed to answer' },
  'store-unavailable': { status: 503, title: 'The store cannot answer just now' },
  'disk-full': { status: 507, title: 'The disk of the platform is full' },
  'ingest-elsewhere': { status: 503, title: 'This process does not run ingest' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong part of a request, and what would be right. */
export interface ProblemPart {
  readonly in: 'query' | 'path' | 'body' | 'header';
  readonly name: string;
  readonly message: string;
  /** The same in Chinese; absent: it is only told in English. */
  readonly zh?: string;
  /** What is allowed: the values, or a description of each form. */
  readonly allowed: readonly string[];
}

/** A request that can't be answered as asked; becomes an RFC 9457 answer with the code's status. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly ProblemPart[];
  readonly headers: Readonly<Record<string, string>>;
  /** Of a file that was not taken: what is wrong in it, row by row. */
  readonly report: unknown;
  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly ProblemPart[]; headers?: Record<string, string>; report?: unknown } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
    this.report = more.report;
  }
}

/** The problem that wrong parts make together; the detail names every one of them. */
export function problemOf(code: ProblemCode, errors: readonly ProblemPart[]): Problem {
  return new Problem(code, errors.map((part) => `${part.name}: ${part.message}`).join('; '), { errors });
}

/** The members of `application/problem+json`, RFC 9457 section 3.1, and our extensions `code`, `errors` and `report`. */
export function problemBody({ code, message, errors, report }: Problem) {
  const { status, title } = PROBLEMS[code];
  const known = { type: `urn:kaidong:problem:${code}`, title, status, detail: message, code, errors };
  return report === undefined ? known : { ...known, report };
}
