import { z } from 'zod';
import { DIMENSIONS } from '../../analysis/answers.ts';
import { FINALITIES } from '../../analysis/finality.ts';

/** What a row is about: exactly the names asked for with `by`. */
export const rowKey = z.partialRecord(z.enum(DIMENSIONS), z.string().nullable()).meta({
  id: 'RowKey',
  description:
    'Exactly the names asked for. site, area, line, machine: paths; day: production day YYYY-MM-DD; hour: its start, UTC; shift: its id, null outside every shift; product, order: what the machine worked on, null where nothing was said',
});

export const revision = z.int().nonnegative().describe('raised whenever the content changes');
export const digest = z.string().describe('SHA-256 of the canonical inputs, hex');

export const finality = z
  .enum(FINALITIES)
  .describe(
    'provisional: late data is still expected; final: it is not (`ledger.finalAfterHours`); changed-after-final: it came nevertheless',
  );
