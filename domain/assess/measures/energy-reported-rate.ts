import { COUNTS, isNot } from '../counting/counted.ts';
import { countedMachines } from '../counting/counted-members.ts';
import type { Measure } from '../measure.ts';

/** Words that make a signal one of power or energy, and those that make it something else (`powerOn`, `power_state`). */
const ENERGY = new Set(['power', 'energy', 'wattage', 'kw', 'kwh']);
const ENERGY_ZH = /功率|电能|能耗|电量/u;
const OTHER = new Set(['on', 'off', 'state', 'status']);

/** Whether a signal's name says that it is power or energy: `power`, `active-power`, `totalKWh`, `主轴功率`. */
export function isEnergySignal(name: string): boolean {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/\bk (wh?)\b/gi, 'k$1')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  if (words.some((word) => OTHER.has(word))) return false;
  return words.some((word) => ENERGY.has(word)) || ENERGY_ZH.test(name);
}

export const energyReportedRate: Measure = {
  id: 'energy-reported-rate',
  title: { zh: '能耗上报率', en: 'Machines that report energy' },
  source: 'Our own; evidence for questions on collecting energy data in real time.',
  verification: 'proposed',
  definition: {
    zh: '评估期内有数据且上报功率或电能信号的设备台数占设备总台数的比例，按信号名判断（power、energy、kWh、功率、能耗等）；静默和未接入的设备计入总数。',
    en: 'Equipment heard in the period that sends a power or energy signal, as a share of all, judged by the signal’s name (power, energy, kWh and the like); silent and unconnected equipment stays in the denominator.',
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
      signals.some(isEnergySignal) ? COUNTS : isNot('signal-missing'),
    ),
};
