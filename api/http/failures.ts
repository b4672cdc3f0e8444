import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import { EditRefused } from '../../analysis/annotations/refused.ts';
import { type AssessmentRefusal, AssessmentRefused } from '../../analysis/assessment/port.ts';
import { QuestionRefused } from '../../analysis/port.ts';
import { StoreUnavailable } from '../../store/port.ts';
import { isDraining } from '../listen.ts';
import type { ApiLog } from '../ports.ts';
import { PROBLEMS, Problem, problemBody } from '../problem.ts';
import { pathNames, type Route } from '../route.ts';
import { chineseOf } from '../wire/problem-words.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { isDiskFull } from './disk-full.ts';
import { routeOf } from './route-of.ts';

const RETRY_AFTER_SECONDS = '5';

/** Answers everything that was thrown as RFC 9457; what nobody foresaw gets an id that the log line carries too. */
export function answerFailures(log: ApiLog): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const isStopping = isDraining(request.app);
    const asked = { method: request.method, path: request.path };
    // Parts that are closed by now are no defect.
    const sayCutShort = (): void => log.warn({ err: error, ...asked }, 'http-cut-short');
    if (response.headersSent) {
      if (isStopping) sayCutShort();
      else log.error({ err: error, ...asked }, 'http-answer-broken');
      response.destroy();
      return;
    }
    const known = problemFrom(error, routeOf(response));
    if (!known && isStopping) sayCutShort();
    const problem = known ?? (isStopping ? cutShort() : undefined);
    response.set('cache-control', 'no-store').type('application/problem+json');
    if (problem) {
      const body = problemBody(problem);
      response.status(body.status).set(problem.headers).send(JSON.stringify(body));
    } else {
      const body = unforeseen(error);
      log.error({ err: error, id: body.instance, ...asked }, 'http-failed');
      response.status(body.status).send(JSON.stringify(body));
    }
  };
}

const cutShort = (): Problem =>
  new Problem(
    'store-unavailable',
    'The platform is stopping, and this was cut short. Ask again when it runs.',
    { headers: { 'retry-after': RETRY_AFTER_SECONDS } },
  );

/** The problem that an error means; `undefined` where it is a defect. */
function problemFrom(error: unknown, route: Route | undefined): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable) {
    return new Problem(
      'store-unavailable',
      `The store can't answer: ${error.message}. Try again in some seconds.`,
      {
        headers: { 'retry-after': RETRY_AFTER_SECONDS },
      },
    );
  }
  if (isDiskFull(error)) {
    return new Problem(
      'disk-full',
      'Nothing of this was saved: there is no room in the folder data.dir. Make room, and ask again.',
    );
  }
  if (error instanceof QuestionRefused) {
    // The analysis says "machine"; a route that has it in its path calls it what the path does.
    const [inPath] = error.code === 'machine-not-found' && route ? pathNames(route.path) : [];
    const place = inPath
      ? { in: 'path' as const, name: inPath.name }
      : { in: route?.body ? ('body' as const) : ('query' as const), name: error.parameter };
    return new Problem(error.code, error.message, {
      errors: [{ ...place, message: error.message, allowed: ALLOWED[error.code] }],
    });
  }
  if (error instanceof EditRefused) return refusedEdit(error, route);
  if (error instanceof AssessmentRefused) return refusedAssessment(error, route);
  return problemFromExpress(error, route);
}

function refusedEdit({ code, parameter, message, allowed }: EditRefused, route: Route | undefined): Problem {
  const inPath = pathNames(route?.path ?? '').some(({ name }) => name === parameter);
  const place = inPath && code !== 'annotation-id-taken' ? 'path' : route?.body ? 'body' : 'query';
  return new Problem(code, `${parameter}: ${message}`, {
    errors: [{ in: place, name: parameter, message, ...inChinese(message), allowed }],
  });
}

