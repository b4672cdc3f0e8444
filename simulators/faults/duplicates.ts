import type { FaultKind } from './fault.ts';
import { heldBack } from './held-back.ts';

export const duplicates: FaultKind = {
  id: 'duplicates',
  does: 'the message is published a second time within the duration',
  shareOf: 'messages',
  counts: 'messages published twice',
  withinMs: 5_000,
  accounts: 'the second one is a duplicate, and counts nowhere',
  befall: (outgoing, fault, { seed, befell }) =>
    heldBack(outgoing, fault, { name: 'duplicates', seed, what: 'copy', befell: () => befell('duplicates') }),
};
