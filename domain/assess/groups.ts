import type { Measure } from './measure.ts';
import type { Bilingual } from './register.ts';
import type { Group } from './rubric.ts';

/** A group in words: a count goes over the register, a figure of time over machines with telemetry. */
export const GROUP_NAMES: Readonly<
  Record<Exclude<Measure['of'], 'processes'>, Readonly<Record<Group, Bilingual>>>
> = {
  equipment: {
    registered: { zh: '全部登记设备', en: 'all registered equipment' },
    key: { zh: '登记的关键设备', en: 'registered key equipment' },
    'should-be-networked': { zh: '登记的应联网设备', en: 'registered equipment that should be networked' },
    heard: { zh: '评估期内有数据的设备', en: 'machines heard in the period' },
  },
  machines: {
    registered: { zh: '本厂全部设备', en: 'all machines of the plant' },
    key: { zh: '已接入的关键设备', en: 'connected key equipment' },
    'should-be-networked': {
      zh: '已接入的应联网设备',
      en: 'connected equipment that should be networked',
    },
    heard: { zh: '评估期内有数据的设备', en: 'machines heard in the period' },
  },
};

/** The denominator of a measure over a group, as it stands beside the figure. */
export function denominatorOf(measure: Pick<Measure, 'of' | 'denominator'>, group: Group): Bilingual {
  if (measure.of === 'processes') return measure.denominator;
  const name = GROUP_NAMES[measure.of][group];
  return {
    zh: `${name.zh}的${measure.denominator.zh}`,
    en: `${measure.denominator.en}, of ${name.en}`,
  };
}
