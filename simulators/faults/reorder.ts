import type { FaultKind } from './fault.ts';
import { heldBack } from './held-back.ts';

export const reorder: FaultKind = {
  id: 'reorder',
  does: 'the message is overtaken by others within the duration',
  shareOf: 'messages',
  counts: 'messages overtaken',
  withinMs: 30_000,
  accounts: 'the order makes no difference',
  befall: (outgoing, fault, { seed, befell }) =>
    heldBack(outgoing, fault, { name: 'reorder', seed, what: 'message', befell: () => befell('reorder') }),
};
