/** In ms. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: second, m: minute, h: hour, d: day };

/** Reads `90s`, `8h`, `1h30m`, `250ms` or a number of ms. `undefined` where it is none of these. */
export function parseDurationMs(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(amount) * (UNIT_MS[unit as string] as number);
  }
  return Math.round(sum);
}
