import { duration, integer } from '../../format.ts';
import type { SourceStanding, SourceStandings } from '../../health/answers.ts';
import { correctionsOf } from '../../health/snippet.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { useAsked } from '../../use-asked.ts';

const REFRESH_MS = 10_000;
const MOST_SHOWN = 50;

/** Sources that flood, and those whose clock is off, with the correction that would put it right; nothing where there are none. */
export function UnusualSources() {
  const { words, locale } = useSpeech();
  const { answer } = useAsked<SourceStandings>('/ingest/sources', REFRESH_MS);
  const say = words.dataHealth;
  const floods = (answer?.sources ?? []).filter(({ flooding }) => flooding);
  const off = (answer?.sources ?? []).filter(({ clock }) => clock.flagged);
  if (floods.length + off.length === 0) return null;
  const perSecond = (rate: number | null): string => integer(Math.round(rate ?? 0), locale);
  const difference = ({ clock: { aheadMs } }: SourceStanding): string =>
    fill((aheadMs ?? 0) > 0 ? say.clockAhead : say.clockBehind, {
      by: duration(Math.abs(aheadMs ?? 0), locale),
    });
  const proposals = off.flatMap(({ clock: { proposal } }) => (proposal ? [proposal] : []));
  return (
    <section class="card" aria-labelledby="health-unusual">
      <h2 id="health-unusual" tabIndex={-1}>
        {say.unusualTitle}
      </h2>
      <ul class="plain">
        {floods.slice(0, MOST_SHOWN).map((one) => (
          <li key={`flood ${one.source}`}>
            <b class="warning">{say.flood}</b> <span translate={false}>{one.source}</span>{' '}
            {fill(say.floodRate, { now: perSecond(one.perSecond), usual: perSecond(one.usualPerSecond) })}
          </li>
        ))}
        {off.slice(0, MOST_SHOWN).map((one) => (
          <li key={`clock ${one.source}`}>
            <b class="warning">{say.clockOff}</b> <span translate={false}>{one.source}</span>{' '}
            {difference(one)}
          </li>
        ))}
      </ul>
      {proposals.length > 0 ? (
        <details>
          <summary>{say.correctClocks}</summary>
          <CopyText name={say.correctClocks} text={correctionsOf(proposals)} />
        </details>
      ) : null}
    </section>
  );
}
