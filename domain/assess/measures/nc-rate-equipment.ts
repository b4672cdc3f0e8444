import { countedFlag } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

export const ncRateEquipment: Measure = {
  id: 'nc-rate-equipment',
  title: { zh: '设备数控化率', en: 'NC rate of equipment' },
  source:
    'Numerically controlled equipment / all equipment; in public tools it is asked of key equipment (关键设备数控化率): a secondary source.',
  verification: 'secondary',
  definition: {
    zh: '数控化设备台数占设备总台数的比例；取自设备台账。',
    en: 'Numerically controlled equipment as a share of all equipment; from the register.',
  },
  denominator: { zh: '台数', en: 'number of pieces of equipment' },
  of: 'equipment',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'register',
  measure: (input) => countedFlag(input, 'numericallyControlled'),
};
