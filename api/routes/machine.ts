import { z } from 'zod';
import type { MachineDetail } from '../../analysis/answers.ts';
import { machineInPath } from '../http/places.ts';
import { jsonRoute } from '../route.ts';
import { machineNow, machineNowOf } from '../wire/machine.ts';
import { iso, signalValue, time, wireValue } from '../wire/scalars.ts';

const cycle = z.strictObject({ idealCycleMs: z.number() });

const config = z
  .strictObject({
    zone: z.string().describe('IANA zone of its site'),
    idealCycleMs: z
      .number()
      .nullable()
      .describe('planned run time per item (PRI); null: running is not split'),
    products: z.record(z.string(), cycle).describe('PRI by product'),
    minorStopMs: z.int(),
    maxSilenceMs: z.int().nullable().describe('null: silence never becomes unknown'),
    coverageFloor: z.number(),
    state: z.strictObject({ signal: z.string(), vocabulary: z.string() }),
    counters: z.record(
      z.string(),
      z.strictObject({ rollover: z.number().optional(), maxPerHour: z.number().optional() }),
    ),
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

function configOf(machine: MachineDetail['config']): z.output<typeof config> {
  return {
    zone: machine.zone,
    idealCycleMs: machine.idealCycleUs === null ? null : msOf(machine.idealCycleUs),
    products: Object.fromEntries(
      Object.entries(machine.productCycleUs).map(([product, us]) => [product, { idealCycleMs: msOf(us) }]),
    ),
    minorStopMs: machine.minorStopMs,
    maxSilenceMs: machine.maxSilenceMs,
    coverageFloor: machine.coverageFloor,
    state: { signal: machine.stateSignal, vocabulary: machine.vocabulary },
    counters: { ...machine.counters },
  };
}
