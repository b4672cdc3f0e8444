import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { Evidence, WindowEvidence } from '../../../domain/assess/evidence.ts';
import { spanOfWindow } from '../windows.ts';
import { differs, numberAlone, type Verified } from './verified.ts';

const nameOf = ({ window }: Pick<WindowEvidence, 'window'>): string =>
  window === 'period' ? 'period' : `last ${window.lastDays} days`;

/** Stretches that don't lie in the period as their names say, and those that are left out. */
export function compareWindows(
  { period, evidence }: Assessment,
  /** Of the assessment that is kept, where there is one. */
  kept: Evidence | null,
  zone: string,
): Verified[] {
  const moved = evidence.windows.flatMap((window): Verified[] => {
    const { from, to } = spanOfWindow(window.window, period, zone);
    if (window.from === from && window.to === to) return [];
    const place = { window: nameOf(window), group: 'report', kpi: 'window' };
    const at = (span: { from: number; to: number }) =>
      `${new Date(span.from).toISOString()} to ${new Date(span.to).toISOString()}`;
    const values = { reported: numberAlone(window.from), recomputed: numberAlone(from) };
    return [differs(place, values, `it says ${at(window)}, and in the period that is ${at({ from, to })}`)];
  });
  const there = new Set(evidence.windows.map(nameOf));
  const missing = ['period', ...(kept?.windows ?? []).map(nameOf)].filter((name) => !there.has(name));
  const leftOut = [...new Set(missing)].map((window) =>
    differs(
      { window, group: 'report', kpi: 'window' },
      { reported: numberAlone(0), recomputed: numberAlone(1) },
      'the report leaves out this stretch',
    ),
  );
  return [...moved, ...leftOut];
}
