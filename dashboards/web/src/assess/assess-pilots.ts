import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api.ts';
import { type Period, type PeriodChoice, periodOf } from './periods.ts';
import { siteDaysOf } from './site-days.ts';
import { readStored } from './stored.ts';

/** A pilot with much telemetry takes its time. */
const TIMEOUT_MS = 300_000;

export interface Candidate {
  readonly pilot: string;
  readonly name: string;
}

export interface Order {
  readonly rubric: string;
  readonly period: PeriodChoice;
  /** The days of the period `own`, both inclusive. */
  readonly own: { readonly from: string; readonly to: string };
}

/** What came of one pilot. */
export type Outcome = Candidate &
  (
    | { readonly kind: 'assessed'; readonly id: number }
    | { readonly kind: 'refused'; readonly error: unknown }
  );

export interface Run {
  /** Whose turn it is; `null`: it is over. */
  readonly at: Candidate | null;
  readonly total: number;
  readonly outcomes: readonly Outcome[];
  readonly cancelled: boolean;
}

/** A period that holds no day, or ends in the wrong order. */
export class NoSuchPeriod extends Error {
  override name = 'NoSuchPeriod';
}

/** Assesses pilots one after another; one that is refused doesn't stop the others. */
export function useAssessing(done: (last: Outcome | undefined) => void) {
  const [run, change] = useState<Run | null>(null);
  const stop = useRef<AbortController | null>(null);
  // Whoever leaves the page sees no more of it.
  useEffect(() => () => stop.current?.abort(), []);

  async function start(pilots: readonly Candidate[], order: Order): Promise<void> {
    const stopping = new AbortController();
    stop.current = stopping;
    const { signal } = stopping;
    const outcomes: Outcome[] = [];
    for (const at of pilots) {
      change({ at, total: pilots.length, outcomes: [...outcomes], cancelled: false });
      try {
        outcomes.push({ ...at, kind: 'assessed', id: await assessOne(at.pilot, order, signal) });
      } catch (error) {
        if (signal.aborted) break;
        outcomes.push({ ...at, kind: 'refused', error });
      }
    }
    change({ at: null, total: pilots.length, outcomes, cancelled: signal.aborted });
    done(outcomes.at(-1));
  }
  return { run, start, cancel: () => stop.current?.abort() };
}

async function assessOne(pilot: string, order: Order, signal: AbortSignal): Promise<number> {
  const days = await siteDaysOf(pilot, signal);
  const period: Period | null = periodOf(order.period, { days, now: Date.now(), own: order.own });
  if (!period) throw new NoSuchPeriod();
  const from = new Date(period.from).toISOString();
  const to = new Date(period.to).toISOString();
  const stored = await ask('/assessments', {
    signal,
    timeoutMs: TIMEOUT_MS,
    body: { pilot, rubric: order.rubric, from, to },
    read: readStored,
  });
  return stored.id;
}
