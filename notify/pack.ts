import type { AlertEvent } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Channel } from './channel.ts';
import type { Entry, Message } from './message.ts';
import type { DueTelling, Outbox } from './ports.ts';
import { ruleOf } from './rules/index.ts';
import { clockOf } from './wording.ts';

/** More entries than this are only counted: nobody reads them in a chat. */
const MOST_ENTRIES = 50;
/**
 * While a channel's newest message was tried less often than this, what comes meanwhile waits for the next one: an outage
 * ends with few messages. After that the message itself may be the trouble, and mustn't hold up the others.
 */
const PATIENT_ATTEMPTS = 5;

/** Makes what each channel is due to be told one message. `newKey` gives a key that no other message has. */
export function packDue({
  outbox,
  channels,
  at,
  ...parts
}: {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly at: EpochMs;
  readonly zoneOf: (subject: string) => string;
  /** Where people reach the page; `null`: nowhere that is known. */
  readonly publicUrl: string | null;
  readonly newKey: () => string;
}): void {
  for (const { id: channel } of channels) {
    if (outbox.hasFresh(channel, PATIENT_ATTEMPTS)) continue;
    const due = outbox.dueTellings(channel, at);
    if (due.length === 0) continue;
    const key = parts.newKey();
    const message = messageOf({ ...parts, key, channel, at, due });
    outbox.pack({ key, channel, at, message, tellings: due.map(({ id }) => id) });
  }
}

/** The message of what is due: each alert once, as it stands after all that happened to it. */
export function messageOf({
  key,
  channel,
  at,
  due,
  zoneOf,
  publicUrl,
}: {
  readonly key: string;
  readonly channel: string;
  readonly at: EpochMs;
  readonly due: readonly DueTelling[];
  readonly zoneOf: (subject: string) => string;
  readonly publicUrl: string | null;
}): Message {
  const alerts = [...Map.groupBy(due, ({ alert }) => alert.id).values()];
  const entries = alerts.map((tellings) => entryOf(tellings, zoneOf, publicUrl)).sort(byWeight);
  return {
    kind: due.some(({ held }) => held) ? 'summary' : 'alerts',
    key,
    channel,
    createdAt: at,
    entries: entries.slice(0, MOST_ENTRIES),
    more: Math.max(0, entries.length - MOST_ENTRIES),
  };
}

function entryOf(
  tellings: readonly DueTelling[],
  zoneOf: (subject: string) => string,
  publicUrl: string | null,
): Entry {
  const { alert } = tellings[0] as DueTelling;
  const { since, firedAt, resolvedAt, subject, severity, state, evidence } = alert;
  const rule = ruleOf(alert.rule);
  const zone = zoneOf(subject);
  return {
    alert: alert.id,
    rule: alert.rule,
    ruleId: alert.entry,
    title: rule.title,
    event: lastOf(tellings.map(({ event }) => event)),
    ...{ state, severity, subject, since, firedAt, resolvedAt },
    clock: {
      since: clockOf(since, zone),
      resolved: resolvedAt === null ? null : clockOf(resolvedAt, zone),
      zone,
    },
    text: { zh: rule.says(alert, 'zh'), en: rule.says(alert, 'en') },
    evidence,
    link: publicUrl === null ? null : `${publicUrl}/#${rule.link(alert)}`,
  };
}

/** Over is over; a reminder says less than that it began. */
const lastOf = (events: readonly AlertEvent[]): AlertEvent =>
  (['resolved', 'fired', 'repeated'] as const).find((event) => events.includes(event)) ?? 'fired';

const WEIGHTS = { critical: 0, warning: 1, info: 2 } as const;

/** What goes on before what is over, what matters more first. */
const byWeight = (a: Entry, b: Entry): number =>
  Number(a.event === 'resolved') - Number(b.event === 'resolved') ||
  WEIGHTS[a.severity] - WEIGHTS[b.severity] ||
  a.since - b.since;
