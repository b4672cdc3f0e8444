import { type PlausibilityCheck, spanOfAll, stretchesOf, sumOf } from '../check.ts';

const thresholds = { hours: 3, runningMsOfHour: 1_800_000, usualWhOfHour: 100 };

export const runningWithoutEnergy: PlausibilityCheck = {
  id: 'running-without-energy',
  title: { zh: '运行却不用电', en: 'Running without energy' },
  why: {
    zh: '设备报告运行，电表在别的时候走、此时却不走：状态不真，或电表没接上。',
    en: 'The machine says that it runs, and a meter that counts at other times does not: the state is untrue, or the meter is off.',
  },
  source: 'own design; ISO 22400-2, energy per piece: a running machine draws power',
  grade: 'C',
  thresholds,
  find({ hours }) {
    const metered = hours.filter(({ energyWh }) => (energyWh ?? 0) >= thresholds.usualWhOfHour).length;
    if (metered < thresholds.hours) return [];
    return stretchesOf(
      hours,
      ({ energyWh, runningMs }) => energyWh === 0 && runningMs >= thresholds.runningMsOfHour,
    )
      .filter((stretch) => stretch.length >= thresholds.hours)
      .map((stretch) => ({
        ...spanOfAll(stretch),
        evidence: {
          runningMs: sumOf(stretch, ({ runningMs }) => runningMs),
          energyWh: 0,
          meteredHours: metered,
        },
      }));
  },
};
