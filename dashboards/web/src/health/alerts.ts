import { useEffect, useState } from 'preact/hooks';
import type { AlertEvent, AlertState, DeliveryState, Severity } from '../../../../domain/alert.ts';
import { useAsked } from '../use-asked.ts';
import type { Said } from './answers.ts';

export interface Told {
  readonly channel: string;
  readonly event: AlertEvent;
  readonly state: DeliveryState;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly error: string | null;
}

/** An alert, and who was told of it. */
export interface AlertNow {
  readonly id: number;
  readonly title: Said;
  readonly text: Said;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly subject: string;
  readonly machine: string | null;
  readonly since: string;
  readonly acknowledgement: { readonly at: string; readonly by: string; readonly note: string | null } | null;
  readonly resolvedAt: string | null;
  readonly tellings: readonly Told[];
}

export interface ChannelNow {
  readonly id: string;
  readonly waiting: number;
  readonly lastDeliveredAt: string | null;
  readonly lastError: string | null;
}

export interface AlertsAnswer {
  readonly asOf: string;
  /** Entries of `notify.rules`; 0: nothing is watched. */
  readonly rules: number;
  readonly items: readonly AlertNow[];
  readonly next: string | null;
  readonly channels: readonly ChannelNow[];
}

const FIRING = '/notifications?state=firing&limit=100';
const BADGE_EVERY_MS = 15_000;

/** How many alerts nobody has taken on; 0 where nothing is watched, and then it isn't asked again. */
export function useFiring(): number {
  const [isWatched, note] = useState(true);
  const { answer } = useAsked<AlertsAnswer>(isWatched ? FIRING : null, BADGE_EVERY_MS);
  useEffect(() => {
    if (answer?.rules === 0) note(false);
  }, [answer]);
  return answer?.items.length ?? 0;
}

/** What matters more comes first, what began earlier before what began later. */
export const byWeight = (a: AlertNow, b: AlertNow): number =>
  WEIGHTS[a.severity] - WEIGHTS[b.severity] || a.since.localeCompare(b.since);

const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };
