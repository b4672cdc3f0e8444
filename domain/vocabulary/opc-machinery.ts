import type { Vocabulary } from '../meaning.ts';

/**
 * MachineryItemState by name, since its state numbers are not verified, with MachineryOperationMode beside it as the
 * signal `mode`. A machine out of service is `down` unless the mode says maintenance.
 */
export const opcMachinery: Vocabulary = {
  id: 'opc-machinery',
  version: 1,
  title: { zh: 'OPC UA 机械状态', en: 'OPC UA for Machinery' },
  source:
    'Names: OPC 40001-1, MachineryItemState and MachineryOperationMode. Mode numbers 1 and 2: OPC 40082-5, 11.3. State numbers are not verified, so none is mapped. The mapping to states is our own.',
  states: {
    notavailable: 'unknown',
    outofservice: 'down',
    notexecuting: 'idle',
    executing: 'running',
  },
  ignoreCase: true,
  overrides: [
    {
      signal: 'mode',
      words: ['1', 'maintenance'],
      state: 'planned-stop',
      reason: 'maintenance',
      over: ['down', 'idle', 'running'],
    },
    { signal: 'mode', words: ['2', 'setup'], state: 'setup', reason: null, over: ['idle', 'running'] },
  ],
  signals: ['mode'],
};
