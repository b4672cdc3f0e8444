import { COUNTS, isNot } from '../counting/counted.ts';
import { countedMachines } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

export const orderReportedRate: Measure = {
  id: 'order-reported-rate',
  title: { zh: '工单上报率', en: 'Machines that report their order' },
  source: 'Our own; evidence for questions on tracking the execution of plans.',
  verification: 'proposed',
  definition: {
    zh: '评估期内有数据且上报工单（order）或产品（product）的设备台数占设备总台数的比例；静默和未接入的设备计入总数。',
    en: 'Equipment heard in the period that sends its order or product, as a share of all; silent and unconnected equipment stays in the denominator.',
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
    countedMachines(input, ({ signals }) =>
      signals.includes('order') || signals.includes('product') ? COUNTS : isNot('signal-missing'),
    ),
};
