import { countedProcesses } from '../counting/counted-processes.ts';
import type { Measure } from '../measure.ts';

export const ncRateKeyProcesses: Measure = {
  id: 'nc-rate-key-processes',
  title: { zh: '关键工序数控化率', en: 'NC rate of key processes' },
  source:
    'Numerically controlled key processes / all key processes, by count: a secondary source (the national figure of 55.3 % for the end of 2021 is published so).',
  verification: 'secondary',
  definition: {
    zh: '关键工序中已数控化（自动化）的工序数占关键工序总数的比例，按工序数计，不按设备台数计；取自工序台账。',
    en: 'Numerically controlled (automated) key processes as a share of all key processes; processes are counted, not machines; from the register.',
  },
  denominator: { zh: '关键工序总数', en: 'number of key processes' },
  of: 'processes',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'register',
  measure: ({ evidence }) => countedProcesses(evidence.pilot.processes, ['numericallyControlled'], ['key']),
};
