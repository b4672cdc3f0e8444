import type { Name } from './names.ts';
import type { DurationMs, EpochMs } from './time.ts';

/** How much an alert matters, least first. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SEVERITY_NAMES: Readonly<Record<Severity, Name>> = {
  info: { zh: '提示', en: 'Info' },
  warning: { zh: '警告', en: 'Warning' },
  critical: { zh: '严重', en: 'Critical' },
};

/** What can be alarmed about; each is a file of `notify/rules/`. */
export const ALERT_RULES = [
  'machine-stopped',
  'machine-silent',
  'source-silent',
  'coverage-low',
  'spool-filling',
  'disk-filling',
  'refused-rising',
  'part-away',
  'certificate-expiring',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/**
 * `pending`: the condition holds, but not for long enough yet. `firing`: it does, and people are told. `acknowledged`:
 * somebody takes care, nobody is reminded any more. `resolved`: it holds no longer; an alert never leaves this state.
 */
export const ALERT_STATES = ['pending', 'firing', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What people are told of. */
export const ALERT_EVENTS = ['fired', 'repeated', 'resolved'] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

/** What an alert rests on: facts by name, with the unit in the name. */
export type Evidence = Readonly<Record<string, string | number | null>>;

/** One condition of one subject, from when it began until it is over. */
export interface Alert {
  readonly id: number;
  /** The entry of `notify.rules` that it comes from. */
  readonly entry: string;
  readonly rule: AlertRule;
  /** A machine path, a source, or a part of the platform. */
  readonly subject: string;
  readonly severity: Severity;
  readonly state: AlertState;
  /** When the condition began. */
  readonly since: EpochMs;
  readonly firedAt: EpochMs | null;
  readonly acknowledgedAt: EpochMs | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedNote: string | null;
  /** When the condition was over. */
  readonly resolvedAt: EpochMs | null;
  /** Since when the condition doesn't hold, while that is too short to believe. */
  readonly clearSince: EpochMs | null;
  /** When people were told last. */
  readonly toldAt: EpochMs | null;
  readonly evidence: Evidence;
}

/** How a message to a channel stands. `held`: in the channel's quiet hours, until `dueAt`. */
export const DELIVERY_STATES = ['held', 'waiting', 'delivered', 'given-up'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of telling one channel of one event. */
export interface Telling {
  readonly channel: string;
  readonly event: AlertEvent;
  readonly at: EpochMs;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is due, or tried again; `null`: it is over. */
  readonly dueAt: EpochMs | null;
  readonly finishedAt: EpochMs | null;
  /** Why the last attempt failed, without addresses or secrets; `null`: it didn't. */
  readonly error: string | null;
}

/** Whether a severity is at least as high as another. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);

/** A length of time for people, in its two largest units. */
export function durationWords(ms: DurationMs, language: keyof Name): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const parts: readonly (readonly [number, string, string])[] = [
    [Math.floor(minutes / 1440), ' 天', ' d'],
    [Math.floor(minutes / 60) % 24, ' 小时', ' h'],
    [minutes % 60, ' 分钟', ' min'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = (first < 0 ? parts.slice(2) : parts.slice(first, first + 2)).filter(
    ([count], index) => index === 0 || count > 0,
  );
  return shown.map(([count, zh, en]) => `${count}${language === 'zh' ? zh : en}`).join(' ');
}

/** Evidence that grows is kept to the minute, so that it isn't written down at every look. */
export const wholeMinutes = (ms: DurationMs): DurationMs => Math.floor(ms / 60_000) * 60_000;
