import type { WaitingRule } from '../waiting-rule.ts';

/** Nothing is inferred: an idle machine stands by itself. */
export const asReported: WaitingRule = {
  id: 'as-reported',
  title: { zh: '以上报为准', en: 'As reported' },
  why: {
    zh: '设备未报“堵料/待料”时，空闲视为自身停机，不作推断。',
    en: 'A machine waits for its neighbours only where it says so; idle is its own.',
  },
  source: 'Own definition (docs/adr/0022): what nobody reported is not guessed.',
  see: () => ({ role: 'own', inferred: false }),
};