/** The desk says "pilot" or "id"; the route knows where that was said. */
function refusedAssessment(
  { code, parameter, message }: AssessmentRefused,
  route: Route | undefined,
): Problem {
  const inPath = pathNames(route?.path ?? '').map((part) => part.name);
  const isParameter = route !== undefined && parameter in route.params.shape;
  // Of a pilot or rubric that is asked for by its address, the path says "id".
  const byAddress = !isParameter && !route?.body && inPath[0];
  const name = byAddress || parameter;
  const place = inPath.includes(name) ? 'path' : isParameter || !route?.body ? 'query' : 'body';
  return new Problem(code, `${message}.`, {
    errors: [{ in: place, name, message, ...inChinese(message), allowed: ALLOWED_IN_ASSESSMENTS[code] }],
  });
}

function inChinese(message: string): { readonly zh?: string } {
  const zh = chineseOf(message);
  return zh === null ? {} : { zh };
}

const ALLOWED_IN_ASSESSMENTS: Record<AssessmentRefusal, readonly string[]> = {
  'pilot-not-found': ['the id of a pilot in GET /api/v1/pilots'],
  'rubric-not-found': ['the id and version of a rubric in GET /api/v1/rubrics'],
  'assessment-not-found': ['the id of an assessment in GET /api/v1/assessments'],
  'indicator-not-found': ['the id of an indicator of the rubric'],
  'option-not-found': ["one of the indicator's options or bands"],
  'figure-not-found': ['a present figure that the pilot declares'],
  'period-invalid': ['a period that has ended, of 400 days at most, whose observations are still kept'],
  'scope-without-machines': ['a pilot whose sites have machines'],
  'period-without-data': ['a period in which the pilot was heard'],
  'pilot-conflict': ['an id and sites that no other pilot has'],
  'pilot-from-file': ['a pilot of the register'],
  'assessment-published': ['an assessment that is not published yet'],
  'evidence-removed': ['an assessment whose `evidenceRemovedAt` is null'],
};

const ALLOWED: Record<QuestionRefused['code'], readonly string[]> = {
  'machine-not-found': ['the path of a machine in GET /api/v1/plant'],
  'raw-data-removed': ['a span within data.retentionDays'],
  'ledger-removed': ['a cell within the days that ledgers of its grain are kept'],
  'cell-not-found': ['`from` of a cell in GET /api/v1/revisions'],
  'scope-not-found': ['a path, or the first levels of one, in GET /api/v1/plant'],
  'shift-not-found': ['the id of a shift of the site on a production day on which it is planned'],
  'signal-not-found': ['a signal name in GET /api/v1/machines/{path}'],
  'zone-needed': ['an IANA time zone in `zone`, e.g. Asia/Shanghai'],
  'span-too-large': ['a shorter span, or fewer dimensions in `by`'],
};

/** Errors of Express and its body parser: those that carry a 4xx status are the request's fault. */
function problemFromExpress(error: unknown, route: Route | undefined): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status } = error as Error & { status?: unknown };
  if (error instanceof URIError && status === 400) {
    return new Problem(
      'url-malformed',
      'The path has a broken percent encoding; write %25 for a percent sign.',
    );
  }
  switch (status) {
    case 400:
      return new Problem('body-malformed', `The body can't be read: ${error.message}.`);
    case 413:
      return new Problem(
        'body-too-large',
        `The body is larger than ${route?.upload?.maxBytes ?? MAX_BODY_BYTES} bytes.`,
      );
    case 415:
      return new Problem(
        'media-type-unsupported',
        'The content-encoding is not taken; send gzip, deflate, br or none.',
      );
    default:
      return undefined;
  }
}

function unforeseen(error: unknown) {
  const { status, title } = PROBLEMS.internal;
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    type: 'urn:kaidong:problem:internal',
    title,
    status,
    detail: `An unforeseen ${kind} happened; the log has it under the id in "instance".`,
    instance: `urn:uuid:${randomUUID()}`,
    code: 'internal',
    errors: [],
  };
}
