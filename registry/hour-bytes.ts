/** What is kept of an hour. Times in ms; `null`: there is no meter. */
export interface HourNumbers {
  readonly from: number;
  readonly to: number;
  readonly runningMs: number;
  readonly extraMs: number;
  readonly pieces: number;
  readonly energyWh: number | null;
}

const HOUR_MS = 3_600_000;
const DOUBLE_BYTES = 8;
/** Of numbers that may be no natural number: what the first one says. */
const NONE = 0;
const DOUBLE = 1;
const NATURAL = 2;

/** Hours of a day as bytes, about ten each: numbers of seven bits a byte, the lowest first (LEB128). */
export function bytesOfHours(begin: number, hours: readonly HourNumbers[]): Uint8Array {
  const bytes: number[] = [];
  const natural = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
  };
  const whole = (value: number): void => natural(value < 0 ? -2 * value - 1 : 2 * value);
  const any = (value: number | null): void => {
    if (value === null) natural(NONE);
    else if (Number.isInteger(value) && value <= Number.MAX_SAFE_INTEGER - NATURAL && value >= 0)
      natural(value + NATURAL);
    else {
      natural(DOUBLE);
      bytes.push(...new Uint8Array(Float64Array.of(value).buffer));
    }
  };
  let reached = begin;
  for (const { from, to, runningMs, extraMs, pieces, energyWh } of hours) {
    whole(from - reached);
    whole(to - from - HOUR_MS);
    natural(runningMs);
    natural(extraMs);
    any(pieces);
    any(energyWh);
    reached = to;
  }
  return Uint8Array.from(bytes);
}

/** What {@link bytesOfHours} was given. */
export function hoursInBytes(begin: number, bytes: Uint8Array): readonly HourNumbers[] {
  let place = 0;
  const natural = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[place++] as number;
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  const whole = (): number => {
    const value = natural();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const any = (): number | null => {
    const first = natural();
    if (first === NONE) return null;
    if (first >= NATURAL) return first - NATURAL;
    const [value] = new Float64Array(bytes.slice(place, place + DOUBLE_BYTES).buffer);
    place += DOUBLE_BYTES;
    return value as number;
  };
  const hours: HourNumbers[] = [];
  let reached = begin;
  while (place < bytes.length) {
    const from = reached + whole();
    reached = from + HOUR_MS + whole();
    const [runningMs, extraMs, pieces] = [natural(), natural(), any() ?? 0];
    hours.push({ from, to: reached, runningMs, extraMs, pieces, energyWh: any() });
  }
  return hours;
}
