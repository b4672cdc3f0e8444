import { z } from 'zod';
import { ALERT_EVENTS, ALERT_RULES, ALERT_STATES, DELIVERY_STATES, SEVERITIES } from '../../domain/alert.ts';
import type { ListedAlert } from '../notification-desk.ts';
import { bilingual } from './assess-scalars.ts';
import { count, iso, isoOrNull, time } from './scalars.ts';

export const severity = z.enum(SEVERITIES).meta({ id: 'Severity' });

const telling = z.strictObject({
  channel: z.string(),
  event: z.enum(ALERT_EVENTS),
  at: time,
  state: z
    .enum(DELIVERY_STATES)
    .describe('held: in the quiet hours of the channel; waiting: not yet delivered, and tried again'),
  attempts: count,
  dueAt: time.nullable().describe('when it is told, or tried again; null: it is over'),
  finishedAt: time.nullable(),
  error: z.string().nullable().describe('why the last attempt failed; null: it did not'),
});

/** An alert, and who was told of it. */
export const notification = z
  .strictObject({
    id: z.int(),
    rule: z.enum(ALERT_RULES),
    ruleId: z.string().describe('the entry of notify.rules'),
    title: bilingual,
    text: bilingual,
    severity,
    state: z.enum(ALERT_STATES),
    subject: z.string().describe('a machine path, a source, or a part of the platform'),
    machine: z.string().nullable(),
    since: time.describe('when the condition began'),
    firedAt: time.nullable(),
    acknowledgement: z.strictObject({ at: time, by: z.string(), note: z.string().nullable() }).nullable(),
    resolvedAt: time.nullable().describe('when the condition was over'),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    link: z.string().describe("the page's address of it, from # on"),
    tellings: z.array(telling).describe('which channel was told of what, oldest first'),
  })
  .meta({ id: 'Notification' });

export const notificationOf = (alert: ListedAlert): z.output<typeof notification> => ({
  id: alert.id,
  rule: alert.rule,
  ruleId: alert.entry,
  title: alert.title,
  text: alert.text,
  severity: alert.severity,
  state: alert.state,
  subject: alert.subject,
  machine: alert.machine,
  since: iso(alert.since),
  firedAt: isoOrNull(alert.firedAt),
  acknowledgement:
    alert.acknowledgedAt === null
      ? null
      : { at: iso(alert.acknowledgedAt), by: alert.acknowledgedBy ?? '', note: alert.acknowledgedNote },
  resolvedAt: isoOrNull(alert.resolvedAt),
  evidence: { ...alert.evidence },
  link: alert.link,
  tellings: alert.tellings.map(({ at, dueAt, finishedAt, ...rest }) => ({
    ...rest,
    at: iso(at),
    dueAt: isoOrNull(dueAt),
    finishedAt: isoOrNull(finishedAt),
  })),
});
