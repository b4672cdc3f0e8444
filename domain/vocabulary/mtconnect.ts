import type { Vocabulary } from '../meaning.ts';

/**
 * MTConnect's Execution values, with the signals that overrule them under their usual SHDR keys. Where the mapping
 * leaves a choice: STOPPED is `down` (the program was ended, not paused), OPTIONAL_STOP `held`, WAIT `idle`.
 */
export const mtconnect: Vocabulary = {
  id: 'mtconnect',
  version: 2,
  title: { zh: 'MTConnect 执行状态', en: 'MTConnect execution' },
  source:
    'Value lists: MTConnect schema 2.7, Execution, FunctionalMode, Availability, EmergencyStop, Condition. The mapping to states is our own.',
  states: {
    ACTIVE: 'running',
    READY: 'idle',
    PROGRAM_COMPLETED: 'idle',
    WAIT: 'idle',
    OPTIONAL_STOP: 'held',
    PROGRAM_OPTIONAL_STOP: 'held',
    FEED_HOLD: 'held',
    INTERRUPTED: 'held',
    PROGRAM_STOPPED: 'held',
    STOPPED: 'down',
  },
  overrides: [
    { signal: 'avail', words: ['UNAVAILABLE'], state: 'unknown', reason: 'unavailable' },
    { signal: 'estop', words: ['TRIGGERED'], state: 'down', reason: 'emergency-stop' },
    { signal: 'system', words: ['FAULT', 'Fault'], state: 'down', reason: 'fault' },
    { signal: 'logic', words: ['FAULT', 'Fault'], state: 'down', reason: 'fault' },
    { signal: 'fmode', words: ['SETUP', 'TEARDOWN'], state: 'setup', reason: null },
    { signal: 'fmode', words: ['MAINTENANCE'], state: 'planned-stop', reason: 'maintenance' },
  ],
  signals: ['avail', 'estop', 'system', 'logic', 'fmode'],
};
