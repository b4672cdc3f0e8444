import { StoreUnavailable } from '../port.ts';
import type { WriteOutcome } from './place.ts';

/** An answer to an HTTP request, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** How an adapter names what the operator can mend. */
export interface Remedies {
  /** After 401 and 403. */
  readonly credentials: string;
  /** After 404. */
  readonly missing: string;
  /** After a question whose database the store doesn't show: it is missing, or may not be read. */
  readonly unseen: string;
}

/** The store's own words: `error` of 1.x and 3.x, `message` of 2.x; `undefined` where the body is not InfluxDB's. */
export function reasonIn(body: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const { error, message } = answer as { error?: unknown; message?: unknown };
    if (typeof error === 'string') return error;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

const excerpt = (body: string): string => body.slice(0, 200).replace(/\s+/g, ' ').trim() || 'no reason given';

/** The error for an answer that is no fault of the data: mended by waiting, or by the operator. */
export function unavailable(answer: HttpAnswer, remedies: Remedies): StoreUnavailable {
  const reason = reasonIn(answer.body) ?? excerpt(answer.body);
  const remedy =
    answer.status === 401 || answer.status === 403
      ? `; ${remedies.credentials}`
      : answer.status === 404
        ? `; ${remedies.missing}`
        : '';
  return new StoreUnavailable(`InfluxDB answered ${answer.status}: ${reason}${remedy}`);
}

/**
 * What an answer to a write means (standards §4.3). Only 400 and 422 in InfluxDB's own form speak of the data; a proxy's
 * 400 must not send good data to quarantine. Throws {@link StoreUnavailable} for everything else but success and 413.
 */
export function writeOutcome(answer: HttpAnswer, remedies: Remedies): WriteOutcome {
  if (answer.status >= 200 && answer.status < 300) return { kind: 'stored' };
  const reason = reasonIn(answer.body);
  if (answer.status === 413) return { kind: 'too-large', detail: reason ?? 'request too large' };
  // 2.0 reports a partial write as 500.
  const aboutData = answer.status === 400 || answer.status === 422 || /partial write/.test(reason ?? '');
  if (aboutData && reason !== undefined) {
    const dropped = /dropped=(\d+)/.exec(reason)?.[1];
    return {
      kind: 'refused',
      detail: reason,
      ...(dropped === undefined ? {} : { dropped: Number(dropped) }),
    };
  }
  throw unavailable(answer, remedies);
}
