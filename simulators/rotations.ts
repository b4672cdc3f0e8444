import type { RotationConfig } from './plant-config.ts';

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
