import { CLASS_ORDER } from '../../../../domain/ledger-row.ts';
import type { LedgerRow } from '../api.ts';
import { duration, percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { DataTable } from './table.tsx';

/** Where every millisecond of the window went. */
export function LedgerChart({ row }: { row: LedgerRow }) {
  const { words, locale } = useSpeech();
  const total = CLASS_ORDER.reduce((sum, name) => sum + row.ms[name], 0);
  const shown = CLASS_ORDER.filter((name) => row.ms[name] > 0);
  return (
    <section class="card" aria-labelledby="ledger-title">
      <h2 id="ledger-title">
        {words.ledger} <small class="muted">{duration(total, locale)}</small>
      </h2>
      {total === 0 ? <p class="muted">{words.noData}</p> : null}
      <div class="ledger-bar" aria-hidden="true">
        {shown.map((name) => (
          <i
            key={name}
            class={`class-${name}`}
            style={{ flexGrow: row.ms[name] }}
            title={words.classes[name]}
          />
        ))}
      </div>
      <ul class="legend">
        {shown.map((name) => (
          <li key={name}>
            <i class={`class-${name}`} /> <span>{words.classes[name]}</span>
            <b>{duration(row.ms[name], locale)}</b>
            <small>{percent(row.ms[name] / total, locale)}</small>
          </li>
        ))}
      </ul>
      <DataTable
        name="ledger"
        head={[words.timeClass, `${words.duration} (ms)`, words.share]}
        rows={[
          ...CLASS_ORDER.map((name) => [
            words.classes[name],
            row.ms[name],
            total > 0 ? percent(row.ms[name] / total, locale) : null,
          ]),
          [words.total, total, total > 0 ? percent(1, locale) : null],
        ]}
      />
    </section>
  );
}

export function Flags({ flags }: { flags: readonly string[] }) {
  const { words } = useSpeech();
  if (flags.length === 0) return null;
  return (
    <ul class="flags">
      {flags.map((flag) => (
        <li key={flag}>⚑ {words.flags[flag] ?? flag}</li>
      ))}
    </ul>
  );
}
