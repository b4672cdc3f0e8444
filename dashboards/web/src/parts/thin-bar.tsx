import { CLASS_ORDER } from '../../../../domain/ledger-row.ts';
import type { LedgerRow } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { minutes } from '../machine/clock.ts';

/** A row's time by class as a bar, said in words to whoever doesn't see it. */
export function ThinBar({ row }: { readonly row: LedgerRow }) {
  const { words, locale } = useSpeech();
  const held = CLASS_ORDER.filter((name) => row.ms[name] > 0);
  const said = held.map((name) => `${words.classes[name]} ${minutes(row.ms[name], locale)}`).join(', ');
  return (
    <span class="ledger-bar thin" role="img" aria-label={said} title={said}>
      {held.map((name) => (
        <i key={name} class={`class-${name}`} style={{ flexGrow: row.ms[name] }} />
      ))}
    </span>
  );
}
