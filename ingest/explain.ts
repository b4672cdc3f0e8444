import type { SignalValue } from '../domain/observation.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { CorrectionAction, CorrectionKind, RuleWords } from '../domain/values/correction.ts';
import type { DecodedReading } from './decode/decoder.ts';
import { quoted } from './decode/names.ts';
import { timeFault } from './guard/time-range.ts';
import { guardReading } from './guard/type-guard.ts';
import type { JudgeOptions } from './judge.ts';
import { decodeArrival } from './prepare.ts';
import type { Router } from './route.ts';
import { clockWords, coercionWords } from './values/taken-notes.ts';
import { refusalOf } from './values/value-guard.ts';

export interface ExplainInput {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** When it was received, of a message that was; absent: now. */
  readonly receivedAt?: EpochMs;
}

/** What would be done to a value. */
export interface ExplainedCorrection {
  readonly machine: string;
  readonly signal: string;
  readonly ts: EpochMs;
  readonly kind: CorrectionKind;
  readonly action: CorrectionAction;
  readonly words: RuleWords;
  readonly detail: string;
}

/** What ingest would make of a message, and why. */
export interface Explained {
  /** The decoder or mapping rule that the topic belongs to; `null`: none. */
  readonly rule: string | null;
  /** File and line of the mapping rule, or the ready rule file; `null`: it is built in, or there is none. */
  readonly place: string | null;
  readonly observations: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly ts: EpochMs;
    /** What the source's clock said, where a correction of clocks moved `ts`. */
    readonly sourceTs?: EpochMs;
    readonly value: SignalValue;
  }[];
  readonly refused: readonly Refusal[];
  /** What would be done to values; of a jump or a dead band as of the newest value. */
  readonly corrections: readonly ExplainedCorrection[];
  /** What the rule leaves out: optional values that aren't there, members that are no plain value. */
  readonly skipped: readonly { readonly signal: string; readonly at: string }[];
}

/** Asks every stage but the last ones; changes nothing. */
export function explainMessage(
  { topic, payload, receivedAt }: ExplainInput,
  options: Pick<JudgeOptions, 'machines' | 'caps' | 'tsAheadMs' | 'valueGuard'> & {
    readonly router: Pick<Router, 'fresh'>;
    readonly maxPayloadBytes: number;
    readonly now: EpochMs;
    /** Told of what will be guarded, so that what others pinned can be taken up first. */
    readonly beforeGuard?: ((readings: readonly DecodedReading[]) => void) | undefined;
  },
): Explained {
  const { machines, caps, tsAheadMs, maxPayloadBytes, router } = options;
  const now = receivedAt ?? options.now;
  const route = router.fresh(topic);
  const { rule, place } = route;
  const skipped: Explained['skipped'][number][] = [];
  if ('overlooked' in route.to)
    return { rule, place, observations: [], refused: [], corrections: [], skipped };
  const message = { topic, payload, receivedAt: now, retain: false, delivery: null };
  const trace = { skipped: (signal: string, at: string) => void skipped.push({ signal, at }) };
  const arrival = { number: 0, message, route, delivery: null, durable: null, replay: null, trace };
  const { decoded } = decodeArrival(arrival, maxPayloadBytes);
  options.beforeGuard?.(decoded.readings);
  const refused: Refusal[] = decoded.refused.map(({ code, detail }) => ({ code, detail }));
  const observations: Explained['observations'][number][] = [];
  const corrections: Explained['corrections'][number][] = [];
  const askRules = options.valueGuard?.asking();
  for (const reading of decoded.readings) {
    const ts = reading.ts ?? now;
    const fault = timeFault(ts, now, tsAheadMs);
    if (fault) {
      refused.push(fault);
      continue;
    }
    const guarded = guardReading(machines, reading, caps);
    refused.push(...guarded.refused.map(({ code, detail }) => ({ code, detail })));
    const { machine } = reading;
    for (const { signal, raw, value } of guarded.coerced) {
      const words = coercionWords(raw, value);
      const detail = `${quoted(signal)} is ${raw}; it is stored in the type of the series (${words.en}).`;
      corrections.push({ machine, signal, ts, kind: 'coerced', action: 'converted', words, detail });
    }
    if (reading.sourceTs !== undefined) {
      const words = clockWords(reading.sourceTs - ts);
      const detail = `The time is ${new Date(reading.sourceTs).toISOString()} by the source's clock; ${new Date(ts).toISOString()} is stored (${words.en}).`;
      corrections.push({ machine, signal: 'ts', ts, kind: 'clock', action: 'moved', words, detail });
    }
    guarded.signals.forEach((signal, index) => {
      const value = guarded.values[index] as SignalValue;
      const note = askRules?.(machines.get(machine), machine, { signal, ts, value });
      if (note) {
        const { before, ...what } = note;
        corrections.push({ machine, ts, ...what });
      }
      if (note?.action === 'refused') refused.push(refusalOf(note));
      if (note && note.action !== 'flagged') return;
      observations.push({
        machine,
        signal,
        ts,
        ...(reading.sourceTs === undefined ? {} : { sourceTs: reading.sourceTs }),
        value,
      });
    });
  }
  return { rule, place, observations, refused, corrections, skipped };
}
