import type { Evidence, PinnedFigure, WindowEvidence } from './evidence.ts';

/** The figure of a machine, and of all of them, that lists, page and print show beside the findings. */
const SHOWN_KPI = 'utilisation';
const shown = (figures: readonly PinnedFigure[]): PinnedFigure[] =>
  figures.filter(({ kpi }) => kpi === SHOWN_KPI);

/**
 * What of the evidence readers of an assessment are shown: the pilot as registered, limits, each machine's days, time and
 * utilisation in the period, and how far it carries. Findings can't be made of it, nor scores.
 */
export const shownEvidence = (evidence: Evidence): Evidence => ({
  ...evidence,
  windows: evidence.windows.map((window, place) => (place === 0 ? shownOf(window) : nothingOf(window))),
});

const shownOf = (window: WindowEvidence): WindowEvidence => ({
  ...window,
  machines: window.machines.map((machine) => ({
    ...machine,
    signals: [],
    figures: shown(machine.figures),
  })),
  groups: window.groups.map((group) => ({ ...group, figures: shown(group.figures) })),
});

/** Where it lies is said beside what was measured in it. */
const nothingOf = (window: WindowEvidence): WindowEvidence => ({ ...window, machines: [], groups: [] });
