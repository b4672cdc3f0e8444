import { countedFlag } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

export const digitalEquipmentRate: Measure = {
  id: 'digital-equipment-rate',
  title: { zh: '数字化设备占比', en: 'Share of digital equipment' },
  source:
    'Digital production equipment / all production equipment (生产设备数字化率), recalled from GB/T 23020; its exact text was not seen.',
  verification: 'recalled',
  definition: {
    zh: '数字化设备台数占设备总台数的比例；取自设备台账。',
    en: 'Digital equipment as a share of all equipment; from the register.',
  },
  denominator: { zh: '台数', en: 'number of pieces of equipment' },
  of: 'equipment',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'register',
  measure: (input) => countedFlag(input, 'digital'),
};
