import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import type { LedgerRow } from '../../api.ts';
import { duration } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { changeOf, LOSS_CLASSES } from '../../line/losses.ts';
import { Flags } from '../../parts/ledger-chart.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { Change } from './change.tsx';

/** The ledger of the whole, class by class, beside that of the time before. */
export function LineLedger({
  row,
  before,
}: {
  readonly row: LedgerRow;
  readonly before: LedgerRow | undefined;
}) {
  const { words, locale } = useSpeech();
  const rows = CLASS_ORDER.filter((name) => row.ms[name] > 0 || (before?.ms[name] ?? 0) > 0).map((name) => ({
    name,
    ms: row.ms[name],
    beforeMs: before?.ms[name] ?? null,
  }));
  const most = Math.max(1, ...rows.flatMap(({ ms, beforeMs }) => [ms, beforeMs ?? 0]));
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
        columns={[
          {
            id: 'name',
            title: words.timeClass,
            text: ({ name }) => words.classes[name],
            show: ({ name }) => (
              <span class="class-name">
                <i class={`class-${name}`} /> {words.classes[name]}
              </span>
            ),
          },
          {
            id: 'ms',
            title: words.duration,
            text: ({ ms }) => ms,
            show: ({ ms, name }) => (
              <span class="loss-bar">
                <span class="track">
                  <i class={`class-${name}`} style={{ width: `${(ms / most) * 100}%` }} />
                </span>
                <b>{duration(ms, locale)}</b>
              </span>
            ),
            kind: 'bar',
          },
          {
            id: 'before',
            title: words.wall.before,
            text: ({ beforeMs }) => beforeMs,
            show: ({ beforeMs }) => (beforeMs === null ? '–' : duration(beforeMs, locale)),
            kind: 'number',
          },
          {
            id: 'change',
            title: words.wall.change,
            text: (one) => changeOf(one),
            show: (one) => <Change ms={changeOf(one)} loss={LOSS_CLASSES.includes(one.name)} />,
            kind: 'number',
          },
        ]}
      />
      <Flags flags={row.flags} />
      <p class="proof">
        {words.revision} {row.revision} · {words.digest}{' '}
        <code title={row.digest}>{row.digest.slice(0, 12)}</code>
      </p>
    </section>
  );
}
