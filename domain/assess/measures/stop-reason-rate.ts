import { ratioOf } from '../../ratio.ts';
import { nothing, partsOf } from '../counting/pinned.ts';
import type { MachineEvidence } from '../evidence.ts';
import type { Measure } from '../measure.ts';

const sumOf = (machines: readonly MachineEvidence[], part: (machine: MachineEvidence) => number): bigint =>
  machines.reduce((sum, machine) => sum + BigInt(part(machine)), 0n);

export const stopReasonRate: Measure = {
  id: 'stop-reason-rate',
  title: { zh: '停机原因填报率', en: 'Stop time with a reason' },
  source: 'Our own; it shows whether causes are collected at all, as question banks ask of fault statistics.',
  verification: 'proposed',
  definition: {
    zh: '故障、延误和短暂停机时间中记录了原因的时间所占比例。存在未知时间时，其中的停机无从得知，不给出上下限。',
    en: 'Breakdown, delay and minor-stop time that has a reason, as a share of all such time. While there is unknown time, the stops in it are not known, and no bounds are given.',
  },
  denominator: { zh: '故障、延误与短暂停机时间', en: 'breakdown, delay and minor-stop time' },
  of: 'machines',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'telemetry',
  measure(input) {
    const parts = partsOf(input, ({ stops }) => {
      const value = ratioOf(BigInt(stops.withReasonMs), BigInt(stops.ms));
      return { value, because: value === null ? 'no-value' : null };
    });
    const group = input.window.groups.find((entry) => entry.group === input.group);
    const paths = new Set(group?.machines);
    const machines = input.window.machines.filter(({ path }) => paths.has(path));
    if (machines.length === 0) return nothing('no-machines', parts);
    const numerator = sumOf(machines, ({ stops }) => stops.withReasonMs);
    const denominator = sumOf(machines, ({ stops }) => stops.ms);
    const value = ratioOf(numerator, denominator);
    const bound = machines.some(({ ms }) => ms.unknown > 0) ? null : value;
    return {
      value,
      low: bound,
      high: bound,
      numerator,
      denominator,
      coverage: group?.figures[0]?.coverage ?? null,
      notAssessable: group?.figures[0]?.notAssessable ?? false,
      flags: value === null ? ['no-stops'] : [],
      proof: null,
      parts,
    };
  },
};
