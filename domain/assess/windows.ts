import type { Evidence, WindowEvidence } from './evidence.ts';
import type { MeasureWindow } from './rubric.ts';

/** Equal for windows that are the same. */
export const windowKey = (window: MeasureWindow): string | number =>
  window === 'period' ? window : window.lastDays;

/** The window as gathered, or `undefined` where the evidence was gathered without it. */
export const windowOf = ({ windows }: Evidence, asked: MeasureWindow): WindowEvidence | undefined =>
  windows.find(({ window }) => windowKey(window) === windowKey(asked));
