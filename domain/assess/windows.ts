import type { Evidence, WindowEvidence } from './evidence.ts';
import type { MeasureWindow } from './rubric.ts';

const sameWindow = (a: MeasureWindow, b: MeasureWindow): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.lastDays === b.lastDays : a === b;

/** The window as gathered, or `undefined` where the evidence was gathered without it. */
export const windowOf = ({ windows }: Evidence, asked: MeasureWindow): WindowEvidence | undefined =>
  windows.find(({ window }) => sameWindow(window, asked));
