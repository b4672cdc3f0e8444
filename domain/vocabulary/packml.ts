import type { Vocabulary } from '../meaning.ts';
import { numberedStates, PACKML_OVERRIDES } from '../packml-states.ts';

/** PackML by the numbers of PackTags (ISA-TR88.00.02, OPC 30050), and by the names of its states. */
export const packml: Vocabulary = {
  id: 'packml',
  version: 1,
  title: { zh: 'PackML 状态（PackTags 编号）', en: 'PackML states, numbered as in PackTags' },
  source:
    'Numbers: ISA-TR88.00.02 as in Beckhoff E_PMLState and Siemens LPMLV2022; OPC 30050 agrees where checked. Modes 2 Maintenance and 3 Manual: PackTags. The mapping to states is our own.',
  states: numberedStates([
    'undefined',
    'clearing',
    'stopped',
    'starting',
    'idle',
    'suspended',
    'execute',
    'stopping',
    'aborting',
    'aborted',
    'holding',
    'held',
    'unholding',
    'suspending',
    'unsuspending',
    'resetting',
    'completing',
    'complete',
  ]),
  ignoreCase: true,
  overrides: PACKML_OVERRIDES,
  signals: ['mode', 'blocked'],
};
