import { hash } from 'node:crypto';
import type { RefusedPart } from './decode/decoder.ts';
import type { IncomingMessage } from './message.ts';
import type { NewQuarantined } from './ports.ts';

/** Semantics, "Durable, and the books": payloads up to 1 MB are kept whole, of larger ones 64 kB. */
const WHOLE_BYTES = 1024 * 1024;
const PART_BYTES = 64 * 1024;

/** How a refused message entered the books; a replay needs it to put them right. */
export interface Booked {
  /** False: other observations of the message went on, and it isn't counted as refused. */
  readonly wholeMessage: boolean;
  /** How many observations were counted as refused. */
  readonly observations: number;
  /** The broker had retained the message. */
  readonly retained: boolean;
}

/** A refused message as it goes into quarantine: the first refusal, and in words how it was booked. */
export function quarantinedOf(
  source: string,
  {
    topic,
    payload,
    receivedAt,
    retain = false,
  }: Pick<IncomingMessage, 'topic' | 'payload' | 'receivedAt'> & {
    readonly retain?: boolean;
  },
  refused: readonly RefusedPart[],
  wholeMessage: boolean,
): NewQuarantined {
  const first = refused[0] as RefusedPart;
  const more = refused.length === 1 ? '' : ` And ${refused.length - 1} more of its parts are refused.`;
  const observations = refused.reduce((sum, part) => sum + part.observations, 0);
  const truncated = payload.length > WHOLE_BYTES;
  return {
    source,
    topic,
    receivedAt,
    code: first.code,
    detail: `${first.detail}${more} ${bookedInWords({ wholeMessage, observations, retained: retain })}`,
    payload: truncated ? payload.subarray(0, PART_BYTES) : payload,
    payloadBytes: payload.length,
    sha256: hash('sha256', payload),
    truncated,
  };
}

const bookedInWords = ({ wholeMessage, observations, retained }: Booked): string =>
  `[${wholeMessage ? 'The message is refused' : 'The rest of the message went on'}; observations refused: ${observations}${retained ? '; retained' : ''}]`;

/** Reads back what {@link quarantinedOf} wrote at the end of the detail. */
export function bookedOf(detail: string): Booked {
  const match =
    /\[(The message is refused|The rest of the message went on); observations refused: (\d+)(; retained)?\]$/.exec(
      detail,
    );
  return {
    wholeMessage: match?.[1] !== 'The rest of the message went on',
    observations: Number(match?.[2] ?? 0),
    retained: match?.[3] !== undefined,
  };
}
