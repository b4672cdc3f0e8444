import { MACHINE_DEFAULTS, type Machine, type Plant, type Site } from '../../domain/plant.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** 2026-01-05, a Monday, 08:00 in Shanghai. */
export const MONDAY_8 = Date.UTC(2026, 0, 5, 0);

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export const shanghai: Site = {
  path: 'acme/zhoushan',
  zone: 'Asia/Shanghai',
  dayStart: 8 * 60,
  shifts: [
    {
      id: 'day',
      start: 8 * 60,
      end: 20 * 60,
      days: EVERY_DAY,
      breaks: [{ start: 12 * 60, end: 12 * 60 + 45 }],
    },
    { id: 'night', start: 20 * 60, end: 8 * 60, days: [1, 2, 3, 4, 5, 6], breaks: [] },
  ],
};
export const urumqi: Site = {
  path: 'acme/urumqi',
  zone: 'Asia/Urumqi',
  dayStart: 9 * 60 + 30,
  shifts: [{ id: 'day', start: 9 * 60 + 30, end: 17 * 60 + 30, days: [1, 2, 3, 4, 5], breaks: [] }],
};

export const machineOf = (path: string, settings: Partial<Machine> = {}): Machine => ({
  ...MACHINE_DEFAULTS,
  path,
  declared: true,
  ...settings,
});

export const IMM_1 = 'acme/zhoushan/moulding/line1/imm-01';
export const IMM_2 = 'acme/zhoushan/moulding/line1/imm-02';
export const LATHE = 'acme/zhoushan/turning/line1/lathe-01';
export const URUMQI_1 = 'acme/urumqi/moulding/line1/imm-01';

export const plantOfTwo: Plant = {
  sites: [shanghai, urumqi],
  machines: [
    machineOf(IMM_1, { idealCycleUs: 12_500_000 }),
    machineOf(IMM_2, { idealCycleUs: 10_000_000, maxSilenceMs: null }),
    machineOf(LATHE),
    machineOf(URUMQI_1, { idealCycleUs: 12_500_000 }),
  ],
};
