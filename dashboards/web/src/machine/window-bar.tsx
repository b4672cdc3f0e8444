import { useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.ts';
import { machineAddress } from '../route.ts';
import { daysAsked, type Named, type Window } from '../windows.ts';
import { instantOf } from './clock.ts';

/** The windows to choose from, and own days. */
export function WindowBar({
  path,
  offered,
  chosen,
  zone,
}: {
  path: string;
  offered: readonly Named[];
  chosen: Window | null | undefined;
  zone: string;
}) {
  const { words, locale } = useSpeech();
  const here = daysAsked(chosen?.id ?? null);
  const [first, setFirst] = useState(here?.first ?? '');
  const [last, setLast] = useState(here?.last ?? '');
  const wrong = first !== '' && last !== '' && last < first;
  return (
    <nav class="windows" aria-label={words.window}>
      {offered.map((id) => (
        <a
          key={id}
          href={machineAddress(path, id)}
          {...(chosen?.id === id ? { 'aria-current': 'true' as const } : {})}
        >
          {words.windows[id]}
        </a>
      ))}
      <form
        class="own-days"
        onSubmit={(event) => {
          event.preventDefault();
          if (first && last && !wrong) location.hash = machineAddress(path, `${first}..${last}`);
        }}
      >
        <input
          type="date"
          value={first}
          aria-label={words.onMachine.firstDay}
          onInput={(event) => setFirst(event.currentTarget.value)}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          value={last}
          aria-label={words.onMachine.lastDay}
          onInput={(event) => setLast(event.currentTarget.value)}
        />
        <button type="submit" disabled={!first || !last || wrong}>
          {words.onMachine.showDays}
        </button>
        {wrong ? (
          <span class="warning" role="alert">
            {words.onMachine.wrongDays}
          </span>
        ) : null}
      </form>
      {chosen ? (
        <span class="muted window-span">
          {instantOf(chosen.from, locale, zone)} → {instantOf(chosen.to, locale, zone)} ({zone})
        </span>
      ) : null}
    </nav>
  );
}
