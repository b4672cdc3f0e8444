import { ratioOf } from '../../ratio.ts';
import { countedMachines } from '../counting/counted-members.ts';
import { compareFractions, decimalFraction, fraction } from '../fraction.ts';
import type { Measure } from '../measure.ts';

export const networkingRate: Measure = {
  id: 'networking-rate',
  title: { zh: '设备联网率', en: 'Networking rate' },
  source:
    'Networked equipment / all equipment: a secondary source. No official reading of “networked” was found; the share of scheduled days (assessment settings, networkedShare) is our own.',
  verification: 'proposed',
  definition: {
    zh: '联网设备台数占设备总台数的比例。有数据的天数不低于其排产日数的设定比例（networkedShare）即为联网；从未上报、上报天数不足和未接入的设备不算联网，但计入总数。曾有数据而评估期内无排产日的设备无法判定，不计入数值，只影响上下限。',
    en: 'Networked equipment as a share of all equipment. A machine is networked when heard on at least the set share (networkedShare) of its scheduled days; one that was never heard, too rarely, or is not connected is not, and stays in the denominator. One that was heard before and has no scheduled day in the period is not known: it is left out of the value and gives its bounds.',
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
  measure(input) {
    const needed = decimalFraction(input.evidence.settings.networkedShare);
    return countedMachines(input, ({ heardDays, scheduledDays }) => {
      const [heard, scheduled] = [BigInt(heardDays), BigInt(scheduledDays)];
      const counts = compareFractions(fraction(heard, scheduled), needed) >= 0;
      return { counts, because: counts ? null : 'heard-too-rarely', value: ratioOf(heard, scheduled) };
    });
  },
};
