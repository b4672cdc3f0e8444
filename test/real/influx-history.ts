import { LEVELS } from '../../domain/path.ts';
import type { LedgerKey } from '../store/contract.ts';

/** An answer of `/query` in ms. */
export interface QueryAnswer {
  readonly results: {
    readonly error?: string;
    readonly series?: {
      readonly name: string;
      readonly tags?: Readonly<Record<string, string>>;
      readonly columns: readonly string[];
      readonly values: readonly (readonly (string | number | boolean | null)[])[];
    }[];
  }[];
}

const TAGS = [...LEVELS, 'grain', 'revision'];

/** Lists the older revisions, read as any other client of the database would. */
export async function influxHistory(
  query: (statement: string) => Promise<QueryAnswer>,
): Promise<readonly LedgerKey[]> {
  const tags = TAGS.map((tag) => `"${tag}"`).join(', ');
  const answer = await query(`SELECT "digest" FROM "ledger_history" GROUP BY ${tags}`);
  return (answer.results[0]?.series ?? []).flatMap(({ tags = {}, values }) =>
    values.map(([from]) => ({
      machine: LEVELS.map((level) => tags[level]).join('/'),
      grain: tags.grain ?? '',
      from: Number(from),
      revision: Number(tags.revision),
    })),
  );
}
