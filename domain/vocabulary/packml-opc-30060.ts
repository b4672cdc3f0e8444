import type { Vocabulary } from '../meaning.ts';
import { numberedStates, PACKML_OVERRIDES } from '../packml-states.ts';

/** PackML by the other numbering, which begins at 0 with Stopped: the same number means another state than in PackTags. */
export const packmlOpc30060: Vocabulary = {
  id: 'packml-opc-30060',
  version: 1,
  title: { zh: 'PackML 状态（OPC 30060 编号）', en: 'PackML states, numbered as in OPC 30060' },
  source:
    'Numbers: StateEnumeration of OPC 30060 (tobacco machines), 0 Stopped to 16 Unholding. Modes 2 Maintenance and 3 Manual: PackTags. The mapping to states is our own.',
  states: numberedStates([
    'stopped',
    'resetting',
    'idle',
    'starting',
    'execute',
    'completing',
    'complete',
    'aborting',
    'aborted',
    'stopping',
    'clearing',
    'suspending',
    'suspended',
    'unsuspending',
    'holding',
    'held',
    'unholding',
  ]),
  ignoreCase: true,
  overrides: PACKML_OVERRIDES,
  signals: ['mode', 'blocked'],
};
