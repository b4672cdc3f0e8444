import type { ClassMs } from '../../ledger-row.ts';
import { COUNTS, isNot } from '../counting/counted.ts';
import { countedMachines } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

/** Classes that only a known state gives: the calendar alone makes the others. */
const knownStateMs = (ms: ClassMs): number =>
  ms.running + ms.changeover + ms.breakdown + ms.delay + ms.minorStop + ms.idle + ms.extra;

export const stateReportedRate: Measure = {
  id: 'state-reported-rate',
  title: { zh: '状态上报率', en: 'Machines that report their state' },
  source: 'Our own; evidence for questions on real-time equipment status.',
  verification: 'proposed',
  definition: {
    zh: '评估期内上报过可识别运行状态的设备台数占设备总台数的比例；静默和未接入的设备计入总数。状态词不可识别的不算。',
    en: 'Equipment that reported a state that is understood, in the period, as a share of all; silent and unconnected equipment stays in the denominator. A word that no vocabulary knows is no state.',
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
  measure: (input) => countedMachines(input, ({ ms }) => (knownStateMs(ms) > 0 ? COUNTS : isNot('no-state'))),
};
