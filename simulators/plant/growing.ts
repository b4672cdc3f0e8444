import type { ShiftConfig, SiteConfig } from '../plant-config.ts';
import { SUPPLY } from './hindrance.ts';
import type { MachineKind } from './kind.ts';
import { imm } from './kinds/imm.ts';
import { lathe } from './kinds/lathe.ts';
import { mill } from './kinds/mill.ts';
import { configOf, type MachineSpec, type SimulatedPlant } from './spec.ts';

/** `two-shift` leaves 06:00 to 08:00 and Sundays unscheduled; `continuous` works around the clock. */
export type CalendarKind = 'two-shift' | 'continuous';

const ENTERPRISE = 'langwan';
const SITES = ['zhoushan', 'jintang', 'dinghai', 'putuo', 'daishan', 'shengsi'];
const MACHINES_A_SITE = 240;
/** The plant grows by this pattern: two moulding lines and two screw lines of three machines each. */
const PATTERN: readonly { readonly area: string; readonly kinds: readonly MachineKind[] }[] = [
  { area: 'moulding', kinds: [imm, imm, imm] },
  { area: 'moulding', kinds: [imm, imm, imm] },
  { area: 'screws', kinds: [lathe, lathe, mill] },
  { area: 'screws', kinds: [lathe, lathe, mill] },
];
const LINE_LENGTH = 3;
const MACHINES_A_PATTERN = PATTERN.length * LINE_LENGTH;

const MAX_SILENCE_MS = 300_000;

const SHIFTS: Readonly<Record<CalendarKind, readonly ShiftConfig[]>> = {
  'two-shift': [
    {
      id: 'day',
      start: '08:00',
      end: '20:00',
      days: [1, 2, 3, 4, 5, 6],
      breaks: [
        { start: '12:00', end: '12:45' },
        { start: '17:00', end: '17:15' },
      ],
    },
    {
      id: 'night',
      start: '20:00',
      end: '06:00',
      days: [1, 2, 3, 4, 5, 6],
      breaks: [{ start: '00:30', end: '01:15' }],
    },
  ],
  continuous: [
    {
      id: 'day',
      start: '08:00',
      end: '20:00',
      days: [1, 2, 3, 4, 5, 6, 7],
      breaks: [{ start: '12:00', end: '12:30' }],
    },
    {
      id: 'night',
      start: '20:00',
      end: '08:00',
      days: [1, 2, 3, 4, 5, 6, 7],
      breaks: [{ start: '00:30', end: '01:00' }],
    },
  ],
};

/** A plant of so many machines. A machine's place, name and kind depend on its index only. */
export function plantOf(machines: number, calendar: CalendarKind): SimulatedPlant {
  const sites: SiteConfig[] = [];
  const specs: MachineSpec[] = [];
  for (let index = 0; index < machines; index++) {
    const number = Math.floor(index / MACHINES_A_SITE);
    sites[number] ??= {
      path: `${ENTERPRISE}/${siteName(number)}`,
      zone: 'Asia/Shanghai',
      dayStart: '08:00',
      shifts: SHIFTS[calendar],
    };
    specs.push(specOf(index, sites[number]));
  }
  return {
    machines: specs,
    config: { sites, machines: specs.map((spec) => configOf(spec, MAX_SILENCE_MS)) },
  };
}

const siteName = (number: number): string => {
  const round = Math.floor(number / SITES.length);
  return `${SITES[number % SITES.length]}${round === 0 ? '' : `-${round + 1}`}`;
};

function specOf(index: number, site: SiteConfig): MachineSpec {
  const place = placeOf(index, site);
  // A mill takes its blanks from the lathe before it; moulding machines work side by side.
  const before = place.kind === mill ? placeOf(index - 1, site) : null;
  return {
    index,
    site,
    ...place,
    upstream: before && { path: before.path, kind: before.kind },
    hindrances: [{ ...SUPPLY, where: place.line }],
  };
}

function placeOf(index: number, site: SiteConfig): Pick<MachineSpec, 'path' | 'kind' | 'line'> {
  const within = index % MACHINES_A_SITE;
  const round = Math.floor(within / MACHINES_A_PATTERN);
  const slot = Math.floor((within % MACHINES_A_PATTERN) / LINE_LENGTH);
  const position = within % LINE_LENGTH;
  const { area, kinds } = PATTERN[slot] as (typeof PATTERN)[number];
  const kind = kinds[position] as MachineKind;
  const nth = (lines: readonly (typeof PATTERN)[number][]): number =>
    lines.flatMap((line) => line.kinds).filter((other) => other === kind).length;
  const line = PATTERN.slice(0, slot).filter((other) => other.area === area).length;
  const linesARound = PATTERN.filter((other) => other.area === area).length;
  const number =
    round * nth(PATTERN) +
    nth(PATTERN.slice(0, slot)) +
    kinds.slice(0, position + 1).filter((other) => other === kind).length;
  const linePath = `${site.path}/${area}/line${round * linesARound + line + 1}`;
  return { kind, line: linePath, path: `${linePath}/${kind.id}-${String(number).padStart(2, '0')}` };
}
