import type { StateWithReason, Vocabulary } from '../meaning.ts';
import type { State } from '../state.ts';

const ENGINEERING: StateWithReason = { state: 'setup', reason: 'engineering' };
const NON_SCHEDULED: StateWithReason = { state: 'planned-stop', reason: 'non-scheduled' };

const named = (names: readonly string[], means: State | StateWithReason) =>
  names.map((name) => [name, means]);

/**
 * The six basic states of SEMI E10, by abbreviation, number or name. Engineering counts as setup, as OPC 40100-1 reads
 * setup as engineering; time that E10 takes out of operations is a planned stop.
 */
export const semiE10: Vocabulary = {
  id: 'semi-e10',
  version: 1,
  title: { zh: 'SEMI E10 六种基本状态', en: 'SEMI E10, the six basic states' },
  source:
    'Abbreviations and numbers 1 to 6: OPC 40100-1, after SEMI E10-0422 (not read itself). The mapping to states is our own. SEMI E79 is not covered.',
  states: Object.fromEntries([
    ...named(['prd', '1', 'productive'], 'running'),
    ...named(['sby', '2', 'standby'], 'idle'),
    ...named(['eng', '3', 'engineering'], ENGINEERING),
    ...named(['sdt', '4', 'scheduled downtime'], 'planned-stop'),
    ...named(['udt', '5', 'unscheduled downtime'], 'down'),
    ...named(['nst', '6', 'non-scheduled'], NON_SCHEDULED),
  ]),
  ignoreCase: true,
  overrides: [],
  signals: [],
};
