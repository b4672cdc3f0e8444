import { z } from 'zod';
import { ALERT_RULES, SEVERITIES } from '../domain/alert.ts';
import { STATES } from '../domain/state.ts';
import { ianaZone, share, text, timeOfDay } from './quantities.ts';

const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const id = text
  .max(64)
  .regex(/^[\p{L}\p{N}._-]+$/u, 'write letters, digits and . _ - only')
  .describe('unique; by this name it is shown, and tested with kaidong notify test');
const severity = z.enum(SEVERITIES);
const httpUrl = z.string().refine(
  (value) => {
    const url = URL.parse(value);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  },
  // The value itself isn't repeated: it may hold a key.
  'is no address; write https://host/path, without user name and password in it',
);
const file = text.describe(
  'a file that holds it, relative to the working directory; a secret stays out of the configuration',
);

const quietHours = z.strictObject({
  start: timeOfDay,
  end: timeOfDay.describe('at or before start: on the next day'),
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .default([1, 2, 3, 4, 5, 6, 7])
    .describe('ISO weekdays on which they begin, 1 = Monday'),
});

const channel = z.strictObject({
  id,
  kind: z
    .enum(['webhook', 'wecom', 'dingtalk'])
    .describe('webhook: signed JSON; wecom: a robot of 企业微信; dingtalk: a robot of 钉钉'),
  url: httpUrl
    .optional()
    .describe('a secret of robots, since it holds their key; it is never shown or logged'),
  urlFile: file.optional(),
  secret: text
    .optional()
    .describe(
      'webhook: signs each message (whsec_… or any text); dingtalk: the SEC… of 加签; wecom has none',
    ),
  secretFile: file.optional(),
  language: z.enum(['zh', 'en']).default('zh'),
  minSeverity: severity.default('info').describe('alerts that matter less are not sent here'),
  quietHours: z
    .array(quietHours)
    .default([])
    .describe('what comes in them is held, and told in one summary afterwards'),
  zone: ianaZone.optional().describe("zone of the quiet hours; default: that of the alert's site"),
  criticalPasses: z.boolean().default(true).describe('what is critical is told in quiet hours too'),
});

const minutes = (most = WEEK_MINUTES) => z.number().min(0).max(most);

/** What every rule can be told. */
const common = (defaults: { forMinutes: number; severity: (typeof SEVERITIES)[number] }) => ({
  id: id.optional().describe('unique; default: the name of the rule'),
  forMinutes: minutes().default(defaults.forMinutes).describe('the condition must hold for so long'),
  clearMinutes: minutes(DAY_MINUTES).default(2).describe('it must be over for so long to be believed'),
  severity: severity.default(defaults.severity),
  repeatMinutes: z
    .number()
    .min(5)
    .max(WEEK_MINUTES)
    .nullable()
    .default(240)
    .describe('reminds again after so long while nobody acknowledges; null: never'),
  tellResolved: z.boolean().default(true).describe('also says when it is over'),
  channels: z.array(text).min(1).describe('ids of the channels that are told'),
});
const scope = z
  .string()
  .default('')
  .describe('path prefix of whole levels, e.g. acme/zhoushan; default: everything');

const [stopped, silent, source, coverage, spool, disk, refused, part, certificate] = ALERT_RULES;

const noSuchRule = { error: `there is no such rule; known are: ${ALERT_RULES.join(', ')}` };

const rule = z.discriminatedUnion(
  'rule',
  [
    z.strictObject({
      rule: z.literal(stopped),
      ...common({ forMinutes: 10, severity: 'warning' }),
      scope,
      states: z
        .array(z.enum(STATES).exclude(['running', 'setup', 'planned-stop', 'unknown']))
        .min(1)
        .default(['down', 'held', 'blocked', 'starved'])
        .describe('the states that count as a stop'),
    }),
    z.strictObject({ rule: z.literal(silent), ...common({ forMinutes: 30, severity: 'warning' }), scope }),
    z.strictObject({ rule: z.literal(source), ...common({ forMinutes: 30, severity: 'warning' }), scope }),
    z.strictObject({
      rule: z.literal(coverage),
      ...common({ forMinutes: 5, severity: 'warning' }),
      scope,
      afterMinutes: minutes(DAY_MINUTES)
        .default(60)
        .describe('judged when so much planned time of the shift has passed'),
    }),
    z.strictObject({
      rule: z.literal(spool),
      ...common({ forMinutes: 1, severity: 'critical' }),
      share: share.min(0.2).default(0.8).describe('share of spool.maxBytes'),
      fullWithinMinutes: minutes()
        .default(60)
        .describe('or full within so long at the present rate; 0: never'),
    }),
    z.strictObject({
      rule: z.literal(disk),
      ...common({ forMinutes: 10, severity: 'critical' }),
      share: share.min(0.2).default(0.9).describe('share of the disk of data.dir that is used'),
      withinDays: z
        .number()
        .min(1)
        .max(400)
        .default(14)
        .describe('or full within so long at the present growth'),
    }),
    z.strictObject({
      rule: z.literal(refused),
      ...common({ forMinutes: 2, severity: 'warning' }),
      perMinute: z.number().positive().default(10).describe('refused messages a minute'),
    }),
    z.strictObject({ rule: z.literal(part), ...common({ forMinutes: 2, severity: 'critical' }) }),
    z.strictObject({
      rule: z.literal(certificate),
      ...common({ forMinutes: 0, severity: 'warning' }),
      withinDays: z.number().min(1).max(400).default(30),
    }),
  ],
  noSuchRule,
);

/** The section `notify`. */
export const notify = z
  .strictObject({
    publicUrl: httpUrl
      .optional()
      .describe('where people reach the page, e.g. http://kaidong.plant:8080; messages link there'),
    channels: z.array(channel).default([]).describe('where messages go'),
    rules: z
      .array(rule)
      .default([])
      .describe('what is told; the same rule may stand here more than once, with other ids'),
  })
  .prefault({})
  .describe('notifications, without Grafana; nothing is watched while there are no rules');

export type NotifyFile = z.output<typeof notify>;
