import { duration, wallClock } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { useLink } from '../../plant/use-plant.ts';
import { useNow } from '../../use-now.ts';

/** A stream that is open tells something each 15 s. */
const OPEN_SILENCE_MS = 22_000;
/** As long as a restart may take before it is worth a word. */
const GONE_MS = 4_000;

/** How long the page has been without news from the service, in ms; `null`: it isn't. `Infinity`: it never had any. */
export function useDeadFor(): number | null {
  const { connected, heardAt } = useLink();
  const now = useNow(1000);
  const opened = useOpened();
  const silent = now - (heardAt ?? opened);
  if (silent <= (connected ? OPEN_SILENCE_MS : GONE_MS)) return null;
  return heardAt === null ? Number.POSITIVE_INFINITY : silent;
}

const OPENED = Date.now();
const useOpened = (): number => OPENED;

/** Says, large, that what is shown is not the present. */
export function LinkBanner({ deadForMs }: { readonly deadForMs: number | null }) {
  const { words, locale } = useSpeech();
  const { asOf, heardAt } = useLink();
  return (
    <div role="alert">
      {deadForMs === null ? null : (
        <p class="dead-banner">
          <strong>
            {Number.isFinite(deadForMs)
              ? fill(words.wall.noLink, { duration: duration(deadForMs, locale) })
              : words.wall.noLinkEver}
          </strong>
          {asOf === null ? null : (
            <span> {fill(words.wall.asItWas, { time: wallClock(heardAt ?? asOf, locale) })}</span>
          )}
        </p>
      )}
    </div>
  );
}
