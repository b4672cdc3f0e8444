import type { Alert, AlertRule, Evidence, Severity } from '../domain/alert.ts';
import type { Name } from '../domain/names.ts';
import type { State } from '../domain/state.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Facts } from './facts.ts';

/** An entry of `notify.rules`, with all that its rule can be told; what a rule doesn't need is its default. */
export interface RuleEntry {
  /** Unique among the entries. */
  readonly id: string;
  readonly rule: AlertRule;
  /** Path prefix of whole levels; '' for everything. */
  readonly scope: string;
  /** How long the condition must hold. */
  readonly forMs: DurationMs;
  /** How long it must be over to be believed. */
  readonly clearMs: DurationMs;
  /** Reminds again after so long without acknowledgement; `null`: never. */
  readonly repeatMs: DurationMs | null;
  readonly severity: Severity;
  readonly tellResolved: boolean;
  readonly channels: readonly string[];
  /** Of `machine-stopped`: what counts as a stop. */
  readonly states: readonly State[];
  /** Of `spool-filling`: share of `spool.maxBytes`; of `disk-filling`: of the disk. */
  readonly share: number;
  /** Of `spool-filling`: the time in which it would be full at the present rate. */
  readonly fullWithinMs: DurationMs;
  /** Of `refused-rising`. */
  readonly perMinute: number;
  /** Of `coverage-low`: planned time that must have passed of the running shift. */
  readonly afterMs: DurationMs;
  /** Of `certificate-expiring` and `disk-filling`. */
  readonly withinMs: DurationMs;
}

/**
 * What a rule found of one subject. `unsure`: it can't be told now (silence, a store that is away, a break), so that
 * nothing fires and nothing is over. A subject that isn't mentioned doesn't fulfil the condition.
 */
export type Judgement =
  | {
      readonly is: 'yes';
      readonly subject: string;
      /** When the condition began, where the facts tell; absent: when it was seen first. */
      readonly since?: EpochMs;
      /** How much of it counts; absent: all since it began. */
      readonly lastedMs?: DurationMs;
      readonly evidence: Evidence;
    }
  | { readonly is: 'unsure'; readonly subject: string }
  /** As if it weren't mentioned, but the facts tell when it was over. */
  | { readonly is: 'no'; readonly subject: string; readonly since: EpochMs };

/** What a rule looks at. */
export interface Look {
  readonly facts: Facts;
  readonly entry: RuleEntry;
  /** The entry's alerts that aren't resolved, by subject. */
  readonly open: ReadonlyMap<string, Alert>;
}

/** Something that people want to be told of. */
export interface Rule {
  readonly id: AlertRule;
  readonly title: Name;
  readonly why: Name;
  /** What has to be gathered for it. */
  readonly needs: 'machines' | 'coverage' | 'books' | 'parts' | 'certificates' | 'disk';
  /** `null`: nothing can be said of any subject, since the facts can't be had. */
  judge(look: Look): readonly Judgement[] | null;
  /** One sentence on an alert; the subject stands before it. */
  says(alert: Pick<Alert, 'evidence'>, language: keyof Name): string;
  /** The page's address behind `#`. */
  link(alert: Pick<Alert, 'subject'>): string;
}
