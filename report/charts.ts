import { CLASS_ORDER, type ClassMs, TIME_CLASSES, type TimeClass } from '../domain/ledger-row.ts';
import { type Html, html } from './html.ts';

/** Shades that stay apart on paper without colour; unknown time is hatched. */
export const CLASS_FILLS: Readonly<Record<TimeClass, string>> = {
  running: '#15793c',
  changeover: '#2f5fc4',
  minorStop: '#f0b429',
  delay: '#d97706',
  breakdown: '#c8322b',
  idle: '#ead9a0',
  unknown: 'url(#unknown)',
  plannedStop: '#64748b',
  notScheduled: '#e3e7ec',
  extra: '#8fd3a8',
};

/** Definitions that every chart of the document uses. */
export const CHART_DEFINITIONS = html`<svg width="0" height="0" aria-hidden="true"><defs>
<pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#8a94a3"/></pattern></defs></svg>`;

const WIDTH = 200;

/** A share of 1 with its bounds: solid up to the value, hatched between the bounds. */
export function boundedBar({
  low,
  value,
  high,
  label,
}: {
  readonly low: number;
  readonly value: number | null;
  readonly high: number;
  readonly label: string;
}): Html {
  const at = (share: number): string => (Math.max(0, Math.min(1, share)) * WIDTH).toFixed(2);
  const width = ((Math.min(1, high) - Math.max(0, low)) * WIDTH).toFixed(2);
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 14" role="img" aria-label="${label}" preserveAspectRatio="none">
<rect width="${WIDTH}" height="14" fill="#eef1f4"/>
<rect width="${at(value ?? low)}" height="14" fill="#0b6b52"/>
<rect x="${at(low)}" y="3" width="${width}" height="8" fill="url(#unknown)" stroke="#3c4754" stroke-width="0.8"/>
${value === null ? null : html`<rect x="${at(value)}" width="1.6" height="14" fill="#10151b"/>`}</svg>`;
}

/** What a machine's time was made of. */
export function timeBar(ms: ClassMs, label: string): Html {
  const whole = TIME_CLASSES.reduce((sum, name) => sum + ms[name], 0);
  let x = 0;
  const parts = CLASS_ORDER.filter((name) => ms[name] > 0).map((name) => {
    const width = (ms[name] / whole) * WIDTH;
    const part = html`<rect x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="12" fill="${CLASS_FILLS[name]}"/>`;
    x += width;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 12" role="img" aria-label="${label}" preserveAspectRatio="none">
<rect width="${WIDTH}" height="12" fill="#fff"/>${parts}</svg>`;
}

/** A declared value beside what was measured, with its bounds, on one scale from 0. */
export function declaredChart({
  declared,
  value,
  low,
  high,
  label,
}: {
  readonly declared: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
}): Html {
  const most = Math.max(declared, value ?? 0, high ?? 0, 1e-9);
  const at = (amount: number): string => ((Math.max(0, amount) / most) * (WIDTH - 6) + 3).toFixed(2);
  const bounds =
    low !== null && high !== null && high > low
      ? html`<rect x="${at(low)}" y="5" width="${(Number(at(high)) - Number(at(low))).toFixed(2)}" height="8" fill="url(#unknown)" stroke="#3c4754" stroke-width="0.8"/>`
      : null;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 18" role="img" aria-label="${label}">
<line x1="3" x2="${WIDTH - 3}" y1="9" y2="9" stroke="#c3cad3"/>${bounds}
${value === null ? null : html`<circle cx="${at(value)}" cy="9" r="4" fill="#0b6b52"/>`}
<path d="M${at(declared)} 3 l4.5 6 l-4.5 6 l-4.5 -6 z" fill="none" stroke="#b3261e" stroke-width="1.8"/></svg>`;
}
