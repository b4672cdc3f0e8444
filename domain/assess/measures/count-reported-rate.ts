import { COUNTS, isNot } from '../counting/counted.ts';
import { countedMachines } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

export const countReportedRate: Measure = {
  id: 'count-reported-rate',
  title: { zh: '产量上报率', en: 'Machines that report their pieces' },
  source: 'Our own; evidence for questions on collecting production data automatically.',
  verification: 'proposed',
  definition: {
    zh: '评估期内有数据且上报产量计数（count）的设备台数占设备总台数的比例；静默和未接入的设备计入总数。',
    en: 'Equipment heard in the period that sends a piece count (count), as a share of all; silent and unconnected equipment stays in the denominator.',
  },
  denominator: {
    zh: '台数（含静默和未接入的设备）',
    en: 'number of pieces of equipment, silent and unconnected ones included',
  },
  of: 'equipment',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'telemetry',
  measure: (input) =>
    countedMachines(input, ({ signals }) => (signals.includes('count') ? COUNTS : isNot('signal-missing'))),
};
