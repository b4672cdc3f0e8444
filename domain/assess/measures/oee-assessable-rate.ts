import { COUNTS, isNot } from '../counting/counted.ts';
import { countedMachines } from '../counting/counted-members.ts';
import { ownFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

const oeeOf = ownFigure('oee');

export const oeeAssessableRate: Measure = {
  id: 'oee-assessable-rate',
  title: { zh: 'OEE 可评价设备占比', en: 'Machines whose OEE can be judged' },
  source: 'Our own; evidence for questions on whether OEE is analysed and managed.',
  verification: 'proposed',
  definition: {
    zh: 'OEE 有数值且数据覆盖率达到下限的设备台数占设备总台数的比例；静默和未接入的设备计入总数。',
    en: 'Equipment whose OEE has a value and enough coverage to judge by, as a share of all; silent and unconnected equipment stays in the denominator.',
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
    countedMachines(input, (machine) => {
      const { because } = oeeOf(machine);
      return because === null ? COUNTS : isNot(because);
    }),
};
