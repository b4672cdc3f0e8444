import type { Scale } from './rule.ts';

/** What a unit is in the base unit of its kind: `(value + zero) × num ÷ den`. */
interface Unit {
  readonly kind: string;
  readonly num: number;
  readonly den: number;
  readonly zero: number;
}

const of = (kind: string, num: number, den = 1, zero = 0): Unit => ({ kind, num, den, zero });

/** Units that can be converted into one another, by kind (SI brochure, 9th edition, and its non-SI table; ISO 80000). */
const UNITS: Readonly<Record<string, Unit>> = {
  mW: of('power', 1, 1000),
  W: of('power', 1),
  kW: of('power', 1000),
  MW: of('power', 1_000_000),
  hp: of('power', 73_549_875, 100_000),
  VA: of('apparent power', 1),
  kVA: of('apparent power', 1000),
  var: of('reactive power', 1),
  kvar: of('reactive power', 1000),
  J: of('energy', 1),
  kJ: of('energy', 1000),
  MJ: of('energy', 1_000_000),
  Wh: of('energy', 3600),
  kWh: of('energy', 3_600_000),
  MWh: of('energy', 3_600_000_000),
  mA: of('current', 1, 1000),
  A: of('current', 1),
  kA: of('current', 1000),
  mV: of('voltage', 1, 1000),
  V: of('voltage', 1),
  kV: of('voltage', 1000),
  K: of('temperature', 1),
  '°C': of('temperature', 1, 1, 273.15),
  '°F': of('temperature', 5, 9, 459.67),
  Pa: of('pressure', 1),
  hPa: of('pressure', 100),
  kPa: of('pressure', 1000),
  MPa: of('pressure', 1_000_000),
  mbar: of('pressure', 100),
  bar: of('pressure', 100_000),
  psi: of('pressure', 6_894_757_293, 1_000_000),
  mm: of('length', 1, 1000),
  cm: of('length', 1, 100),
  m: of('length', 1),
  km: of('length', 1000),
  in: of('length', 254, 10_000),
  g: of('mass', 1, 1000),
  kg: of('mass', 1),
  t: of('mass', 1000),
  lb: of('mass', 45_359_237, 100_000_000),
  us: of('time', 1, 1_000_000),
  ms: of('time', 1, 1000),
  s: of('time', 1),
  min: of('time', 60),
  h: of('time', 3600),
  d: of('time', 86_400),
  Hz: of('frequency', 1),
  kHz: of('frequency', 1000),
  rpm: of('frequency', 1, 60),
  'mm/s': of('speed', 1, 1000),
  'm/min': of('speed', 1, 60),
  'm/s': of('speed', 1),
  'km/h': of('speed', 1000, 3600),
  'l/min': of('flow', 1, 60_000),
  'l/s': of('flow', 1, 1000),
  'm³/h': of('flow', 1, 3600),
  'm³/s': of('flow', 1),
  ml: of('volume', 1, 1_000_000),
  l: of('volume', 1, 1000),
  'm³': of('volume', 1),
  N: of('force', 1),
  kN: of('force', 1000),
  Nm: of('torque', 1),
  kNm: of('torque', 1000),
  ratio: of('share', 1),
  '%': of('share', 1, 100),
};

/** The same units as keyboards without the signs write them. */
const ALSO: Readonly<Record<string, string>> = {
  C: '°C',
  degC: '°C',
  F: '°F',
  degF: '°F',
  'm3/h': 'm³/h',
  'm3/s': 'm³/s',
  m3: 'm³',
  L: 'l',
  'L/min': 'l/min',
  µs: 'us',
  percent: '%',
};

export const UNIT_NAMES: readonly string[] = Object.keys(UNITS);

const unitOf = (name: string): Unit | undefined => {
  const known = Object.hasOwn(ALSO, name) ? (ALSO[name] as string) : name;
  return Object.hasOwn(UNITS, known) ? UNITS[known] : undefined;
};

/** How a value in one unit becomes one in another, or why it can't. */
export function conversion(from: string, to: string): Scale | { readonly fault: string } {
  const source = unitOf(from);
  const target = unitOf(to);
  if (!source || !target) {
    const unknown = source ? to : from;
    return {
      fault: `"${unknown}" is no unit known here; write factor (and offset) instead, or one of ${UNIT_NAMES.join(' ')}`,
    };
  }
  if (source.kind !== target.kind)
    return {
      fault: `${from} measures ${source.kind}, ${to} ${target.kind}; no factor turns one into the other`,
    };
  const num = source.num * target.den;
  const den = source.den * target.num;
  const divisor = greatestCommonDivisor(num, den);
  const scale = { num: num / divisor, den: den / divisor };
  // The zeros differ by a round number in one of the units; there it is added, and nothing is rounded on the way.
  const before = rounded(source.zero - (target.zero * scale.den) / scale.num);
  const after = rounded((source.zero * scale.num) / scale.den - target.zero);
  return String(before).length <= String(after).length
    ? { ...scale, before, after: 0 }
    : { ...scale, before: 0, after };
}

const rounded = (value: number): number => Number(value.toFixed(9));

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A factor as the division that it stands for: 0.001 is a division by 1000, which loses nothing. */
export function scaleOf(factor: number, offset: number): Scale {
  const inverse = 1 / factor;
  const den = Math.round(inverse);
  const isDivision = den !== 0 && Math.abs(inverse - den) < 1e-9 * Math.abs(den) && 1 / den === factor;
  return { before: 0, after: offset, ...(isDivision ? { num: 1, den } : { num: factor, den: 1 }) };
}
