import type { FaultKind } from './fault.ts';
import { heldBack } from './held-back.ts';

export const delay: FaultKind = {
  id: 'delay',
  does: 'the message is late by up to the duration',
  shareOf: 'messages',
  counts: 'messages late',
  withinMs: 300_000,
  accounts: 'late data makes a new revision, and then equals the truth',
  befall: (outgoing, fault, { seed, befell }) =>
    heldBack(outgoing, fault, { name: 'delay', seed, what: 'message', befell: () => befell('delay') }),
};
