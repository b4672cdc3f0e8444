import { CLASS_ORDER } from '../../domain/ledger-row.ts';
import { CLASS_NAMES, STATE_NAMES } from '../../domain/names.ts';
import { sums } from './ledger-queries.ts';
import type { Unit } from './panel.ts';
import type { Cells, MachineField } from './question.ts';
import { both, CLASS_COLOURS, COUNT_WORDS } from './words.ts';

/** What several dashboards show alike. */

/** Of everything that is chosen, together. */
export const WHOLE = { by: [], grain: 'hour' } as const satisfies Cells;

/** The classes of time as columns. */
export const CLASS_COLUMNS: Readonly<Record<string, string>> = Object.fromEntries(
  CLASS_ORDER.map((name) => [both(CLASS_NAMES[name]), `${name}_ms`]),
);
export const CLASS_COLUMN_COLOURS: Readonly<Record<string, string>> = Object.fromEntries(
  CLASS_ORDER.map((name) => [both(CLASS_NAMES[name]), CLASS_COLOURS[name]]),
);

export const classes = (cells: Cells) => sums(CLASS_COLUMNS, cells);
export const classesOverTime = classes({ by: [], grain: 'chosen', each: true });

/** Pieces that enter ratios. */
export const COUNT_COLUMNS: Readonly<Record<string, string>> = {
  [both(COUNT_WORDS.good)]: 'good',
  [both(COUNT_WORDS.reject)]: 'reject',
};

/** How a machine stands. */
export const STATE_COLUMNS: Readonly<Record<string, MachineField>> = {
  '状态 State': 'state',
  '原因 Reason': 'reason',
  '自 Since': 'since_ms',
  '最后收到 Last heard': 'last_heard_ms',
};
export const STATE_UNITS: Readonly<Record<string, Unit>> = {
  '状态 State': 'string',
  '原因 Reason': 'string',
  '自 Since': 'dateTimeAsIso',
  '最后收到 Last heard': 'dateTimeAsIso',
};

/** The states in both languages. */
export const STATE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '状态 State': Object.fromEntries(Object.entries(STATE_NAMES).map(([state, title]) => [state, both(title)])),
};
