import { z } from 'zod';
import type { MachineDetail } from '../../analysis/answers.ts';
import type { DerivedRule } from '../../domain/derived/rule.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { CHANGEOVER_CHANGES } from '../../domain/orders/changeovers.ts';
import { COUNTER_KINDS } from '../../domain/plant.ts';
import { STATES } from '../../domain/state.ts';
import { PLANNED } from '../../domain/time-classes.ts';
import { wordsOf } from '../../domain/vocabulary/index.ts';
import { machineInPath } from '../http/places.ts';
import { jsonRoute } from '../route.ts';
import { clockOf } from '../wire/clock.ts';
import { machineNow, machineNowOf } from '../wire/machine.ts';
import { iso, isoOrNull, signalValue, time, wireValue } from '../wire/scalars.ts';

const cycle = z.strictObject({ idealCycleMs: z.number() });

const maintenance = z
  .union([
    z.strictObject({
      ...{ days: z.array(z.int()).readonly(), start: z.string(), end: z.string() },
      everyWeeks: z.int().optional().describe('counted from the week of since; absent: every week'),
      since: z.string().optional().describe('the first date on which it can start'),
      until: z.string().optional().describe('the last one'),
    }),
    z.strictObject({ from: time, to: time }),
  ])
  .meta({
    id: 'Maintenance',
    description: 'Planned maintenance: in certain weeks by the wall clock, or once',
  });

const classRule = z
  .strictObject({
    class: z.enum(TIME_CLASSES),
    states: z.array(z.enum(STATES)).readonly().optional(),
    planned: z.array(z.enum(PLANNED)).readonly().optional(),
    minorStop: z.literal(true).optional(),
    order: z.literal(true).optional(),
    changeover: z.literal(true).optional(),
  })
  .meta({ id: 'ClassRule', description: "A line of the site's own table of time classes" });

const derivedRule = z
  .union([
    z.strictObject({
      from: z.literal('level'),
      runningAbove: z.number(),
      idleBelow: z.number(),
      offBelow: z.number().nullable(),
      holdMs: z.int(),
    }),
    z.strictObject({
      from: z.literal('pulses'),
      withinMs: z.int().describe('running while pieces come within it'),
      idealCycleMs: z.number().nullable(),
      kind: z.enum(COUNTER_KINDS).nullable().describe('null: as its counter'),
    }),
  ])
  .meta({ id: 'DerivedState', description: 'How a signal tells the state of a machine that reports none' });

const config = z
  .strictObject({
    zone: z.string().describe('IANA zone of its site'),
    dayStart: z.string().describe('when the production day of its calendar begins now, HH:MM in the zone'),
    calendar: z.string().nullable().describe('which of the calendars it has; null: that of its site'),
    idealCycleMs: z
      .number()
      .nullable()
      .describe('planned run time per item (PRI); null: running is not split'),
    products: z.record(z.string(), cycle).describe('PRI by product'),
    idealCycles: z
      .array(
        z.strictObject({
          product: z.string().nullable().describe('null: of whatever product has none of its own'),
          from: time.nullable().describe('from when on it holds; null: always'),
          idealCycleMs: z.number().nullable().describe('null: from then on none is said'),
          scopeLevels: z.int().describe('levels of the scope that it was said for; 5: of this machine'),
        }),
      )
      .describe('further ideal cycles, configured and entered: the narrowest scope counts, then the newest'),
    minorStopMs: z.int(),
    maxSilenceMs: z.int().nullable().describe('null: silence never becomes unknown'),
    coverageFloor: z.number(),
    state: z.strictObject({
      signal: z.string(),
      vocabulary: z.string(),
      beside: z.array(z.string()).describe('the signals that are read beside the state'),
      derived: derivedRule.nullable().describe('null: it reports its state itself'),
    }),
    counters: z.record(
      z.string(),
      z.strictObject({
        kind: z.enum(COUNTER_KINDS).optional().describe('absent: cumulative'),
        rollover: z.number().optional(),
        maxPerHour: z.number().optional(),
      }),
    ),
    changeoverFromOrders: z
      .strictObject({ change: z.enum(CHANGEOVER_CHANGES), longestMs: z.int() })
      .nullable()
      .describe('how changeovers are found from orders; null: only the state setup is one'),
    maintenance: z.array(maintenance).describe("its site's and its own"),
    classes: z
      .array(classRule)
      .describe("its site's own lines of the table; they come before the common ones"),
  })
  .meta({
    id: 'MachineConfig',
    description: 'What the machine is accounted with, in the words of kaidong.yaml',
  });

const signal = z
  .strictObject({
    name: z.string(),
    unit: z.string().nullable(),
    kind: z.enum(['state', 'counter', 'gauge', 'text']),
    value: signalValue,
    ts: time,
  })
  .meta({ id: 'SignalNow', description: "A signal's newest value" });

/** One machine: how it stands, its signals, and what it is accounted with. */
export const machine = jsonRoute({
  id: 'machine',
  method: 'get',
  path: '/api/v1/machines/{+path}',
  summary: { zh: '一台机器的状态、信号与设置', en: 'One machine: state, signals, settings' },
  params: z.strictObject({ path: machineInPath }),
  answer: machineNow.extend({ signals: z.array(signal), config }).meta({ id: 'Machine' }),
  problems: ['machine-not-found', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const detail = await analysis.machine(params.path);
    return {
      ...machineNowOf(detail),
      signals: detail.signals.map(({ name, unit, kind, value, ts }) => ({
        name,
        unit,
        kind,
        value: wireValue(value),
        ts: iso(ts),
      })),
      config: configOf(detail.config),
    };
  },
});

const msOf = (us: number): number => us / 1000;

function derivedOf(rule: DerivedRule | undefined): z.output<typeof derivedRule> | null {
  if (rule === undefined) return null;
  if (rule.from === 'level') return { ...rule, offBelow: rule.offBelow ?? null };
  const { from, withinMs, cycleUs, kind = null } = rule;
  return { from, withinMs, idealCycleMs: cycleUs === null ? null : msOf(cycleUs), kind };
}

function configOf(machine: MachineDetail['config']): z.output<typeof config> {
  return {
    zone: machine.zone,
    dayStart: clockOf(machine.dayStart),
    calendar: machine.calendar,
    idealCycleMs: machine.idealCycleUs === null ? null : msOf(machine.idealCycleUs),
    products: Object.fromEntries(
      Object.entries(machine.productCycleUs).map(([product, us]) => [product, { idealCycleMs: msOf(us) }]),
    ),
    idealCycles: (machine.cycles ?? []).map(({ product, from, cycleUs, levels }) => ({
      product,
      from: isoOrNull(from),
      idealCycleMs: cycleUs === null ? null : msOf(cycleUs),
      scopeLevels: levels,
    })),
    minorStopMs: machine.minorStopMs,
    maxSilenceMs: machine.maxSilenceMs,
    coverageFloor: machine.coverageFloor,
    state: {
      signal: machine.stateSignal,
      vocabulary: machine.vocabulary,
      beside: machine.derive ? [] : [...wordsOf(machine).signals],
      derived: derivedOf(machine.derive),
    },
    counters: { ...machine.counters },
    changeoverFromOrders: machine.changeover ?? null,
    maintenance: (machine.maintenance ?? []).map((rule) =>
      'from' in rule
        ? { from: iso(rule.from), to: iso(rule.to) }
        : { ...rule, start: clockOf(rule.start), end: clockOf(rule.end) },
    ),
    classes: [...(machine.classes ?? [])],
  };
}
