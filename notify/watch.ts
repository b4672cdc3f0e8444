import { type Alert, isAtLeast } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Channel } from './channel.ts';
import type { Facts } from './facts.ts';
import type { AlertShelf, Changes, NewTelling } from './ports.ts';
import { quietEnd } from './quiet.ts';
import type { RuleEntry } from './rule.ts';
import { ruleOf } from './rules/index.ts';
import { type Step, step } from './step.ts';

export interface WatchOptions {
  readonly entries: readonly RuleEntry[];
  readonly channels: readonly Channel[];
  /** The zone by whose wall clock the people of a subject live. */
  readonly zoneOf: (subject: string) => string;
}

/** Looks at the facts once: what changed of every entry's alerts, and whom to tell of it, and when. */
export function look({
  options,
  facts,
  open,
}: {
  readonly options: WatchOptions;
  readonly facts: Facts;
  /** Every alert that isn't resolved. */
  readonly open: readonly Alert[];
}): Changes {
  const byEntry = Map.groupBy(open, ({ entry }) => entry);
  const changes = { begun: [], changed: [], dropped: [] } as {
    -readonly [K in keyof Changes]: Changes[K][number][];
  };
  for (const entry of options.entries) {
    const own = new Map((byEntry.get(entry.id) ?? []).map((alert) => [alert.subject, alert]));
    const judgements = ruleOf(entry.rule).judge({ facts, entry, open: own });
    // Nothing can be told of anything: what is open stays as it is.
    if (judgements === null) continue;
    const bySubject = new Map(judgements.map((judgement) => [judgement.subject, judgement]));
    for (const subject of new Set([...bySubject.keys(), ...own.keys()])) {
      const before = own.get(subject);
      const next = step({ entry, open: before, judgement: bySubject.get(subject), at: facts.asOf });
      const tellings = tellingsOf(next, { entry, options, at: facts.asOf });
      if (next.keep === 'new') changes.begun.push({ alert: next.alert, tellings });
      else if (next.keep === 'changed') changes.changed.push({ alert: next.alert, tellings });
      else if (next.keep === 'nothing' && before) changes.dropped.push(before.id);
    }
  }
  return changes;
}

function tellingsOf(
  next: Step,
  {
    entry,
    options: { channels, zoneOf },
    at,
  }: { readonly entry: RuleEntry; readonly options: WatchOptions; readonly at: EpochMs },
): NewTelling[] {
  if (!('event' in next) || next.event === null) return [];
  const { event, alert } = next;
  return channels
    .filter(({ id, minSeverity }) => entry.channels.includes(id) && isAtLeast(alert.severity, minSeverity))
    .map((channel) => ({
      channel: channel.id,
      event,
      at,
      dueAt: quietEnd(channel, { severity: alert.severity, zone: zoneOf(alert.subject), at }),
    }));
}

/** One turn of watching: looks, and writes down what changed with whom to tell, in one transaction. */
export function watch(
  shelf: AlertShelf,
  options: WatchOptions,
  { facts, open }: { readonly facts: Facts; readonly open: readonly Alert[] },
): void {
  shelf.commit(look({ options, facts, open }));
}
