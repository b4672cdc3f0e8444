import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import type { LedgerRow } from '../../api.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Flags } from '../../parts/ledger-chart.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { classTimeColumns } from './class-time-columns.tsx';

/** The ledger of the whole, class by class, beside that of the time before. */
export function LineLedger({
  row,
  before,
}: {
  readonly row: LedgerRow;
  readonly before: LedgerRow | undefined;
}) {
  const speech = useSpeech();
  const { words } = speech;
  const rows = CLASS_ORDER.filter((name) => row.ms[name] > 0 || (before?.ms[name] ?? 0) > 0).map((name) => ({
    name,
    ms: row.ms[name],
    beforeMs: before?.ms[name] ?? null,
  }));
  const most = Math.max(0, ...rows.flatMap(({ ms, beforeMs }) => [ms, beforeMs ?? 0]));
  return (
    <section class="card" aria-labelledby="line-ledger-title">
      <h2 id="line-ledger-title">
        {words.ledger} · {words.wall.whole}
      </h2>
      <RichTable
        name={words.ledger}
        file="ledger"
        rows={rows}
        keyOf={({ name }) => name}
        columns={classTimeColumns(most, words.timeClass, speech)}
      />
      <Flags flags={row.flags} />
      <p class="proof">
        {words.revision} {row.revision} · {words.digest}{' '}
        <code title={row.digest}>{row.digest.slice(0, 12)}</code>
      </p>
    </section>
  );
}
