import type { RotationConfig } from './plant-config.ts';

/** 四班两倒: a day, a night, and two days off. */
export const FOUR_CREWS_TWELVE_HOURS: RotationConfig = {
  anchor: '2026-01-01',
  days: [
    { day: 'A', night: 'D' },
    { day: 'B', night: 'A' },
    { day: 'C', night: 'B' },
    { day: 'D', night: 'C' },
  ],
};

/** 三班两倒: two days, two nights, two days off. */
export const THREE_CREWS_TWELVE_HOURS: RotationConfig = {
  anchor: '2026-01-01',
  days: [
    { day: 'A', night: 'C' },
    { day: 'A', night: 'C' },
    { day: 'B', night: 'A' },
    { day: 'B', night: 'A' },
    { day: 'C', night: 'B' },
    { day: 'C', night: 'B' },
  ],
};

const week = (early: string, late: string): RotationConfig['days'] => [
  ...Array.from({ length: 6 }, () => ({ early, late })),
  {},
];

/** 两班倒: two crews that change places each week, Sundays off. */
export const TWO_CREWS: RotationConfig = {
  anchor: '2026-01-05',
  days: [...week('A', 'B'), ...week('B', 'A')],
};

/** 四班三运转: each crew works two mornings, two evenings and two nights, then rests for two days. */
export const FOUR_CREWS: RotationConfig = {
  anchor: '2026-01-01',
  days: [
    { morning: 'A', evening: 'D', night: 'C' },
    { morning: 'A', evening: 'D', night: 'C' },
    { morning: 'B', evening: 'A', night: 'D' },
    { morning: 'B', evening: 'A', night: 'D' },
    { morning: 'C', evening: 'B', night: 'A' },
    { morning: 'C', evening: 'B', night: 'A' },
    { morning: 'D', evening: 'C', night: 'B' },
    { morning: 'D', evening: 'C', night: 'B' },
  ],
};
