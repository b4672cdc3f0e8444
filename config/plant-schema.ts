import { z } from 'zod';
import { TIME_CLASSES } from '../domain/ledger-row.ts';
import { CHANGEOVER_CHANGES } from '../domain/orders/changeovers.ts';
import { MACHINE_DEFAULTS } from '../domain/plant.ts';
import { STATES } from '../domain/state.ts';
import { PLANNED } from '../domain/time-classes.ts';
import { calendarRules, maintenance } from './calendar-schema.ts';
import { cycleMs, ianaZone, moment, share, text } from './quantities.ts';
import { reasonTree } from './reason-schema.ts';
import { scope, state } from './state-schema.ts';
import { counterRule, energyMeter, valueRule } from './value-schema.ts';

/** `.` and `..` would be resolved in the address of a page or an answer, and never be found. */
const segment = '(?!\\.{1,2}(?:/|$))[^/+#\\u0000-\\u001f]+';

const sitePath = text.regex(new RegExp(`^${segment}/${segment}$`, 'u'), 'write enterprise/site');
const machinePath = text.regex(
  new RegExp(`^${segment}(/${segment}){4}$`, 'u'),
  'write enterprise/site/area/line/machine',
);

const classRule = z.strictObject({
  class: z.enum(TIME_CLASSES),
  states: z.array(z.enum(STATES)).min(1).optional().describe('absent: any state'),
  planned: z.array(z.enum(PLANNED)).min(1).optional().describe('absent: any time'),
  minorStop: z.literal(true).optional().describe('only in a minor stop'),
  order: z.literal(true).optional().describe('only while an order is active'),
  changeover: z
    .literal(true)
    .optional()
    .describe('only in a changeover found from orders (sites[].changeoverFromOrders)'),
});

/** An entry of `sites`. */
export const site = z.strictObject({
  path: sitePath.describe('enterprise/site'),
  zone: ianaZone.default('Asia/Shanghai').describe('IANA time zone'),
  ...calendarRules,
  calendar: text
    .optional()
    .describe('one of `calendars`, in place of dayStart, shifts and all else that a calendar says'),
  calendars: z
    .array(
      z.strictObject({
        scope: text.describe('below the site, e.g. acme/zhoushan/office; the longest scope counts'),
        calendar: text.describe('one of `calendars`'),
      }),
    )
    .default([])
    .describe('calendars of parts of the site'),
  maintenance,
  classes: z
    .array(classRule)
    .default([])
    .describe("the site's own lines of the table of time classes; they come before the common ones"),
  reasons: reasonTree
    .optional()
    .describe('what operators choose reasons of stops from; absent: the tree that is shipped'),
  changeoverFromOrders: z
    .strictObject({
      change: z
        .enum(CHANGEOVER_CHANGES)
        .default('product')
        .describe('product: when the next order makes another product; order: at each next order'),
      longestMs: z
        .number()
        .int()
        .min(1000)
        .max(24 * 3_600_000, 'is longer than a day; write 86400000 or less')
        .default(3_600_000)
        .describe('no more than this before and after the change is changeover; cells close this much later'),
    })
    .optional()
    .describe('idle, held, blocked and starved time between two orders is changeover; absent: as it is'),
});

const datedCycle = {
  from: moment
    .optional()
    .describe(
      'from when on it holds: ISO 8601 with an offset, or by the wall clock of the site (in `products`: with an offset); absent: always',
    ),
  idealCycleMs: cycleMs.describe('planned run time per item (PRI), up to 3 decimals'),
};

/** An entry of `products`. */
export const scopedProduct = z.strictObject({
  product: text.describe('the value of the signal `product`'),
  scope: scope
    .optional()
    .describe('the machines below it, also undeclared ones; of several, the narrowest counts; absent: all'),
  ...datedCycle,
});

/** An entry of `machines`. */
export const machine = z.strictObject({
  path: machinePath.describe('enterprise/site/area/line/machine'),
  idealCycleMs: cycleMs.optional().describe('planned run time per item (PRI), up to 3 decimals'),
  products: z
    .record(text, z.strictObject({ idealCycleMs: cycleMs }))
    .default({})
    .describe('PRI by product'),
  idealCycles: z
    .array(
      z.strictObject({
        product: text.optional().describe('absent: of whatever product has no cycle of its own'),
        ...datedCycle,
      }),
    )
    .default([])
    .describe(
      'ideal cycles that hold from a day on, beside idealCycleMs and products; the past keeps its own',
    ),
  minorStopMs: z.number().int().min(0).default(MACHINE_DEFAULTS.minorStopMs),
  maxSilenceMs: z
    .number()
    .int()
    .min(1000)
    .nullable()
    .default(MACHINE_DEFAULTS.maxSilenceMs)
    .describe('null: silence never becomes unknown'),
  coverageFloor: share.default(MACHINE_DEFAULTS.coverageFloor),
  state: state
    .optional()
    .describe('how it tells its state; absent: as `states` says, else the signal "state" in our own words'),
  signals: z
    .record(text, valueRule)
    .default({})
    .describe(
      'by signal: unit, range and what its values must keep to; before those of the section `signals`',
    ),
  counters: z
    .strictObject({
      count: counterRule.optional(),
      reject: counterRule.optional(),
      rework: counterRule.optional().describe('good pieces that had to be reworked'),
      inspected: counterRule.optional().describe('absent: every piece is inspected'),
    })
    .default({}),
  calendar: text.optional().describe('one of `calendars`; absent: that of its part of the site'),
  energy: energyMeter
    .optional()
    .describe('its energy meter; absent: the signal "energy" counts kilowatt-hours'),
  maintenance,
});
